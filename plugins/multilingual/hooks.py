"""Where editions meet Pelican."""

from __future__ import annotations

from pathlib import Path

from pelican import signals
from pelican.generators import Generator
from pelican.writers import Writer

from plugins.model.site import Site, save_as
from plugins.multilingual.catalogues import load_catalogue
from plugins.multilingual.checks import check_addresses, check_translations
from plugins.multilingual.editions import build_editions
from plugins.multilingual.entry_views import (
    find_neighbours,
    make_entry_views,
    make_fallback_views,
    make_redirects,
)
from plugins.multilingual.event_views import make_event_views, make_group_rests
from plugins.multilingual.follow_views import make_follow_views
from plugins.multilingual.formats import Formats
from plugins.multilingual.frames import Frames
from plugins.multilingual.list_views import make_list_views
from plugins.multilingual.newsletter_views import make_newsletter_views
from plugins.multilingual.old_posts import mark_old
from plugins.multilingual.parts import Parts
from plugins.multilingual.templating import FILTERS, FUNCTIONS


def connect() -> None:
    signals.generator_init.connect(add_functions)
    signals.get_generators.connect(get_generators)


def get_generators(pelican: object) -> type[Generator]:
    del pelican
    return EditionsGenerator


class EditionsGenerator(Generator):  # type: ignore[misc]
    """Makes the editions once everything is read, and writes every list."""

    def generate_context(self) -> None:
        site: Site = self.context["site"]
        settings = self.settings["EDITIONS"]
        folder = Path(self.theme, "locale")
        check_translations(site)
        formats = {key: Formats(language.locale) for key, language in site.languages.items()}
        editions = build_editions(
            site,
            lambda language: load_catalogue(folder, language.key, language.locale),
            lambda lang, code: formats[lang].country(code),
        )
        frames = Frames(site, editions, settings["page_size"])
        around = find_neighbours(frames)
        entry_views = make_entry_views(frames, around)
        lists = self.settings.get("NEWSLETTER", {}).get("lists", {}).values()
        subscribable = {lang for options in lists if isinstance(lang := options.get("lang"), str)}
        fallbacks = list(make_fallback_views(frames, around, entry_views))
        self._views = [
            *fallbacks,
            *make_list_views(frames, settings["home_posts"], settings["home_events"]),
            *make_event_views(frames),
            *make_group_rests(frames, [*entry_views.values(), *fallbacks]),
            *make_newsletter_views(frames, subscribable),
            *make_redirects(frames),
        ]
        telegram = self.settings.get("FOLLOW", {}).get("telegram", {})
        known = [*entry_views.values(), *self._views]
        self._views += make_follow_views(frames, known, telegram)
        views = [*entry_views.values(), *self._views]
        mark_old(views, site.now, settings["old_after_days"])
        check_addresses(site, views)
        self.context["formats"] = formats
        self.context["editions"] = editions
        self.context["entry_views"] = entry_views
        self.context["views"] = views

    def generate_output(self, writer: Writer) -> None:
        for entry, view in self.context["entry_views"].items():
            variables = {"entry": entry, **view.variables}
            writer.add_page(save_as(view.url), f"{view.template}.html", view=view, **variables)
        for view in self._views:
            template = f"{view.template}.html"
            writer.add_page(save_as(view.url), template, view=view, **view.variables)


def add_functions(generator: Generator) -> None:
    """Give templates `_`, `ngettext`, `link`, `part` and the language's formats."""
    generator.env.globals.update(FUNCTIONS)
    parts = generator.context.setdefault("parts", Parts(generator.context))
    generator.env.globals["part"] = parts.part
    generator.env.filters.update(FILTERS)
