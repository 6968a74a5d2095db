"""The world's cities as a list that a page's script searches in, a language at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from rubric.model.script import script_code

SMALLEST = 270_000
"""Inhabitants from which on a city is in the list; capitals are in it all the same."""
_FILE = Path(__file__).with_name("data") / "cities.tsv"
_EARTH = 6371.0088  # km: mean radius, IUGG 1980


@dataclass(frozen=True, slots=True)
class Town:
    """A city of the world; `names` by script (ISO 15924), the best known spelling first.

    `country` is its ISO 3166-1 alpha-2 code; Cyrillic names (`Cyrl`) are Russian ones.
    """

    geonameid: int
    country: str
    latitude: float
    longitude: float
    population: int
    names: dict[str, tuple[str, ...]]
    is_capital: bool


def read_towns() -> Iterator[Town]:
    """All cities of data/cities.tsv, those with the most inhabitants first."""
    for row in _FILE.read_text("utf-8").splitlines():
        id, country, latitude, longitude, population, capital, *names = row.split("\t")
        yield Town(
            int(id),
            country,
            float(latitude),
            float(longitude),
            int(population),
            {
                script: tuple(filter(None, spellings.split("|")))
                for script, spellings in zip(("Latn", "Cyrl", "Hans", "Hant"), names, strict=True)
            },
            bool(capital),
        )


def build_gazetteer(lang: str) -> bytes:
    """The cities as JSON, by population: `[[names, country, latitude, longitude], …]`.

    `names` are joined by `|`: those in the language's script first, of which the first is
    the one to show, then the Latin ones. `lang` is a key or tag of any language.
    """
    script = script_code(lang)
    rows = []
    for town in read_towns():
        if town.population >= SMALLEST or town.is_capital:
            names = dict.fromkeys((*town.names.get(script, ()), *town.names["Latn"]))
            rows.append(["|".join(names), town.country, town.latitude, town.longitude])
    lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    return ("[" + ",\n".join(lines) + "]\n").encode()


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Kilometres between two places, given as latitude and longitude, on a round Earth.

    The haversine formula: Sinnott, Sky and Telescope 68/2 (1984). Wrong by 0.5 % at most.
    """
    south, north = radians(a[0]), radians(b[0])
    up, across = sin((north - south) / 2), sin(radians(b[1] - a[1]) / 2)
    return 2 * _EARTH * asin(min(1.0, sqrt(up * up + cos(south) * cos(north) * across * across)))
