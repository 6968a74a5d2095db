"""Wraps text by its display width."""

from __future__ import annotations

import re
from collections.abc import Iterator

from rubric.model.columns import columns
from rubric.model.script import NOT_FIRST, NOT_LAST

_PIECE = re.compile(r"<[a-z]+:[^\s<>]*>|https?://\S+|\s+|\S")
_NO_BREAK = "\u00a0\u202f\u2060"


def wrap(text: str, width: int = 72, indent: str = "") -> str:
    """Break a text into lines of at most `width` columns; all but the first begin with `indent`.

    Lines break at white space and between wide characters, but not before closing or after
    opening punctuation (a small part of UAX #14). URLs and long words are not broken.
    """
    lines, line, used = [], "", 0
    for unit in _units(" ".join(re.split(r"[^\S\u00a0\u202f]+", text.strip()))):
        word = unit if line.strip() else unit.lstrip(" ")
        if line.strip() and used + columns(word.rstrip(" ")) > width:
            lines.append(line.rstrip(" "))
            word = unit.lstrip(" ")
            line, used = indent, columns(indent)
        line, used = line + word, used + columns(word)
    return "\n".join([*lines, line.rstrip(" ")])


def _units(text: str) -> Iterator[str]:
    """Yield unbreakable units: words with preceding space, and single wide characters."""
    unit = ""
    for piece in _PIECE.findall(text):
        if unit and _may_break(unit, piece):
            yield unit
            unit = ""
        unit += piece
    if unit:
        yield unit


def _may_break(unit: str, piece: str) -> bool:
    if piece.isspace() and piece not in _NO_BREAK:
        return True
    before = unit[-1]
    if before.isspace() or piece[0] in NOT_FIRST or before in NOT_LAST:
        return False
    if columns(piece[0]) == 0:
        return False
    return columns(before) == 2 or (len(piece) == 1 and columns(piece) == 2)
