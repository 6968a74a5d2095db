"""Where front matter meets Pelican: texts are read before Pelican would read any."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable
from operator import attrgetter
from pathlib import Path

from pelican import Pelican, signals
from pelican.generators import ArticlesGenerator, PagesGenerator
from pelican.log import console

from plugins.frontmatter.finding import find_texts
from plugins.frontmatter.reading import Reading, TextReader
from plugins.model.entry import Entry
from plugins.model.ignored import IGNORED_NAMES, Ignored
from plugins.model.library_settings import unknown_extensions
from plugins.model.metadata import FOLDERS, POST_KINDS, Status
from plugins.model.site import Site

logger = logging.getLogger(__name__)

_DATED = (*POST_KINDS, "event")
"""Kinds that Pelican would call articles."""


def connect() -> None:
    signals.initialized.connect(read_alone)
    signals.article_generator_finalized.connect(read_texts)
    signals.finalized.connect(count_undated)
    signals.article_writer_finalized.connect(count_articles)
    signals.page_writer_finalized.connect(count_pages)


def read_alone(pelican: Pelican) -> None:
    """Whatever the settings say, Pelican reads nothing: it would trip over typed fields.

    Names that are ignored are so for all generators, and for the watcher of `invoke serve`.
    """
    settings = pelican.settings
    settings["ARTICLE_PATHS"] = settings["PAGE_PATHS"] = []
    settings["IGNORE_FILES"] = list(dict.fromkeys([*settings["IGNORE_FILES"], *IGNORED_NAMES]))


def read_texts(generator: ArticlesGenerator) -> None:
    """Read every text into the site; mistakes go to its error log.

    Pelican's own articles and pages stay empty: they would cost as much as everything else
    of a build in which one text has changed, and nothing here asks for them.
    """
    site: Site = generator.context["site"]
    settings = generator.settings
    most = settings["FRONTMATTER"]["max_bytes"]
    markdown = settings["MARKDOWN"]
    marker = os.urandom(8) if unknown_extensions(markdown) else b""
    reader = TextReader(site, most, markdown, marker)
    folders = [f"{lang}/{folder}" for lang in site.languages for folder in FOLDERS]

    def refuse(path: str, problem: str, fix: str) -> None:
        site.errors.add(f"{site.content}/{path}", problem, fix)

    ignored = Ignored(settings["IGNORE_FILES"])
    sources = find_texts(Path(generator.path), folders, ignored, refuse)

    def fail(reading: Reading) -> None:
        site.failed_keys.add(reading.failed_key)
        if reading.incomplete is not None:
            site.incomplete.append(reading.incomplete)
        for error in reading.errors:
            site.errors.add(
                error.path, error.problem, error.fix, line=error.line, field=error.field
            )

    for entry in generator.context["texts"].read(sorted(sources), reader.read, most, fail):
        site.take(entry)
        for line, problem, fix in entry.notices:
            logger.warning("%s:%d: %s %s", site.where(entry), line, problem, fix)
    site.entries.sort(key=attrgetter("source"))
    site.gone.sort(key=attrgetter("source"))
    for of_nothing in ("generate_tags", "generate_categories", "generate_authors"):
        # There would be none, but for each Pelican would compile a template.
        setattr(generator, of_nothing, lambda write: None)


def count_undated(pelican: Pelican) -> None:
    """Print how many texts stay drafts for want of a date.

    This is no warning, for it need not be a mistake.
    """
    count = sum(entry.lacks_date for entry in pelican.settings["RUBRIC_SITE"].entries)
    if count:
        line = f"Texts without a date, which stay drafts: {count:,}. `invoke check` names them."
        console.print(line, highlight=False, markup=False, soft_wrap=True)


def count_articles(generator: ArticlesGenerator, writer: object) -> None:
    """Pelican is done with its articles, and says at the end how many there were."""
    del writer
    ones = [entry for entry in generator.context["site"].entries if entry.kind in _DATED]
    generator.articles = _of("published", ones)
    generator.drafts = _of("draft", ones)
    generator.hidden_articles = _of("hidden", ones)


def count_pages(generator: PagesGenerator, writer: object) -> None:
    del writer
    ones = [entry for entry in generator.context["site"].entries if entry.kind not in _DATED]
    generator.pages = _of("published", ones)
    generator.draft_pages = _of("draft", ones)
    generator.hidden_pages = _of("hidden", ones)


def _of(status: Status, entries: Iterable[Entry]) -> list[Entry]:
    return [entry for entry in entries if entry.status == status]
