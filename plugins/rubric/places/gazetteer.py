"""The gazetteer: a list of the world's cities in one language, which a page's script searches."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rubric.model.script import script_code

MIN_POPULATION = 270_000
"""Minimum number of inhabitants of cities in the list; capitals are always included."""
_FILE = Path(__file__).with_name("data") / "cities.tsv"


@dataclass(frozen=True, slots=True)
class WorldCity:
    """A city of the world.

    `country` is an ISO 3166-1 alpha-2 code. `names` maps a script (ISO 15924: `Latn`, `Cyrl`,
    `Hans`, `Hant`) to the spellings in it, the best known first; Cyrillic names are Russian.
    """

    geonameid: int
    country: str
    latitude: float
    longitude: float
    population: int
    names: dict[str, tuple[str, ...]]
    is_capital: bool


def read_cities() -> Iterator[WorldCity]:
    """Yield all cities of data/cities.tsv, the largest first."""
    for row in _FILE.read_text("utf-8").splitlines():
        id, country, latitude, longitude, population, capital, *names = row.split("\t")
        yield WorldCity(
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
    """Return the cities as JSON, the largest first: `[[names, country, latitude, longitude], …]`.

    `names` is a string of names joined by `|`: first those in the script of the language, of
    which the first is shown, then the Latin ones. `lang` is a language key or BCP 47 tag.
    """
    script = script_code(lang)
    rows = []
    for city in read_cities():
        if city.population >= MIN_POPULATION or city.is_capital:
            names = dict.fromkeys((*city.names.get(script, ()), *city.names["Latn"]))
            rows.append(["|".join(names), city.country, city.latitude, city.longitude])
    lines = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) for row in rows)
    return ("[" + ",\n".join(lines) + "]\n").encode()
