"""A map of cities as SVG, drawn at build time: no tiles, no script, no style but classes.

Classes a theme gives looks to: `map`, `map-land`, `map-border`, `map-place` (a link),
`map-point`, `map-point-online`, `map-target` (a wider, unseen place to touch), `map-label`,
`map-label-wide` (there's room on wide screens only), `map-label-hover` (no room at all).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise
from math import hypot

from rubric.model.markup import to_xml_text
from rubric.places.geometry import (
    Box,
    Line,
    Point,
    bounds,
    clip_line,
    clip_ring,
    simplify,
    thin_out,
)
from rubric.places.labels import Label, place_labels
from rubric.places.outlines import Outlines
from rubric.places.projection import Projection, choose_projection

TEXT_SIZE = 1 / 28
"""Text size as a share of the width: 13 pixels on a map 360 pixels wide."""
LARGEST = 14_500
"""Bytes of a map. Many points may make it larger, but outlines get 5000 in any case."""
_MARK_BYTES = 300  # about what one point takes
_RADIUS, _TARGET = 0.0125, 0.042  # the target is 24 px wide on a screen of 320
_ALONE, _TOGETHER = 32.0, 13.0  # degrees across at the least: a lone city needs a wider view
_FLAT, _TALL = 2.0, 1.35  # width to height at the most and at the least
_NORTH, _SOUTH = 82.0, -57.0


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A city on a map, in degrees, and its page; `is_online`: one can join from afar."""

    latitude: float
    longitude: float
    name: str
    href: str
    is_online: bool = False


def draw_map(points: Sequence[MapPoint], outlines: Outlines, *, width: int, label: str) -> str:
    """One map; see `Atlas`, which draws several of the same cities for less."""
    return Atlas(outlines, width).draw(points, label)


class Atlas:
    """Draws maps `width` user units wide, and the land around the same cities only once."""

    def __init__(self, outlines: Outlines, width: int) -> None:
        self._outlines = outlines
        self._width = width
        self._drawn: dict[tuple[Point, ...], tuple[str, str]] = {}

    def draw(self, points: Sequence[MapPoint], label: str) -> str:
        """An SVG element of the points and the land around them; empty without points.

        Everything scales with the width: 1080 makes whole numbers fine enough. Earlier
        points get their name shown first, so give the important ones first. Points keep
        their order, which is the order of the keyboard, too.
        """
        if not points:
            return ""
        width = self._width
        places = tuple((point.longitude, point.latitude) for point in points)
        projection = choose_projection(places)
        frame = choose_frame([projection.project(place) for place in places], projection)
        canvas = _Canvas(projection, frame, width / frame.width)
        view = Box(0, 0, width, round(frame.height * canvas.scale))
        size, radius = width * TEXT_SIZE, width * _RADIUS
        dots = [canvas.place(projection.project(place)) for place in places]
        labels = place_labels(
            [point.name for point in points], dots, radius, size, view.grown(-size * 0.2)
        )
        marks = [
            _mark(point, dot, label_, radius, min(_reach(dot, dots), width * _TARGET))
            for point, dot, label_ in zip(points, dots, labels, strict=True)
        ]
        land, borders = self._outline(places, canvas, view)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="map" role="group"'
            f' viewBox="0 0 {view.right:.0f} {view.top:.0f}" font-size="{size:.0f}"'
            f' aria-label="{_text(label)}">\n'
            f'<g aria-hidden="true"><path class="map-land" d="{land}"/>'
            f'<path class="map-border" fill="none" d="{borders}"/></g>\n'
            + "\n".join(marks)
            + "\n</svg>"
        )

    def _outline(self, places: tuple[Point, ...], canvas: _Canvas, view: Box) -> tuple[str, str]:
        if places not in self._drawn:
            room = max(5000, LARGEST - _MARK_BYTES * len(places))
            self._drawn[places] = _draw_outlines(self._outlines, canvas, view, room)
        return self._drawn[places]


@dataclass(frozen=True, slots=True)
class Map:
    """A map that is drawn when a page prints it; `atlas` gives who draws it."""

    points: tuple[MapPoint, ...]
    label: str
    atlas: Callable[[], Atlas] = field(compare=False)

    def __html__(self) -> str:
        return self.atlas().draw(self.points, self.label)


