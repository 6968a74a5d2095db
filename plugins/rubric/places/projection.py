"""Map projections, and the choice of one for the places on a map.

Projected coordinates are in degrees: near the center of a map, one unit is about one degree of
latitude. x grows eastwards, y northwards.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import cos, degrees, radians, sin, sqrt

from rubric.places.geometry import Box, Line, Point, clip_line, clip_ring

WORLD_SPAN = 130.0
"""A map that spans more degrees of longitude uses a projection for the whole world."""


@dataclass(frozen=True, slots=True)
class Projection:
    """A projection with a central meridian.

    `forward` projects a point whose longitude is relative to the central meridian.
    """

    meridian: float
    forward: Callable[[Point], Point]

    def project(self, point: Point) -> Point:
        """Project a point, given as (longitude, latitude) in degrees."""
        return self.forward((normalize_longitude(point[0] - self.meridian), point[1]))

    def project_ring(self, ring: Line) -> list[Line]:
        """Project a ring of land; it is split where it crosses the edge of the map."""
        parts = (clip_ring(shifted, _GLOBE) for shifted in self._shifted(ring))
        return [[self.forward(point) for point in part] for part in parts if part]

    def project_line(self, line: Line) -> list[Line]:
        """Project a border; it is split where it crosses the edge of the map."""
        parts = (part for shifted in self._shifted(line) for part in clip_line(shifted, _GLOBE))
        return [[self.forward(point) for point in part] for part in parts]

    def _shifted(self, line: Line) -> list[Line]:
        """Return the line with relative longitudes, once per multiple of 360° that is visible."""
        lowest = min(x for x, _ in line) - self.meridian
        highest = max(x for x, _ in line) - self.meridian
        return [
            [(x - self.meridian + shift, y) for x, y in line]
            for shift in (-360.0, 0.0, 360.0)
            if highest + shift > -180 and lowest + shift < 180
        ]


_GLOBE = Box(-180.0, -90.0, 180.0, 90.0)


def choose_projection(places: Sequence[Point]) -> Projection:
    """Choose a projection for at least one place, given as (longitude, latitude).

    It is the Natural Earth projection for the world, Albers' equal-area conic for a region, and
    the equirectangular projection for a region at the equator, where a conic is not defined.
    """
    west, span = shortest_arc([x for x, _ in places])
    meridian = normalize_longitude(west + span / 2)
    if span > WORLD_SPAN:
        return Projection(meridian, natural_earth)
    lowest, highest = min(y for _, y in places), max(y for _, y in places)
    inset = max((highest - lowest) / 6, 0.0)
    south, north = radians(lowest + inset), radians(highest - inset)
    if abs(sin(south) + sin(north)) < 0.3:
        return Projection(meridian, equirectangular(radians(lowest + highest) / 2))
    return Projection(meridian, albers_conic(south, north))


def shortest_arc(longitudes: Sequence[float]) -> tuple[float, float]:
    """Return the western end and the length, in degrees, of the shortest arc with all points."""
    order = sorted({x % 360.0 % 360.0 for x in longitudes})  # -1e-20 % 360.0 is 360.0
    gaps = [
        ((after - x) % 360 or 360.0, after)
        for x, after in zip(order, [*order[1:], order[0]], strict=True)
    ]
    gap, west = max(gaps)
    return normalize_longitude(west), 360.0 - gap


def normalize_longitude(longitude: float) -> float:
    """Return the same longitude in the range from -180 (inclusive) to 180 (exclusive)."""
    return (longitude + 180.0) % 360.0 - 180.0


def equirectangular(parallel: float) -> Callable[[Point], Point]:
    """Return the equirectangular projection with a standard parallel in radians."""
    scale = cos(parallel)
    return lambda point: (point[0] * scale, point[1])


def albers_conic(south: float, north: float) -> Callable[[Point], Point]:
    """Return Albers' equal-area conic projection with two standard parallels in radians.

    Source: Snyder, Map Projections: A Working Manual (USGS 1395), 14-1 to 14-6.
    """
    n = (sin(south) + sin(north)) / 2
    c = cos(south) ** 2 + 2 * n * sin(south)
    middle = sqrt(c - n * 2 * sin((south + north) / 2)) / n

    def forward(point: Point) -> Point:
        angle = n * radians(point[0])
        radius = sqrt(max(0.0, c - 2 * n * sin(radians(point[1])))) / n
        return degrees(radius * sin(angle)), degrees(middle - radius * cos(angle))

    return forward


def natural_earth(point: Point) -> Point:
    """Project a point by the polynomial of the Natural Earth projection.

    Source: Šavrič, Jenny, Patterson, Petrovič and Hurni, Cartography and Geographic Information
    Science 38/4 (2011).
    """
    square = radians(point[1]) ** 2
    fourth = square * square
    scale_x = 0.8707 - 0.131979 * square
    scale_x += fourth * (-0.013791 + fourth * (0.003971 * square - 0.001529 * fourth))
    scale_y = 1.007226 + square * 0.015085
    scale_y += fourth * square * (-0.044475 + 0.028874 * square - 0.005916 * fourth)
    return point[0] * scale_x, point[1] * scale_y
