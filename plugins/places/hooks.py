"""Where places meet Pelican."""

from __future__ import annotations

from functools import cache

from pelican import signals
from pelican.generators import ArticlesGenerator, Generator
from pelican.writers import Writer

from plugins.model.edition import Edition
from plugins.model.site import Site
from plugins.places.gazetteer import build_gazetteer
from plugins.places.map import Atlas, Map, MapPoint
from plugins.places.outlines import Outlines, load_outlines

_WIDTH = 1080
_MOST_POINTS = 100
"""Cities on a map; more would hide each other, and make the page too large."""


def connect() -> None:
    signals.all_generators_finalized.connect(draw_maps)
    signals.article_writer_finalized.connect(write_gazetteers)


def draw_maps(generators: list[Generator]) -> None:
    """All editions are made, and no page is rendered yet."""
    context = generators[0].context
    # Where a border runs is for others to say: the map shows land and cities.
    atlas = cache(lambda: Atlas(Outlines(load_outlines().land, ()), _WIDTH))
    context["maps"] = {
        lang: Map(_points(context["site"], edition), edition.gettext("Map of the groups"), atlas)
        for lang, edition in context["editions"].items()
    }
    for lang in context["editions"]:
        context["site"].claims.add(f"{lang}/places/cities.json", "the list of cities")
    context["gazetteers"] = {lang: f"{lang}/places/cities.json" for lang in context["editions"]}


def write_gazetteers(generator: ArticlesGenerator, writer: Writer) -> None:
    for lang, address in generator.context["gazetteers"].items():
        writer.add_file(address, build_gazetteer, lang)


def _points(site: Site, edition: Edition) -> tuple[MapPoint, ...]:
    """A point for each city with groups, the one with most of them first."""
    pages = [page for page in edition.places.values() if page.city and page.groups]
    pages.sort(key=lambda page: (-len(page.groups), page.key))
    del pages[_MOST_POINTS:]
    return tuple(
        MapPoint(page.city.latitude, page.city.longitude, page.name, site.path(page.url))
        for page in pages
        if page.city and page.city.latitude is not None and page.city.longitude is not None
    )
