"""Where names stand on a map, so that none covers another or a dot."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rubric.places.geometry import Box, Point

Anchor = Literal["start", "middle", "end"]
Room = Literal["always", "wide", "hover"]
"""When a name is shown: always, on wide screens only, or when its dot is pointed at."""

SHRINK = 0.56
"""Text on a wide screen, measured by the map, is this much smaller."""
_ASCENT, _DESCENT = 0.86, 0.26  # of the text's size


@dataclass(frozen=True, slots=True)
class Label:
    """A name's place: `at` is its anchor, `shift` how far the baseline is below, in em."""

    at: Point
    anchor: Anchor
    shift: float
    room: Room

    def box(self, text: str, size: float) -> Box:
        """What the name covers at a text size; y grows downwards."""
        width = text_width(text) * size
        left = self.at[0] - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        base = self.at[1] + self.shift * size
        return Box(left, base - _ASCENT * size, left + width, base + _DESCENT * size)


def place_labels(
    names: Sequence[str], dots: Sequence[Point], radius: float, size: float, view: Box
) -> list[Label]:
    """A place for every name, in the same order; earlier names choose first.

    Names that find no room at `size` are tried again at the size of wide screens. All
    names shown together keep clear of each other, of all dots and of the view's edges.
    """
    obstacles = [Box(x, y, x, y).grown(radius) for x, y in dots]
    labels: list[Label | None] = [None] * len(names)
    rooms: tuple[Room, Room] = ("always", "wide")
    for room, text_size in zip(rooms, (size, size * SHRINK), strict=True):
        taken = [
            label.box(name, text_size)
            for name, label in zip(names, labels, strict=True)
            if label is not None
        ]
        for index, name in enumerate(names):
            if labels[index] is not None:
                continue
            others = obstacles[:index] + obstacles[index + 1 :] + taken
            for label in _choices(dots[index], radius, room):
                box = label.box(name, text_size)
                if view.holds(box) and not any(box.meets(other) for other in others):
                    labels[index] = label
                    taken.append(box)
                    break
    return [
        label or _inside(name, dot, radius, size, view)
        for name, dot, label in zip(names, dots, labels, strict=True)
    ]


def text_width(text: str) -> float:
    """A generous guess at a text's width in em, for fonts without serifs."""
    return sum(map(_char_width, text))


def _char_width(char: str) -> float:
    if unicodedata.combining(char):
        return 0.0
    if unicodedata.east_asian_width(char) in "WF":
        return 1.0
    if char in " .,’'-|iIjlft()":
        return 0.36
    if char.isupper() or char in "mwшщжюыфмЮ@%&":
        return 0.8 if char in "MWШЩЖЮФМ" else 0.72
    return 0.58


def _choices(dot: Point, radius: float, room: Room) -> list[Label]:
    """Right, left, above, below, then the corners."""
    x, y = dot
    gap = radius * 1.45
    near = gap * 0.75
    return [
        Label((x + gap, y), "start", 0.35, room),
        Label((x - gap, y), "end", 0.35, room),
        Label((x, y - gap), "middle", -_DESCENT + 0.1, room),
        Label((x, y + gap), "middle", _ASCENT - 0.08, room),
        Label((x + near, y - near), "start", -0.05, room),
        Label((x + near, y + near), "start", 0.7, room),
        Label((x - near, y - near), "end", -0.05, room),
        Label((x - near, y + near), "end", 0.7, room),
    ]


def _inside(name: str, dot: Point, radius: float, size: float, view: Box) -> Label:
    """Where a name is shown for a moment: over others, but within the view if it fits."""
    choices = _choices(dot, radius, "hover")
    return next((each for each in choices if view.holds(each.box(name, size))), choices[0])
