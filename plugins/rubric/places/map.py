"""Draws a map of cities as SVG at build time, without tiles or scripts.

The theme styles these classes: `map`, `map-land`, `map-border`, `map-place` (a link),
`map-point`, `map-point-online`, `map-target` (a larger, invisible target for touch),
`map-label`, `map-label-wide` (shown on wide screens only) and `map-label-hover` (shown on hover
only).
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
    drop_close_points,
    simplify,
)
from rubric.places.labels import Label, place_labels
from rubric.places.outlines import Outlines
from rubric.places.projection import Projection, choose_projection

TEXT_SIZE = 1 / 28
"""Text size as a fraction of the width: 13 pixels on a map 360 pixels wide."""
MAX_BYTES = 14_500
"""Maximum size of a map; with many points it may be larger."""
_MIN_OUTLINE_BYTES = 5000
_POINT_BYTES = 300  # approximate size of one point
_RADIUS, _TARGET = 0.0125, 0.042  # fractions of the width; 24 px for touch on a 320 px screen
_MIN_SPAN_SINGLE, _MIN_SPAN = 32.0, 13.0  # in degrees; a single city needs a wider view
_MAX_ASPECT, _MIN_ASPECT = 2.0, 1.35  # width divided by height
_NORTH, _SOUTH = 82.0, -57.0  # limits of the map, in degrees of latitude


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A city on a map: coordinates in degrees, name, and the URL of its page.

    `is_online` marks places whose meetings can be joined online.
    """

    latitude: float
    longitude: float
    name: str
    href: str
    is_online: bool = False


def draw_map(points: Sequence[MapPoint], outlines: Outlines, *, width: int, label: str) -> str:
    """Draw one map. For several maps of the same cities, `Atlas` draws the land only once."""
    return Atlas(outlines, width).draw(points, label)


