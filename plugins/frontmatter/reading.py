"""Reads one file: its bytes → an `Entry`, or the mistakes in it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from markdown import Markdown

from plugins.frontmatter.assembly import assemble, locate
from plugins.frontmatter.check import check, metadata_kind
from plugins.frontmatter.header import parse_header
from plugins.frontmatter.questions import check_questions
from plugins.frontmatter.source import Problem, decode_text, refuse_unread
from plugins.model.entry import Entry
from plugins.model.errors import BuildFailed, SiteError
from plugins.model.site import Site

logger = logging.getLogger(__name__)


class Reading(NamedTuple):
    """What became of a file: an entry, or mistakes and the key of what failed."""

    entry: Entry | None = None
    errors: tuple[SiteError, ...] = ()
    failed_key: str = ""


@dataclass(slots=True)
class TextReader:
    """Reads the texts of one site; `markdown` are the options of Python-Markdown.

    `marker` is another one in each build if an extension may read what no build knows of.
    """

    site: Site
    max_bytes: int
    markdown: Mapping[str, Any]
    marker: bytes = b""
    _parser: Markdown | None = field(default=None, compare=False)

    def read(self, source: str, content: bytes | OSError) -> Reading:
        """Read a file of that path below the content folder."""
        lines: dict[str, int] = {}
        problems: list[Problem] = []
        entry = None
        try:
            if isinstance(content, OSError):
                raise refuse_unread(content, self.max_bytes)
            entry = self._entry(source, content, lines, problems)
        except BuildFailed:
            raise
        except Problem as problem:
            problems.append(problem)
        except Exception as error:
            logger.exception("Reading %s failed", source)
            problems.append(
                Problem(f"could not be read ({error}).", "This is a fault in the code.")
            )
        if entry is not None:
            return Reading(entry)
        errors = tuple(self._tell(source, problem, lines) for problem in problems)
        return Reading(None, errors, locate(source).key)

    def _entry(
        self, source: str, content: bytes, lines: dict[str, int], problems: list[Problem]
    ) -> Entry | None:
        site = self.site
        text = decode_text(content)
        header = parse_header(text)
        lines.update(header.lines)
        kind = metadata_kind(locate(source).kind, header.fields)
        metadata = check(kind, header.fields, site.zone)
        # Making a parser costs as much as a short post, so one serves all of them.
        self._parser = markdown = self._parser or self._make_parser()
        html = markdown.reset().convert(header.body)
        if kind == "faq":
            problems += check_questions(html, text)
        if isinstance(metadata, list):
            problems += metadata
            return None
        if problems:
            return None
        hashtags: list[str] = getattr(markdown, "hashtags", [])
        return assemble(site, source, metadata, html, hashtags, lines)

    def _make_parser(self) -> Markdown:
        """Raises BuildFailed where the setting is wrong, which is no mistake of any text."""
        try:
            return Markdown(**self.markdown)
        except Exception as error:  # an extension may raise anything
            problem = f"can't be used: {type(error).__name__}: {error}."
            fix = "Install the extension, or correct its name or options."
            raise BuildFailed([SiteError("MARKDOWN", 0, "", problem, fix)]) from error

    def _tell(self, source: str, problem: Problem, lines: Mapping[str, int]) -> SiteError:
        line = problem.line or lines.get(problem.field, 1 if problem.field else 0)
        place = f"{self.site.content}/{source}"
        return SiteError(place, line, problem.field, problem.problem, problem.fix)
