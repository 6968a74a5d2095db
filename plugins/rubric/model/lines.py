"""Finds the lines of a source file that contain something, for error messages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

_FENCE = re.compile(r"(?:[ \t>]|[-*+][ \t]|\d{1,9}[.)][ \t])*(?P<mark>`{3,}|~{3,})(?P<info>.*)")
_CODE = re.compile(r"(?<!`)(`{1,3})(?!`)(?:[^`]|(?!\1)`)*\1(?!`)")


LineFinder = Callable[[str, list[re.Pattern[str]]], list[int]]
"""Takes the path of a source file below the content folder, and patterns. See `find_lines`."""


def line_finder(content: Path) -> LineFinder:
    """Return a function that searches the files of a content folder."""
    return lambda source, patterns: find_lines((content / source).read_bytes(), *patterns)


def find_lines(data: bytes, *patterns: re.Pattern[str]) -> list[int]:
    """Return the numbers of the lines that the first successful pattern matches.

    Front matter and code are skipped, unless no pattern matches elsewhere. Lines count from 1.
    """
    text = unicodedata.normalize("NFC", data.decode("utf-8-sig", errors="replace"))
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    visible = list(_visible(lines))
    for candidates in (visible, list(enumerate(lines, 1))):
        for pattern in patterns:
            found = [number for number, line in candidates if pattern.search(line)]
            if found:
                return found
    return []


def _visible(lines: list[str]) -> Iterator[tuple[int, str]]:
    fence = ""
    in_header = lines[0].rstrip() in ("---", "+++")
    for number, line in enumerate(lines, 1):
        if in_header:
            in_header = number == 1 or line.rstrip() not in ("---", "...", "+++")
            continue
        mark = _FENCE.match(line)
        if fence:
            if mark and mark["mark"].startswith(fence) and not mark["info"].strip():
                fence = ""
        elif mark and "`" not in mark["info"]:
            fence = mark["mark"]
        else:
            yield number, _CODE.sub("", line) if "`" in line else line
