"""The order in which text in two directions is drawn: Unicode's algorithm for one line (UAX #9).

Embeddings, isolates and paired brackets (X1–X8, N0) are left out; titles and names of people,
places and events rarely have them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import groupby

_RTL = ("R", "AL")
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")


def visual_order(text: str, *, is_rtl: bool) -> list[tuple[str, bool]]:
    """Pieces of a line from left to right, each with whether it runs from right to left.

    `is_rtl` is the direction of the line. The characters of a piece stay in logical order.
    """
    kinds = [unicodedata.bidirectional(char) for char in text]
    if not is_rtl and not any(kind in _RTL for kind in kinds):
        return [(text, False)] if text else []
    levels = _levels(kinds, is_rtl=is_rtl)
    pieces = []
    place = 0
    for level, group in groupby(levels):
        end = place + len(list(group))
        pieces.append((level, text[place:end]))
        place = end
    return [(piece, level % 2 == 1) for level, piece in _reorder(pieces)]


def mirror(text: str) -> str:
    """Return a piece of right-to-left text in the order for fonts without text shaping."""
    return text[::-1].translate(_MIRRORED)


def _levels(kinds: list[str], *, is_rtl: bool) -> list[int]:
    base = "R" if is_rtl else "L"
    own = 1 if is_rtl else 0
    resolved = _resolve_neutral(_resolve_weak(kinds, base), base)
    levels = [1 if kind == "R" else 0 if kind == "L" and not is_rtl else 2 for kind in resolved]
    # L1: white space at the end of a line has the line's direction.
    for place in range(len(levels) - 1, -1, -1):
        if kinds[place] != "WS":
            break
        levels[place] = own
    return levels


def _resolve_weak(kinds: list[str], base: str) -> list[str]:
    """Resolve weak types: marks, numbers and separators (rules W1–W7)."""
    resolved: list[str] = []
    strong = base
    for kind in kinds:
        # W1: a mark belongs to its letter. W2: a number after an Arabic letter is Arabic.
        own = (resolved[-1] if resolved else base) if kind == "NSM" else kind
        if own == "EN" and strong == "AL":
            own = "AN"
        if own in ("L", *_RTL):
            strong = own
        resolved.append(own)
    _join_numbers(resolved)
    strong = base
    for place, kind in enumerate(resolved):  # W3, W7
        if kind in ("L", *_RTL):
            strong = "L" if kind == "L" else "R"
            resolved[place] = strong
        elif kind == "EN" and strong == "L":
            resolved[place] = "L"
    return resolved


def _join_numbers(kinds: list[str]) -> None:
    """W4, W5: separators between digits, and signs beside them, belong to the number."""
    for place in range(1, len(kinds) - 1):
        before, kind, after = kinds[place - 1 : place + 2]
        if before == after and (before, kind) in (("EN", "ES"), ("EN", "CS"), ("AN", "CS")):
            kinds[place] = before
    for order in (range(len(kinds)), range(len(kinds) - 1, -1, -1)):
        previous = ""
        for place in order:
            if kinds[place] == "ET" and previous == "EN":
                kinds[place] = "EN"
            previous = kinds[place]


def _resolve_neutral(kinds: list[str], base: str) -> list[str]:
    """N1, N2: neutral characters take the direction of both sides, or else the line's."""
    resolved = list(kinds)
    place = 0
    for is_strong, group in groupby(kinds, key=lambda kind: kind in ("L", "R", "EN", "AN")):
        end = place + len(list(group))
        if not is_strong:
            before = _side(kinds[place - 1]) if place else base
            after = _side(kinds[end]) if end < len(kinds) else base
            resolved[place:end] = [before if before == after else base] * (end - place)
        place = end
    return resolved


def _side(kind: str) -> str:
    return "L" if kind == "L" else "R"


def _reorder(pieces: list[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    """L2: turn round each stretch of pieces at a level, from the highest level down."""
    order = list(pieces)
    for level in range(max((level for level, _ in order), default=0), 0, -1):
        turned: list[tuple[int, str]] = []
        for is_in, group in groupby(order, key=lambda piece: piece[0] >= level):
            stretch = list(group)
            turned += stretch[::-1] if is_in else stretch
        order = turned
    yield from order
