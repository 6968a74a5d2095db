"""Passes that prepare a map of cities with groups, and write the gazetteers."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from rubric.build import Build
from rubric.model.edition import Edition
from rubric.model.entry import Entry
from rubric.model.site import Site
from rubric.model.view import View
from rubric.places.gazetteer import build_gazetteer
from rubric.places.map import Atlas, Map, MapPoint
from rubric.places.outlines import Outlines, load_outlines

_WIDTH = 1080
_MAX_POINTS = 100
"""Cities on a map; more would overlap and make the page too large."""


def plan_maps(build: Build) -> None:
    """Prepare a map and claim the address of a gazetteer for each edition, if there are groups."""
    if "events" not in build.site.features:
        return
    # No borders, because some of them are disputed.
    atlas = cache(lambda: Atlas(Outlines(load_outlines().land, ()), _WIDTH))
    maps, gazetteers = {}, {}
    for lang, edition in build.editions.items():
        points = _points(build.site, edition)
        maps[lang] = Map(points, edition.gettext("Map of the groups"), atlas)
        gazetteers[lang] = _address(lang)
        build.site.claims.add(_address(lang), "the list of cities")
    build.share(maps=maps, gazetteers=gazetteers)
    for view in build.views:
        if sketch := _sketch(build.site, view, atlas):
            view.variables = {**view.variables, "sketch": sketch}


def write_gazetteers(build: Build) -> None:
    """Write the gazetteer of each edition."""
    for lang in build.editions if "events" in build.site.features else ():
        build.outputs.add_file(_address(lang), build_gazetteer, lang)


def _address(lang: str) -> str:
    return f"{lang}/places/cities.json"


def _sketch(site: Site, view: View, atlas: Callable[[], Atlas]) -> Map | None:
    """Return the map of the page of an event that has a venue; None for other pages."""
    entry = view.subject
    if not isinstance(entry, Entry) or not entry.event or entry.event.attendance == "online":
        return None
    place, city = entry.event.place, site.cities.get(entry.key)
    position = (place.latitude, place.longitude)
    if None in position and city:
        position = (city.latitude, city.longitude)
    latitude, longitude = position
    if latitude is None or longitude is None:
        return None
    page = view.edition.places.get(city.key) if city else None
    href = site.path(page.url) if page else place.map_url
    label = view.edition.gettext("Map: %(place)s") % {"place": place.city}
    return Map((MapPoint(latitude, longitude, place.city, href),), label, atlas)


def _points(site: Site, edition: Edition) -> tuple[MapPoint, ...]:
    """Return a point for each city with groups; the city with the most groups comes first."""
    pages = [page for page in edition.places.values() if page.city and page.groups]
    pages.sort(key=lambda page: (-len(page.groups), page.key))
    del pages[_MAX_POINTS:]
    return tuple(
        MapPoint(page.city.latitude, page.city.longitude, page.name, site.path(page.url))
        for page in pages
        if page.city and page.city.latitude is not None and page.city.longitude is not None
    )