class Atlas:
    """Draws maps that are `width` user units wide; caches the land around the same cities.

    Coordinates are rounded to whole user units, for which a width of 1080 is fine enough.
    """

    def __init__(self, outlines: Outlines, width: int) -> None:
        self._outlines = outlines
        self._width = width
        self._drawn: dict[tuple[Point, ...], tuple[str, str]] = {}

    def draw(self, points: Sequence[MapPoint], label: str) -> str:
        """Return an SVG element with the points and the land around them; '' without points.

        The order of points is that of keyboard focus. Earlier points have priority when names
        are placed, so important points should come first. `label` is the accessible name.
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
        dots = [canvas.to_units(projection.project(place)) for place in places]
        labels = place_labels(
            [point.name for point in points], dots, radius, size, view.expanded(-size * 0.2)
        )
        marks = [
            _mark(point, dot, label_, radius, min(_target_radius(dot, dots), width * _TARGET))
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
            limit = max(_MIN_OUTLINE_BYTES, MAX_BYTES - _POINT_BYTES * len(places))
            self._drawn[places] = _draw_outlines(self._outlines, canvas, view, limit)
        return self._drawn[places]


@dataclass(frozen=True, slots=True)
class Map:
    """A map that is drawn when a template prints it; `atlas` returns the shared `Atlas`."""

    points: tuple[MapPoint, ...]
    label: str
    atlas: Callable[[], Atlas] = field(compare=False)

    def __html__(self) -> str:
        return self.atlas().draw(self.points, self.label)


def choose_frame(places: Sequence[Point], projection: Projection) -> Box:
    """Return the part of the projected plane that a map shows.

    It contains all places with a margin, has an aspect ratio between the two limits unless the
    places prevent it, and stays within the limits of the projected globe.
    """
    box = bounds(places)
    center_x, center_y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
    spread = max(box.width, box.height)
    width = max(box.width * 1.3, _MIN_SPAN if spread > _MIN_SPAN / 20 else _MIN_SPAN_SINGLE)
    height = max(box.height * 1.4, width / _MAX_ASPECT)
    width = max(width, height * _MIN_ASPECT)
    edge = abs(projection.forward((180.0, 0.0))[0])
    width = min(width, 2 * edge)
    left = min(max(center_x - width / 2, -edge), edge - width)
    north, south = (projection.forward((0.0, latitude))[1] for latitude in (_NORTH, _SOUTH))
    height = max(min(height, north - south), box.height * 1.1)
    bottom = min(max(center_y - height / 2, south), north - height)
    bottom = max(min(bottom, box.bottom - height / 30), box.top + height / 30 - height)
    # Near the poles, the projected globe is narrower than at the equator.
    left, right = min(left, box.left - width / 50), max(left + width, box.right + width / 50)
    return Box(left, bottom, right, bottom + height)


@dataclass(frozen=True, slots=True)
class _Canvas:
    """Converts from the globe to the user units of the SVG."""

    projection: Projection
    frame: Box
    scale: float

    def to_units(self, point: Point) -> Point:
        """Convert a projected point to user units, where y grows downwards."""
        return (point[0] - self.frame.left) * self.scale, (self.frame.top - point[1]) * self.scale


def _draw_outlines(outlines: Outlines, canvas: _Canvas, view: Box, limit: int) -> tuple[str, str]:
    """Return the path data of land and borders, as detailed as `limit` bytes allow."""
    area = view.expanded(view.width / 50)
    tolerance = view.width / 1200
    rings = [
        drop_close_points(clip_ring(list(map(canvas.to_units, part)), area), tolerance / 2)
        for ring in outlines.land
        for part in canvas.projection.project_ring(ring)
    ]
    lines = [
        clipped
        for border in outlines.borders
        for part in canvas.projection.project_line(border.line)
        for clipped in clip_line(list(map(canvas.to_units, part)), area)
    ]
    while True:
        land = "".join(_path(ring, "z") for ring in _simplify_rings(rings, tolerance))
        borders = "".join(_path(simplify(line, tolerance), "") for line in lines)
        if len(land) + len(borders) <= limit:
            return land, borders
        tolerance *= 1.15


def _simplify_rings(rings: Iterable[Line], tolerance: float) -> Iterable[Line]:
    """Simplify rings, and leave out those too small to see."""
    for ring in rings:
        if not ring:
            continue
        box = bounds(ring)
        if box.width * box.height < 12 * tolerance * tolerance:
            continue
        # `simplify` keeps the ends of a line, so split the ring at its outermost points.
        first, second = ring.index(min(ring)), ring.index(max(ring))
        rotated = ring[first:] + ring[:first]
        split = (second - first) % len(ring)
        there = simplify(rotated[: split + 1], tolerance)
        back = simplify([*rotated[split:], rotated[0]], tolerance)
        if len(there) + len(back) > 4:
            yield there[:-1] + back[:-1]


def _path(line: Line, end: str) -> str:
    """Return path data with relative coordinates in whole units (SVG 2, 9.3)."""
    whole = [(round(x), round(y)) for x, y in line]
    steps = [(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(whole) if (ax, ay) != (bx, by)]
    if not steps:
        return ""
    numbers = "".join(f"{' ' if x >= 0 else ''}{x}{',' if y >= 0 else ''}{y}" for x, y in steps)
    return f"M{whole[0][0]},{whole[0][1]}l{numbers.lstrip()}{end}"


def _mark(point: MapPoint, dot: Point, label: Label, radius: float, target: float) -> str:
    """Return the SVG of one point; `radius` and `target` are those of the dot and its target."""
    (x, y), (text_x, text_y) = dot, label.at
    online = " map-point-online" if point.is_online else ""
    visibility = "" if label.visibility == "always" else f" map-label-{label.visibility}"
    name = _text(point.name)
    title = f"<title>{name}</title>" if visibility else ""
    return (
        f'<a class="map-place" href="{_text(point.href)}">{title}'
        f'<circle class="map-target" cx="{x:.0f}" cy="{y:.0f}" r="{max(target, radius):.0f}"'
        f' fill-opacity="0"/>'
        f'<circle class="map-point{online}" cx="{x:.0f}" cy="{y:.0f}" r="{radius:.0f}"/>'
        f'<text class="map-label{visibility}" x="{text_x:.0f}" y="{text_y:.0f}"'
        f' dy="{label.shift:.2f}em" text-anchor="{label.anchor}">{name}</text></a>'
    )


def _target_radius(dot: Point, dots: Sequence[Point]) -> float:
    """Return half the distance to the nearest other dot, so that targets do not overlap."""
    distances = (hypot(dot[0] - x, dot[1] - y) for x, y in dots if (x, y) != dot)
    return min(distances, default=float("inf")) / 2


def _text(text: str) -> str:
    return escape(to_xml_text(text))
