"""The outlines of land and the borders between countries, decoded from data/countries.json.

The file holds `per_degree` (how many of its units are a degree), `land` (closed rings) and
`borders` (lines between two countries, under their ISO 3166-1 codes: `"DE PL"`). Every line
is a flat list: longitude and latitude of its first point, then the steps to the next ones.
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
    """A line between two countries, by their ISO 3166-1 alpha-2 codes, sorted."""

    countries: tuple[str, str]
    line: Line


@dataclass(frozen=True, slots=True)
class Outlines:
    """Lines of (longitude, latitude) in degrees; rings of `land` are open and overlap nowhere.

    Longitudes run on over the antimeridian, past 180 or below -180. Antarctica is left out.
    """

    land: tuple[Line, ...]
    borders: tuple[Border, ...]


def load_outlines() -> Outlines:
    """The world's outlines, from the plugin's own data."""
    return parse_outlines(_FILE.read_bytes())


def parse_outlines(content: bytes) -> Outlines:
    """Decode the format above."""
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
