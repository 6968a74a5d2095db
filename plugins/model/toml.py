"""TOML as the locks write it: quoted so that any text comes back, found again by line."""

from __future__ import annotations

import json
import re


def quote(text: str) -> str:
    """A TOML basic string: JSON's, but DEL and line separators are escaped too."""
    quoted = json.dumps(text, ensure_ascii=False)
    return re.sub("[\x7f-\x9f\u2028\u2029\ud800-\udfff]", _escape, quoted)


def line_of(text: str, key: str, name: str = "") -> int:
    """The line of a block's heading, or of a field in it; 1 if it is written unusually."""
    lines = text.splitlines()
    headings = (f"[{quote(key)}]", f"[{key}]")
    start = next((i for i, line in enumerate(lines) if line.strip() in headings), 0)
    for i, line in enumerate(lines[start + 1 :] if name else (), start + 2):
        if line.startswith("["):
            break
        if line.partition("=")[0].strip() == name:
            return i
    return start + 1


def line_of_mistake(text: str, error: ValueError) -> int:
    """The line a parser's message names; the end of the document has no number."""
    line = re.search(r"line (\d+)", str(error))
    return int(line[1]) if line else text.count("\n") + 1


def _escape(match: re.Match[str]) -> str:
    character = match[0]
    # TOML can't name half a character.
    return "\\ufffd" if "\ud800" <= character <= "\udfff" else f"\\u{ord(character):04x}"