def choose_frame(places: Sequence[Point], projection: Projection) -> Box:
    """The part of the plane that a map shows: all places, with a margin, in a good shape."""
    box = bounds(places)
    middle, centre = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    spread = max(box.width, box.height)
    span = max(box.width * 1.3, _TOGETHER if spread > _TOGETHER / 20 else _ALONE)
    rise = max(box.height * 1.4, span / _FLAT)
    span = max(span, rise * _TALL)
    half = projection.flatten((180.0, 0.0))[0]
    span = min(span, 2 * abs(half))
    left = min(max(middle - span / 2, -abs(half)), abs(half) - span)
    north, south = (projection.flatten((0.0, edge))[1] for edge in (_NORTH, _SOUTH))
    rise = max(min(rise, north - south), box.height * 1.1)
    bottom = min(max(centre - rise / 2, south), north - rise)
    bottom = max(min(bottom, box.bottom - rise / 30), box.top + rise / 30 - rise)
    # Near the poles a projection's edge is narrower than its equator.
    left, right = min(left, box.left - span / 50), max(left + span, box.right + span / 50)
    return Box(left, bottom, right, bottom + rise)


@dataclass(frozen=True, slots=True)
class _Canvas:
    projection: Projection
    frame: Box
    scale: float

    def place(self, point: Point) -> Point:
        """From the plane to user units, where y grows downwards."""
        return (point[0] - self.frame.left) * self.scale, (self.frame.top - point[1]) * self.scale


def _draw_outlines(outlines: Outlines, canvas: _Canvas, view: Box, room: int) -> tuple[str, str]:
    """Path data of land and borders, as fine as `room` bytes allow."""
    paper = view.grown(view.width / 50)
    tolerance = view.width / 1200
    rings = [
        thin_out(clip_ring([canvas.place(point) for point in part], paper), tolerance / 2)
        for ring in outlines.land
        for part in canvas.projection.project_ring(ring)
    ]
    lines = [
        cut
        for border in outlines.borders
        for part in canvas.projection.project_line(border.line)
        for cut in clip_line([canvas.place(point) for point in part], paper)
    ]
    while True:
        land = "".join(_path(each, "z") for each in _thin_rings(rings, tolerance))
        borders = "".join(_path(simplify(line, tolerance), "") for line in lines)
        if len(land) + len(borders) <= room:
            return land, borders
        tolerance *= 1.15


def _thin_rings(rings: Iterable[Line], tolerance: float) -> Iterable[Line]:
    """Rings made simpler, without those too small to see."""
    for ring in rings:
        if not ring:
            continue
        box = bounds(ring)
        if box.width * box.height < 12 * tolerance * tolerance:
            continue
        # A ring has no ends to keep: its outermost points serve as such.
        first, second = ring.index(min(ring)), ring.index(max(ring))
        turned = ring[first:] + ring[:first]
        cut = (second - first) % len(ring)
        there = simplify(turned[: cut + 1], tolerance)
        back = simplify([*turned[cut:], turned[0]], tolerance)
        if len(there) + len(back) > 4:
            yield there[:-1] + back[:-1]


def _path(line: Line, end: str) -> str:
    """Path data in whole units, as steps (SVG 2, 9.3)."""
    whole = [(round(x), round(y)) for x, y in line]
    steps = [(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(whole) if (ax, ay) != (bx, by)]
    if not steps:
        return ""
    numbers = "".join(f"{' ' if x >= 0 else ''}{x}{',' if y >= 0 else ''}{y}" for x, y in steps)
    return f"M{whole[0][0]},{whole[0][1]}l{numbers.lstrip()}{end}"


def _mark(point: MapPoint, dot: Point, label: Label, radius: float, reach: float) -> str:
    (x, y), (text_x, text_y) = dot, label.at
    online = " map-point-online" if point.is_online else ""
    room = "" if label.room == "always" else f" map-label-{label.room}"
    name = _text(point.name)
    title = f"<title>{name}</title>" if room else ""
    return (
        f'<a class="map-place" href="{_text(point.href)}">{title}'
        f'<circle class="map-target" cx="{x:.0f}" cy="{y:.0f}" r="{max(reach, radius):.0f}"'
        f' fill-opacity="0"/>'
        f'<circle class="map-point{online}" cx="{x:.0f}" cy="{y:.0f}" r="{radius:.0f}"/>'
        f'<text class="map-label{room}" x="{text_x:.0f}" y="{text_y:.0f}" dy="{label.shift:.2f}em"'
        f' text-anchor="{label.anchor}">{name}</text></a>'
    )


def _reach(dot: Point, dots: Sequence[Point]) -> float:
    """Half the way to the nearest other dot, so that no target covers another's dot."""
    ways = (hypot(dot[0] - x, dot[1] - y) for x, y in dots if (x, y) != dot)
    return min(ways, default=float("inf")) / 2


def _text(text: str) -> str:
    return escape(to_xml_text(text))
