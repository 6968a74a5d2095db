"""Reads the outlines of land and the borders between countries from data/countries.json.

The file contains `per_degree` (units per degree), `land` (a list of closed rings) and `borders`
(lists of lines by a pair of ISO 3166-1 codes such as `"DE PL"`). A line is a flat list of
integers: longitude and latitude of the first point, then the differences to each next point.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rubric.places.geometry import Line

_FILE = Path(__file__).with_name("data") / "countries.json"


@dataclass(frozen=True, slots=True)
class Border:
    """A line between two countries; `countries` are their sorted ISO 3166-1 alpha-2 codes."""

    countries: tuple[str, str]
    line: Line


@dataclass(frozen=True, slots=True)
class Outlines:
    """Lines of (longitude, latitude) in degrees.

    The rings of `land` are open (the last point does not repeat the first) and do not overlap.
    At the antimeridian, longitudes continue above 180 or below -180. Antarctica is missing.
    """

    land: tuple[Line, ...]
    borders: tuple[Border, ...]


def load_outlines() -> Outlines:
    """Read the outlines of the world from data/countries.json."""
    return parse_outlines(_FILE.read_bytes())


def parse_outlines(content: bytes) -> Outlines:
    """Parse the JSON format described in this module's docstring."""
    data = json.loads(content)
    unit = data["per_degree"]
    borders = tuple(
        Border((pair[:2], pair[3:]), _decode(steps, unit))
        for pair, lines in data["borders"].items()
        for steps in lines
    )
    return Outlines(tuple(_decode(steps, unit) for steps in data["land"]), borders)


def _decode(steps: Sequence[int], unit: int) -> Line:
    line: Line = []
    x = y = 0
    for dx, dy in zip(steps[::2], steps[1::2], strict=True):
        x, y = x + dx, y + dy
        line.append((x / unit, y / unit))
    return line
