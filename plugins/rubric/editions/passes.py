"""Passes that make an edition of each language, and views of its texts and lists of texts."""

from __future__ import annotations

from rubric.build import Build
from rubric.editions.editions import build_editions, check_translations
from rubric.editions.entry_views import build_indexes, make_entry_views, make_fallback_views
from rubric.editions.formats import Formats
from rubric.editions.list_views import make_list_views
from rubric.editions.old_posts import mark_old
from rubric.editions.parts import Parts
from rubric.editions.templating import FILTERS, FUNCTIONS
from rubric.model.catalogues import Catalogues
from rubric.model.view_factory import ViewFactory


def add_functions(build: Build) -> None:
    """Add the template functions `_`, `ngettext`, `link`, `part`, and filters for formats."""
    parts = Parts(build.template_names)
    build.environment.globals.update({**FUNCTIONS, "part": parts.part})
    build.environment.filters.update(FILTERS)


def plan_editions(build: Build) -> None:
    """Make the editions with their lists, and a view of each text and each list of texts.

    Plugins that come later in PLUGINS add views of their own.
    """
    site, settings = build.site, build.settings["EDITIONS"]
    catalogues = build.get(Catalogues)
    if line := catalogues.missing(site.languages.values()):
        build.notices.append(line)
    check_translations(site)
    formats = {key: Formats(language.locale) for key, language in site.languages.items()}
    build.editions = build_editions(
        site,
        lambda language: catalogues.load(language.key, language.locale),
        lambda lang, code: formats[lang].country(code),
    )
    build.formats = formats
    build.view_factory = factory = ViewFactory(site, build.editions, settings["page_size"])
    indexes = build_indexes(factory)
    build.entry_views = make_entry_views(factory, indexes)
    build.list_views = [
        *make_fallback_views(factory, indexes, build.entry_views),
        *make_list_views(factory, settings["home_posts"]),
    ]
    mark_old(build.views, site.now, settings["old_after_days"])
    build.share(formats=build.formats, editions=build.editions)
