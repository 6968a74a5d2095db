"""Where front matter meets Pelican: the reader of `.md` files."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from markdown import Markdown
from pelican import signals
from pelican.readers import BaseReader, Readers

from plugins.frontmatter.assembly import assemble, locate
from plugins.frontmatter.check import check, metadata_kind
from plugins.frontmatter.handover import pelican_fields
from plugins.frontmatter.header import parse_header
from plugins.frontmatter.questions import check_questions
from plugins.frontmatter.source import Problem, read_text
from plugins.model.entry import Entry
from plugins.model.metadata import FOLDERS
from plugins.model.site import Site

logger = logging.getLogger(__name__)


def connect() -> None:
    signals.readers_init.connect(add_reader)


def add_reader(readers: Readers) -> None:
    readers.reader_classes["md"] = EntryReader
    # Pelican would read dates off file names too, and stop at one that doesn't exist.
    readers.settings["FILENAME_METADATA"] = ""
    # Its cache, which is off, warns of unreadable files; the reader below tells the way out.
    logging.getLogger("pelican.cache").setLevel(logging.ERROR)


class EntryReader(BaseReader):  # type: ignore[misc]
    """Reads a Markdown file into an `Entry`; mistakes go to the site's error log.

    Pelican gets the few fields it needs itself. Everything typed travels in one value,
    `entry`, because names such as `timezone` or `url` would change Pelican's own handling.
    """

    enabled = True
    file_extensions = ("md",)

    def __init__(self, settings: dict[str, Any]) -> None:
        super().__init__(settings)
        self._markdown: Markdown | None = None

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """Return HTML and metadata; a file with mistakes is told to be skipped."""
        site: Site = self.settings["RUBRIC_SITE"]
        source = Path(source_path).relative_to(self.settings["PATH"]).as_posix()
        if source.split("/")[1] not in FOLDERS:
            return "", {"status": "skip"}
        lines: dict[str, int] = {}
        entry = None
        try:
            entry = self._read_entry(site, source, lines)
        except Problem as problem:
            self._report(site, source, problem, lines)
        except Exception as error:
            # Pelican would log the file's name, drop it and go on.
            logger.exception("Reading %s failed", source)
            fault = Problem(f"could not be read ({error}).", "This is a fault in the code.")
            self._report(site, source, fault, lines)
        if entry is None or site.take(entry).metadata.gone:
            return "", {"status": "skip"}
        return entry.body, pelican_fields(entry, site.now)

    def _read_entry(self, site: Site, source: str, lines: dict[str, int]) -> Entry | None:
        limit = self.settings["FRONTMATTER"]["max_bytes"]
        text = read_text(Path(self.settings["PATH"], source), limit)
        header = parse_header(text)
        lines.update(header.lines)
        kind = metadata_kind(locate(source).kind, header.fields)
        metadata = check(kind, header.fields, site.zone)
        markdown = self._parser()
        html = markdown.reset().convert(header.body)
        problems = check_questions(html, text) if kind == "faq" else []
        if isinstance(metadata, list):
            problems += metadata
        for problem in problems:
            self._report(site, source, problem, lines)
        if isinstance(metadata, list) or problems:
            return None
        hashtags: list[str] = getattr(markdown, "hashtags", [])
        return assemble(site, source, metadata, html, hashtags, lines)

    def _parser(self) -> Markdown:
        # Making a parser costs as much as a short post, so one serves all of them.
        if self._markdown is None:
            self._markdown = Markdown(**self.settings["MARKDOWN"])
        return self._markdown

    @staticmethod
    def _report(site: Site, source: str, problem: Problem, lines: dict[str, int]) -> None:
        site.failed_keys.add(locate(source).key)
        line = problem.line or lines.get(problem.field, 1 if problem.field else 0)
        site.errors.add(
            f"{site.content}/{source}", problem.problem, problem.fix, line=line, field=problem.field
        )
