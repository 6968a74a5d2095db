"""Plane geometry for maps: simplifies and clips lines. Units are those of the caller's points."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

Point = tuple[float, float]
Line = list[Point]
Side = tuple[int, float, int]
"""A side of a box: axis (0 is x), coordinate, and the direction of the inside (1 or -1)."""


class Box(NamedTuple):
    """A rectangle parallel to the axes; `left` ≤ `right` and `bottom` ≤ `top`.

    If y grows downwards, `bottom` is still the smaller y.
    """

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.top - self.bottom

    def overlaps(self, other: Box) -> bool:
        """Return whether two boxes share more than an edge."""
        across = self.left < other.right and other.left < self.right
        return across and self.bottom < other.top and other.bottom < self.top

    def contains(self, other: Box) -> bool:
        across = self.left <= other.left and other.right <= self.right
        return across and self.bottom <= other.bottom and other.top <= self.top

    def expanded(self, by: float) -> Box:
        return Box(self.left - by, self.bottom - by, self.right + by, self.top + by)


def bounds(points: Sequence[Point]) -> Box:
    """Return the bounding box of at least one point."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def drop_close_points(line: Sequence[Point], distance: float) -> Line:
    """Drop points closer than `distance` (in Manhattan metric) to the one before."""
    kept: Line = []
    for x, y in line:
        if not kept or abs(x - kept[-1][0]) + abs(y - kept[-1][1]) >= distance:
            kept.append((x, y))
    return kept


def simplify(line: Sequence[Point], tolerance: float) -> Line:
    """Simplify a line by the Douglas-Peucker algorithm; both ends are kept.

    Dropped points are closer than `tolerance` to the result. Source: The Canadian
    Cartographer 10/2 (1973).
    """
    if len(line) < 3:
        return list(line)
    kept = {0, len(line) - 1}
    spans = [(0, len(line) - 1)]
    while spans:
        first, last = spans.pop()
        farthest, distance = first, tolerance * tolerance
        for index in range(first + 1, last):
            squared = _distance_squared(line[index], line[first], line[last])
            if squared > distance:
                farthest, distance = index, squared
        if farthest != first:
            kept.add(farthest)
            spans += [(first, farthest), (farthest, last)]
    return [line[index] for index in sorted(kept)]


def _distance_squared(point: Point, start: Point, end: Point) -> float:
    """Return the squared distance of a point from a line segment."""
    (px, py), (ax, ay), (bx, by) = point, start, end
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    along = ((px - ax) * dx + (py - ay) * dy) / length if length else 0.0
    along = min(1.0, max(0.0, along))
    ex, ey = px - ax - along * dx, py - ay - along * dy
    return ex * ex + ey * ey


def clip_ring(ring: Sequence[Point], box: Box) -> Line:
    """Clip a polygon to a box by the Sutherland-Hodgman algorithm.

    Returns one ring, which may run along the edges of the box; empty if nothing is inside.
    Rings are open: the last point does not repeat the first. Source: Communications of the
    ACM 17/1 (1974).
    """
    result = list(ring)
    for side in _sides(box):
        if not result:
            break
        clipped: Line = []
        previous = result[-1]
        for point in result:
            if _is_in(point, side):
                if not _is_in(previous, side):
                    clipped.append(_crossing(previous, point, side))
                clipped.append(point)
            elif _is_in(previous, side):
                clipped.append(_crossing(previous, point, side))
            previous = point
        result = clipped
    return result


def clip_line(line: Sequence[Point], box: Box) -> list[Line]:
    """Return the parts of a line inside a box, each with at least two points."""
    parts: list[Line] = [list(line)]
    for side in _sides(box):
        parts = [part for whole in parts for part in _cut(whole, side)]
    return parts


def _cut(line: Line, side: Side) -> list[Line]:
    parts: list[Line] = []
    part: Line = []
    for previous, point in zip([line[0], *line], line, strict=False):
        if _is_in(point, side):
            if not _is_in(previous, side):
                part = [_crossing(previous, point, side)]
            part.append(point)
        elif _is_in(previous, side):
            part.append(_crossing(previous, point, side))
            parts.append(part)
            part = []
    return [part for part in [*parts, part] if len(part) > 1]


def _sides(box: Box) -> tuple[Side, ...]:
    return (0, box.left, 1), (0, box.right, -1), (1, box.bottom, 1), (1, box.top, -1)


def _is_in(point: Point, side: Side) -> bool:
    axis, limit, inwards = side
    return inwards * (point[axis] - limit) >= 0


def _crossing(start: Point, end: Point, side: Side) -> Point:
    axis, limit, _ = side
    share = (limit - start[axis]) / (end[axis] - start[axis])
    other = start[1 - axis] + share * (end[1 - axis] - start[1 - axis])
    return (limit, other) if axis == 0 else (other, limit)
