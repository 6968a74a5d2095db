"""Places the names on a map so that they overlap neither each other nor a dot."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rubric.places.geometry import Box, Point

Anchor = Literal["start", "middle", "end"]
Visibility = Literal["always", "wide", "hover"]
"""When a name is shown: always, only on wide screens, or only when its dot is hovered."""

WIDE_SCALE = 0.56
"""The text size on wide screens relative to narrow ones, in units of the map."""
_ASCENT, _DESCENT = 0.86, 0.26  # in em


@dataclass(frozen=True, slots=True)
class Label:
    """The position of a name: `at` is the anchor point; the baseline is `shift` em below it."""

    at: Point
    anchor: Anchor
    shift: float
    visibility: Visibility

    def box(self, text: str, size: float) -> Box:
        """Return the box that the name covers at a text size; y grows downwards."""
        width = text_width(text) * size
        left = self.at[0] - {"start": 0.0, "middle": width / 2, "end": width}[self.anchor]
        base = self.at[1] + self.shift * size
        return Box(left, base - _ASCENT * size, left + width, base + _DESCENT * size)


def place_labels(
    names: Sequence[str], dots: Sequence[Point], radius: float, size: float, view: Box
) -> list[Label]:
    """Return a label for every name, in the same order; earlier names have priority.

    Names for which there is no space at the text size `size` are tried again at the size of
    wide screens. Names that are shown together overlap neither each other, nor any dot, nor
    the edges of `view`. All lengths are in units of the map.
    """
    obstacles = [Box(x, y, x, y).expanded(radius) for x, y in dots]
    labels: list[Label | None] = [None] * len(names)
    visibilities: tuple[Visibility, Visibility] = ("always", "wide")
    for visibility, text_size in zip(visibilities, (size, size * WIDE_SCALE), strict=True):
        taken = [
            label.box(name, text_size)
            for name, label in zip(names, labels, strict=True)
            if label is not None
        ]
        for index, name in enumerate(names):
            if labels[index] is not None:
                continue
            others = obstacles[:index] + obstacles[index + 1 :] + taken
            for label in _choices(dots[index], radius, visibility):
                box = label.box(name, text_size)
                if view.contains(box) and not any(box.overlaps(other) for other in others):
                    labels[index] = label
                    taken.append(box)
                    break
    return [
        label or _inside(name, dot, radius, size, view)
        for name, dot, label in zip(names, dots, labels, strict=True)
    ]


def text_width(text: str) -> float:
    """Estimate the width of a text in em, rather too wide, for sans-serif fonts."""
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


def _choices(dot: Point, radius: float, visibility: Visibility) -> list[Label]:
    """Return all positions around a dot: right, left, above, below, then the corners."""
    x, y = dot
    gap = radius * 1.45
    near = gap * 0.75
    return [
        Label((x + gap, y), "start", 0.35, visibility),
        Label((x - gap, y), "end", 0.35, visibility),
        Label((x, y - gap), "middle", -_DESCENT + 0.1, visibility),
        Label((x, y + gap), "middle", _ASCENT - 0.08, visibility),
        Label((x + near, y - near), "start", -0.05, visibility),
        Label((x + near, y + near), "start", 0.7, visibility),
        Label((x - near, y - near), "end", -0.05, visibility),
        Label((x - near, y + near), "end", 0.7, visibility),
    ]


def _inside(name: str, dot: Point, radius: float, size: float, view: Box) -> Label:
    """Return the position of a name on hover: it may cover others, but is inside if it fits."""
    choices = _choices(dot, radius, "hover")
    return next((each for each in choices if view.contains(each.box(name, size))), choices[0])
