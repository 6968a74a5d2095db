"""Where the frame meets Pelican."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pelican import Pelican, signals
from pelican.generators import ArticlesGenerator
from pelican.settings import DEFAULT_CONFIG

from plugins.model.drafts import Drafts
from plugins.model.errors import BuildFailed
from plugins.model.ignored import Ignored
from plugins.model.language import Languages
from plugins.model.moment import load_zone, stated_time
from plugins.model.now import Now
from plugins.model.settings import complete_settings
from plugins.model.site import Site
from plugins.site import failures
from plugins.site.layout import check_layout, check_readable
from plugins.site.loading import load_authors, load_rubrics
from plugins.site.memory import Memory
from plugins.site.theme import check_theme

_memory = Memory()
"""Of the process: it may build more than once."""


def connect() -> None:
    signals.initialized.connect(keep_to_the_end)
    signals.initialized.connect(check_settings)
    signals.article_generator_init.connect(load_site)
    signals.article_generator_init.connect(collect_nothing)
    signals.get_writer.connect(stop_if_wrong)
    signals.get_writer.connect(collect_new)


def load_site(generator: ArticlesGenerator) -> None:
    """Start a run: it is the first generator that Pelican makes, also when it reloads."""
    settings, content = generator.settings, Path(generator.path)
    # The context is a copy of the settings, so each build would hold the one before it.
    for name in ("RUBRIC_RUN", "RUBRIC_REDIRECTS", "RUBRIC_SITE"):
        settings.pop(name, None)
        generator.context.pop(name, None)
    if errors := check_theme(Path(generator.theme), settings["THEME_TEMPLATES_OVERRIDES"]):
        raise BuildFailed(errors)
    zone, now = load_zone(settings["TIMEZONE"]), stated_time(os.environ) or datetime.now(UTC)
    site = Site(
        url=settings["SITEURL"].rstrip("/"),
        zone=zone,
        now=Now.at(now.astimezone(zone)),
        languages=Languages.from_settings(settings["LANGUAGES"]),
        content=content.name,
    )
    # Without the setting no draft is published by mistake.
    drafts = settings["DRAFTS"]
    site.drafts = Drafts(drafts["show"], drafts["secret"])
    ignored = Ignored(settings["IGNORE_FILES"])
    check_layout(content, site.languages, settings["STATIC_PATHS"], site.errors, ignored)
    check_readable(Path(generator.theme), site.errors)
    site.rubrics = load_rubrics(content / "rubrics.toml", site.languages, site.errors)
    site.authors = load_authors(content / "authors.toml", site.languages, site.errors)
    settings["RUBRIC_SITE"] = generator.context["site"] = site


def stop_if_wrong(pelican: Pelican) -> None:
    """Refuse to write a site with errors.

    Pelican asks for a writer after everything is read and before anything is written.
    """
    site: Site = pelican.settings["RUBRIC_SITE"]
    _claim_pages(site, pelican.settings)
    site.run_late_checks()
    for clash in site.claims.clashes():
        if " " in clash.owner and site.errors:
            continue  # two feeds of two tags that share an address: the tags are told
        problem = f"would be written to /{clash.address}, where {clash.other} is."
        site.errors.add(clash.owner, problem, "Give it another name or slug.")
    site.errors.raise_if_any()


def _claim_pages(site: Site, settings: dict[str, Any]) -> None:
    """Claim the pages that Pelican makes by itself of templates, which must be there."""
    overrides = [Path(folder) for folder in settings["THEME_TEMPLATES_OVERRIDES"]]
    pages = [
        (f'TEMPLATE_PAGES["{name}"]', address, name, [Path(settings["PATH"]), *overrides])
        for name, address in settings["TEMPLATE_PAGES"].items()
    ]
    for name in settings["DIRECT_TEMPLATES"]:
        address = settings.get(f"{name.upper()}_SAVE_AS", f"{name}.html")
        folders = [Path(settings["THEME"], "templates"), *overrides]
        pages += [(f'DIRECT_TEMPLATES["{name}"]', address, f"{name}.html", folders)]
    for owner, address, template, folders in pages:
        if not any((folder / template).is_file() for folder in folders):
            fix = f"Write it, or take it out of {owner.partition('[')[0]}."
            site.errors.add(owner, f"there is no template {template}.", fix)
        elif address:
            site.claims.add(address, owner)


def keep_to_the_end(pelican: Pelican) -> None:
    _memory.keep(pelican)


def collect_nothing(generator: ArticlesGenerator) -> None:
    del generator
    _memory.begin()


def collect_new(pelican: Pelican) -> None:
    del pelican
    _memory.settle()


def report_in_one_line() -> None:
    """Report what ends a build without a traceback; for pelicanconf.py, before plugins load."""
    failures.report_in_one_line(DEFAULT_CONFIG)


def check_settings(pelican: Pelican) -> None:
    """Stop before anything is read; `SealedPelican` has done so already."""
    report_in_one_line()
    complete_settings(pelican.settings, DEFAULT_CONFIG)
