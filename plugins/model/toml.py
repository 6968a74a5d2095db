"""TOML as the locks write it: quoted so that any text comes back, found again by line."""

from __future__ import annotations

import json
import re
import tomllib
from datetime import datetime
from typing import Any

_PLAIN = r'"[^"\\\x00-\x1f\x7f]*"'
"""A string without an escape."""
_LINE = re.compile(
    rf"(?:\[(?P<heading>{_PLAIN})\]|(?P<name>[a-z_]+)\ =\ (?:"
    rf"(?P<text>{_PLAIN})|\[(?P<list>{_PLAIN}(?:,\ {_PLAIN})*)\]|(?P<flag>true|false)"
    r"|(?P<number>0|[1-9][0-9]{0,17})"
    r"|(?P<moment>\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3])(?::[0-5]\d){2}"
    r"(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)))"
    r"|\#[^\x00-\x08\n-\x1f\x7f]*)?\n",
    re.ASCII | re.VERBOSE,
)
"""One line as locks are written."""


def loads(text: str) -> dict[str, Any]:
    """Read a document. Raises tomllib.TOMLDecodeError.

    What is written in the way of the locks, which may hold every text of a site, is read
    without tomllib, which takes a second and a half for 4 MB.
    """
    blocks = _read_blocks(text)
    return tomllib.loads(text) if blocks is None else blocks


def _read_blocks(text: str) -> dict[str, Any] | None:
    """Blocks of fields, each once; None where anything is written in another way."""
    blocks: dict[str, Any] = {}
    block: dict[str, Any] | None = None
    end = 0
    for line in _LINE.finditer(text):
        if line.start() != end:
            return None
        end, kind = line.end(), line.lastgroup
        if kind == "heading":
            key = line["heading"][1:-1]
            if key in blocks:
                return None
            block = blocks[key] = {}
        elif kind is not None:
            name, written = line["name"], line[kind]
            if block is None or name in block:
                return None
            try:
                block[name] = _value(kind, written)
            except ValueError:  # a day that doesn't exist
                return None
    return blocks if end == len(text) else None


def _value(kind: str, written: str) -> str | list[str] | bool | int | datetime:
    match kind:
        case "text":
            return written[1:-1]
        case "list":
            return written[1:-1].split('", "')
        case "flag":
            return written == "true"
        case "number":
            return int(written)
    return datetime.fromisoformat(written)


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
