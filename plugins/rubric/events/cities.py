"""Identifies cities by their spellings: Алматы, Almaty and 阿拉木图 are one city."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median
from unicodedata import normalize

from rubric.model.addresses import is_slug
from rubric.model.city import City
from rubric.model.site import Site
from rubric.model.tag import slugify


@dataclass(frozen=True, slots=True)
class _Mention:
    """A city as one entry names it; `lang` is empty if the name is inherited."""

    key: str
    lang: str
    name: str
    country: str
    latitude: float | None
    longitude: float | None


def identify_cities(site: Site) -> dict[str, City]:
    """Return the city of each event and group that has one, by translation key.

    Two mentions are the same city if they belong to the same event or group, or if they have
    the same country and spelling; this relation is transitive. The key of a city, which is
    part of its URL, is its name in the first of the site's languages that has one. If several
    cities have the same name, the country code is appended: `cordoba-es`, `cordoba-ar`.
    """
    mentions = sorted(_mentions(site), key=lambda m: (m.key, m.lang))
    members: dict[str, list[_Mention]] = {}
    roots = _unite(mentions)
    for mention in mentions:
        members.setdefault(roots[mention.key], []).append(mention)
    cities: dict[str, City] = {}
    slugs = [_slug(site, group) for group in members.values()]
    namesakes = Counter(slugs)
    for slug, group in zip(slugs, members.values(), strict=True):
        country = next((m.country for m in group if m.country), "")
        # A key of two letters is reserved for countries.
        is_taken = namesakes[slug] > 1 or len(slug) == 2
        key = f"{slug}-{country.lower()}" if is_taken and country else slug
        city = _city(site, key, country, group)
        cities |= {mention.key: city for mention in group}
    return cities


def _mentions(site: Site) -> Iterator[_Mention]:
    for entry in site.entries:
        place = entry.event.place if entry.event else entry.group
        if place is None or not place.city:
            continue
        stated = getattr(entry.metadata, "city", None)
        if not is_slug(slugify(place.city)):
            line = entry.lines.get("city", 0)
            problem = f"“{place.city}” can't be used in a URL."
            fix = "Write the name of the city."
            site.errors.add(site.where(entry), problem, fix, line=line, field="city")
            continue
        if entry.event and not stated and entry.event.group:
            # The city is inherited from the group, whose own mention has the coordinates.
            yield _Mention(entry.key, "", place.city, place.country, None, None)
            continue
        lang = entry.lang if stated else ""
        where = (place.latitude, place.longitude)
        yield _Mention(entry.key, lang, place.city, place.country, *where)


def _unite(mentions: list[_Mention]) -> dict[str, str]:
    """Group keys by city (union-find); return for each key the smallest key of its group."""
    parent = {mention.key: mention.key for mention in mentions}

    def find(key: str) -> str:
        while parent[key] != key:
            parent[key] = parent[parent[key]]
            key = parent[key]
        return key

    first_of: dict[tuple[str, str], str] = {}
    for mention in mentions:
        spelling = normalize("NFKC", mention.name).casefold()
        other = first_of.setdefault((mention.country, spelling), mention.key)
        low, high = sorted((find(other), find(mention.key)))
        parent[high] = low
    return {key: find(key) for key in parent}


def _slug(site: Site, group: list[_Mention]) -> str:
    by_lang = {mention.lang: mention.name for mention in reversed(group)}
    name = next((by_lang[lang] for lang in site.languages if lang in by_lang), group[0].name)
    return slugify(name)


def _city(site: Site, key: str, country: str, group: list[_Mention]) -> City:
    names = {m.lang: m.name for m in reversed(group) if m.lang}
    ordered = {lang: names[lang] for lang in site.languages if lang in names}
    latitudes = [m.latitude for m in group if m.latitude is not None]
    longitudes = [m.longitude for m in group if m.longitude is not None]
    return City(
        key=key,
        country=country,
        names=ordered or {group[0].lang: group[0].name},
        latitude=median(latitudes) if latitudes else None,
        longitude=median(longitudes) if longitudes else None,
    )
