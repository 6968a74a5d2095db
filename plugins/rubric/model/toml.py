"""TOML as the locks write it: a line for each field, so that it is easy to review and to merge."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from typing import Any

_ODD = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
"""Characters that TOML allows nowhere, and the carriage return."""


def loads(text: str) -> dict[str, Any]:
    """Read a document. Raises tomllib.TOMLDecodeError, also for one that is nested too deeply.

    What is written in the way of the locks, which may hold every text of a site, is read
    without tomllib, which takes a second and a half for 4 MB.
    """
    try:
        blocks = _read_blocks(text)
        return tomllib.loads(text) if blocks is None else blocks
    except RecursionError:
        raise tomllib.TOMLDecodeError("values are nested too deeply") from None


def _read_blocks(text: str) -> dict[str, Any] | None:
    """Blocks of fields, a line each; None where anything is written in another way."""
    if _ODD.search(text):
        return None
    blocks: dict[str, Any] = {}
    block: dict[str, Any] | None = None
    try:
        for line in text.split("\n"):
            if line.startswith('["'):
                key = _key(line)
                if key in blocks:
                    return None
                block = blocks[key] = {}
            elif line and not line.startswith("#"):
                name, equals, value = line.partition(" = ")
                is_name = equals and name.isascii() and name.isidentifier()
                if block is None or name in block or not is_name:
                    return None
                block[name] = _value(value)
    except ValueError:
        return None
    return blocks


def _key(heading: str) -> str:
    """Return the key of a block. Raises ValueError for other headings."""
    if heading.endswith('"]') and _is_plain(heading[1:-1]):
        return heading[2:-2]
    ((key, block),) = tomllib.loads(heading).items()
    if block != {}:
        raise ValueError
    return key


def _value(written: str) -> Any:
    """Parse a value on one line. Raises ValueError."""
    if _is_plain(written):
        return written[1:-1]
    if written in ("true", "false"):
        return written == "true"
    return tomllib.loads(f"value = {written}")["value"]


def _is_plain(written: str) -> bool:
    """Return whether a value is a string without escapes."""
    quotes = written.count('"')
    return quotes == 2 and written[0] == '"' == written[-1] and "\\" not in written


def dumps(blocks: Mapping[str, Mapping[str, object]]) -> str:
    """Write a table for each key, after an empty line.

    Values are strings, numbers, truth values, zoned times and lists of strings. Lone surrogates,
    which UTF-8 can't encode, become question marks.
    """
    lines = []
    for key, block in blocks.items():
        lines += ["", f"[{_write(key)}]", *(f"{n} = {_write(value)}" for n, value in block.items())]
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "replace").decode()


def _write(value: object) -> str:
    # Imported here because it is slow to import, and builds only read locks.
    from tomlkit import item

    return item(value).as_string()


def line_of(text: str, key: str, name: str = "") -> int:
    """Return the line of a block's heading or of a field in it; 1 if it is not found."""
    lines = text.split("\n")
    headings = (f"[{_write(key)}]", f"[{key}]")
    start = next((i for i, line in enumerate(lines) if line.strip() in headings), 0)
    for i, line in enumerate(lines[start + 1 :] if name else (), start + 2):
        if line.startswith("["):
            break
        if line.partition("=")[0].strip() == name:
            return i
    return start + 1


def line_of_mistake(text: str, error: ValueError) -> int:
    """Return the line in a parser's message; without a number, it is the last line."""
    line = re.search(r"line (\d+)", str(error))
    return int(line[1]) if line else text.count("\n") + 1
