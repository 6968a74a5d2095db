"""Where the frame meets Pelican."""

from __future__ import annotations

import logging
import os
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pelican import Pelican, signals
from pelican.generators import ArticlesGenerator

from plugins.model.drafts import Drafts
from plugins.model.errors import BuildFailed
from plugins.model.ignored import Ignored
from plugins.model.language import Languages
from plugins.model.moment import load_zone, stated_time
from plugins.model.now import Now
from plugins.model.site import Site
from plugins.site.layout import check_layout, check_theme
from plugins.site.loading import load_authors, load_rubrics
from plugins.site.memory import Memory

_memory = Memory()
"""Of the process: it may build more than once."""


def connect() -> None:
    signals.initialized.connect(keep_to_the_end)
    signals.initialized.connect(quiet_traceback)
    signals.article_generator_init.connect(load_site)
    signals.article_generator_init.connect(collect_nothing)
    signals.get_writer.connect(stop_if_wrong)
    signals.get_writer.connect(collect_new)


def load_site(generator: ArticlesGenerator) -> None:
    """Start a run: it is the first generator that Pelican makes, also when it reloads."""
    settings, content = generator.settings, Path(generator.path)
    zone, now = load_zone(settings["TIMEZONE"]), stated_time(os.environ) or datetime.now(UTC)
    site = Site(
        url=settings["SITEURL"].rstrip("/"),
        zone=zone,
        now=Now.at(now.astimezone(zone)),
        languages=Languages.from_settings(settings["LANGUAGES"]),
        content=content.name,
    )
    # Without the setting no draft is published by mistake.
    site.drafts = Drafts.from_settings(settings.get("DRAFTS", {}), site.errors)
    ignored = Ignored(settings["IGNORE_FILES"])
    check_layout(content, site.languages, settings["STATIC_PATHS"], site.errors, ignored)
    check_theme(Path(generator.theme), site.errors)
    site.rubrics = load_rubrics(content / "rubrics.toml", site.languages, site.errors)
    site.authors = load_authors(content / "authors.toml", site.languages, site.errors)
    settings["RUBRIC_SITE"] = generator.context["site"] = site


def stop_if_wrong(pelican: Pelican) -> None:
    """Refuse to write a site with errors.

    Pelican asks for a writer after everything is read and before anything is written.
    """
    site: Site = pelican.settings["RUBRIC_SITE"]
    for clash in site.claims.clashes():
        if " " in clash.owner and site.errors:
            continue  # two feeds of two tags that share an address: the tags are told
        problem = f"would be written to /{clash.address}, where {clash.other} is."
        site.errors.add(clash.owner, problem, "Give it another name or slug.")
    site.errors.raise_if_any()


def keep_to_the_end(pelican: Pelican) -> None:
    _memory.keep(pelican)


def collect_nothing(generator: ArticlesGenerator) -> None:
    del generator
    _memory.begin()


def collect_new(pelican: Pelican) -> None:
    del pelican
    _memory.settle()


def quiet_traceback(pelican: Pelican) -> None:
    """Let an author see the errors, one a line, and no traceback under them."""
    del pelican
    log = logging.getLogger("pelican")
    if not any(isinstance(existing, _TellErrors) for existing in log.filters):
        log.addFilter(_TellErrors())


class _TellErrors(logging.Filter):
    """Prints a failed build's errors as they are: Pelican's log would wrap their lines."""

    def filter(self, record: logging.LogRecord) -> bool:
        args: tuple[Any, ...] = record.args if isinstance(record.args, tuple) else ()
        failure = next((arg for arg in args if isinstance(arg, BuildFailed)), None)
        if failure is not None:
            print(failure, file=sys.stderr)
        return failure is None
