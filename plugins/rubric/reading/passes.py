"""Passes that read every text of the content folder."""

from __future__ import annotations

import logging
import os
from operator import attrgetter

from rubric.build import Build
from rubric.model.catalogues import Catalogues
from rubric.model.features import missing_features
from rubric.model.ignored import Ignored
from rubric.model.library_settings import unknown_extensions
from rubric.model.source_text import endings_of
from rubric.model.text_language import TextLanguage
from rubric.reading.discovery import find_texts
from rubric.reading.excerpt import Summaries
from rubric.reading.given_fields import GivenFields
from rubric.reading.text_reader import ReadResult, TextReader

logger = logging.getLogger(__name__)


def read_texts(build: Build) -> None:
    """Read all texts into the site, from the store where possible; collect all errors."""
    site, settings = build.site, build.settings
    max_bytes = settings["FRONTMATTER"]["max_bytes"]
    markdown = settings["MARKDOWN"]
    marker = os.urandom(8) if unknown_extensions(markdown) else b""
    given = GivenFields.from_settings(settings)
    for name, problem, fix in given.find_mistakes(site.kinds):
        site.errors.add(name, problem, fix)
    summaries = Summaries.from_settings(settings)
    build.keep(catalogues := Catalogues(build.theme / "locale"))
    languages = {
        key: TextLanguage.of(language, catalogues.load(key, language.locale).gettext)
        for key, language in site.languages.items()
    }
    reader = TextReader(
        site, max_bytes, markdown, marker, given, summaries, build.content, build.readers, languages
    )
    missing = missing_features(site.features)
    unpublished = [folder for feature in missing for folder in feature.folders]
    published = [folder for folder in site.kinds.folders if folder not in unpublished]

    def report_error(path: str, problem: str, fix: str) -> None:
        site.errors.add(f"{site.content}/{path}", problem, fix)

    ignored = Ignored(settings["IGNORE_FILES"])
    named = [path.strip("/") for path in settings["ARTICLE_EXCLUDES"] + settings["PAGE_EXCLUDES"]]
    # Pelican adds ARTICLE_PATHS and PAGE_PATHS, "" and "pages", to each other's excludes.
    excluded = [path for path in named if path and path not in site.kinds.folders]
    folders = site.folders(published)
    if site.only_language:
        excluded += [*unpublished, *(path.split("/")[0] for path in settings["STATIC_PATHS"])]
        folders = [""]
    endings = endings_of(build.readers)
    sources = find_texts(build.content, folders, ignored, report_error, endings, excluded)

    def fail(result: ReadResult) -> None:
        site.failed_keys.add(result.failed_key)
        if result.incomplete is not None:
            site.incomplete.append(result.incomplete)
        for error in result.errors:
            site.errors.add(
                error.path, error.problem, error.fix, line=error.line, field=error.field
            )

    for entry in build.run.texts.read(sorted(sources), reader.read, max_bytes, fail):
        site.take(entry)
        for line, problem, fix in entry.notices:
            logger.warning("%s:%d: %s %s", site.where(entry), line, problem, fix)
    site.entries.sort(key=attrgetter("source"))
    site.gone.sort(key=attrgetter("source"))


def count_unpublished(build: Build) -> None:
    """Report texts of kinds that no plugin publishes. They are not read."""
    ignored = Ignored(build.settings["IGNORE_FILES"])
    for feature in missing_features(build.site.features):
        folders = build.site.folders(feature.folders)
        endings = endings_of(build.readers)
        texts = [*find_texts(build.content, folders, ignored, lambda *_: None, endings)]
        if texts:
            place = 0 if build.site.only_language else 1
            found = sorted({text.split("/")[place] for text in texts})
            build.notices.append(
                f"Not published, because {feature.plugin} is not in PLUGINS: {len(texts):,} texts "
                f"in {' and '.join(found)}."
            )


def count_undated(build: Build) -> None:
    """Report the number of texts that are drafts because they have no date.

    This is a notice, not a warning, because it may be intended.
    """
    if count := sum(entry.lacks_date for entry in build.site.entries):
        build.notices.append(
            f"Texts without a date, which stay drafts: {count:,}. `invoke check` names them."
        )
