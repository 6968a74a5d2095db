"""Display width of text in columns of a monospaced font (UAX #11)."""

from __future__ import annotations

import unicodedata
from functools import cache


def columns(text: str) -> int:
    """Return the width of a text: wide characters count as two, combining marks as none.

    Example: `columns("茶 tea") == 6`.
    """
    return sum(map(_columns_of, text))


@cache
def _columns_of(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1
