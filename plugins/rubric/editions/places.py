"""Place pages of an edition: countries and cities with their groups and events."""

from __future__ import annotations

from collections.abc import Callable

from rubric.model.city import City
from rubric.model.edition import Edition, Listing, PlacePage
from rubric.model.site import Site


def build_places(
    site: Site, lang: str, country_name: Callable[[str, str], str], edition: Edition
) -> dict[str, PlacePage]:
    """Every country, by name, each followed by its cities, by key."""
    pages: dict[str, PlacePage] = {}
    for item in [*edition.groups, *edition.events]:
        city = site.cities.get(item.entry.key)
        for page in _pages_of(item, city, lang, country_name):
            known = pages.setdefault(page.key, page)
            (known.groups if item.entry.group else known.events).append(item)
    countries = {page.country: page.name for page in pages.values() if page.city is None}
    ordered = sorted(
        pages.values(),
        key=lambda p: (countries.get(p.country, ""), p.country, p.city is not None, p.name, p.key),
    )
    return {page.key: page for page in ordered}


def _pages_of(
    item: Listing, city: City | None, lang: str, country_name: Callable[[str, str], str]
) -> list[PlacePage]:
    event = item.entry.event
    group = item.entry.group
    own = event.place.country if event else group.country if group else ""
    country = city.country if city else own
    if event and event.attendance == "online":
        return []
    pages = []
    if country:
        name = country_name(lang, country)
        pages.append(PlacePage(lang, country.lower(), name, country, None))
    if city:
        pages.append(PlacePage(lang, city.key, city.name_in(lang), country, city))
    return pages
