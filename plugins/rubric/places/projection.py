"""From the globe to the plane: the projection that suits what a map must show.

Planes are in degrees: near the middle of a map one unit is about a degree of latitude; x
grows eastwards, y northwards.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import cos, degrees, radians, sin, sqrt

from rubric.places.geometry import Box, Line, Point, clip_line, clip_ring

WORLD_SPAN = 130.0
"""Degrees of longitude from which on a map shows the world rather than a region."""


@dataclass(frozen=True, slots=True)
class Projection:
    """A plane around a middle meridian; `flatten` takes longitudes relative to it."""

    meridian: float
    flatten: Callable[[Point], Point]

    def project(self, point: Point) -> Point:
        """A place, given as longitude and latitude, on the plane."""
        return self.flatten((around(point[0] - self.meridian), point[1]))

    def project_ring(self, ring: Line) -> list[Line]:
        """Land on the plane: one ring, or two where it straddles the map's far side."""
        parts = (clip_ring(turned, _GLOBE) for turned in self._turned(ring))
        return [[self.flatten(point) for point in part] for part in parts if part]

    def project_line(self, line: Line) -> list[Line]:
        """A border on the plane, cut where it straddles the map's far side."""
        parts = (part for turned in self._turned(line) for part in clip_line(turned, _GLOBE))
        return [[self.flatten(point) for point in part] for part in parts]

    def _turned(self, line: Line) -> list[Line]:
        """The line as seen from the meridian, once for every turn that may meet the map."""
        lowest = min(x for x, _ in line) - self.meridian
        highest = max(x for x, _ in line) - self.meridian
        return [
            [(x - self.meridian + turn, y) for x, y in line]
            for turn in (-360.0, 0.0, 360.0)
            if highest + turn > -180 and lowest + turn < 180
        ]


_GLOBE = Box(-180.0, -90.0, 180.0, 90.0)


def choose_projection(places: Sequence[Point]) -> Projection:
    """A projection for at least one place, given as (longitude, latitude).

    The world gets the Natural Earth projection, a region an equal-area cone, and a region
    around the equator, where no cone fits, a plain grid.
    """
    west, span = widest_view([x for x, _ in places])
    meridian = around(west + span / 2)
    if span > WORLD_SPAN:
        return Projection(meridian, natural_earth)
    lowest, highest = min(y for _, y in places), max(y for _, y in places)
    inset = max((highest - lowest) / 6, 0.0)
    south, north = radians(lowest + inset), radians(highest - inset)
    if abs(sin(south) + sin(north)) < 0.3:
        return Projection(meridian, plain(radians(lowest + highest) / 2))
    return Projection(meridian, cone(south, north))


def widest_view(longitudes: Sequence[float]) -> tuple[float, float]:
    """The western edge and the span, in degrees, of the shortest arc that holds them all."""
    order = sorted({x % 360.0 % 360.0 for x in longitudes})  # -1e-20 % 360.0 is 360.0
    gaps = [
        ((after - x) % 360 or 360.0, after)
        for x, after in zip(order, [*order[1:], order[0]], strict=True)
    ]
    gap, west = max(gaps)
    return around(west), 360.0 - gap


def around(longitude: float) -> float:
    """The same longitude from -180 up to, but not including, 180."""
    return (longitude + 180.0) % 360.0 - 180.0


def plain(parallel: float) -> Callable[[Point], Point]:
    """Equirectangular, true to scale along a parallel, given in radians."""
    shrink = cos(parallel)
    return lambda point: (point[0] * shrink, point[1])


def cone(south: float, north: float) -> Callable[[Point], Point]:
    """Albers' equal-area conic between two standard parallels, given in radians.

    Snyder, Map Projections: A Working Manual (USGS 1395), 14-1 to 14-6.
    """
    n = (sin(south) + sin(north)) / 2
    c = cos(south) ** 2 + 2 * n * sin(south)
    middle = sqrt(c - n * 2 * sin((south + north) / 2)) / n

    def flatten(point: Point) -> Point:
        angle = n * radians(point[0])
        radius = sqrt(max(0.0, c - 2 * n * sin(radians(point[1])))) / n
        return degrees(radius * sin(angle)), degrees(middle - radius * cos(angle))

    return flatten


def natural_earth(point: Point) -> Point:
    """The Natural Earth projection by its polynomial.

    Šavrič, Jenny, Patterson, Petrovič and Hurni, Cartography and Geographic Information
    Science 38/4 (2011).
    """
    square = radians(point[1]) ** 2
    fourth = square * square
    across = 0.8707 - 0.131979 * square
    across += fourth * (-0.013791 + fourth * (0.003971 * square - 0.001529 * fourth))
    up = 1.007226 + square * 0.015085
    up += fourth * square * (-0.044475 + 0.028874 * square - 0.005916 * fourth)
    return point[0] * across, point[1] * up
