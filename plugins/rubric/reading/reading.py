"""Reads one file: its bytes → an `Entry`, or the mistakes in it."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from unicodedata import normalize

from markdown import Markdown
from markdown.extensions.meta import MetaExtension

from rubric.model.entry import Entry
from rubric.model.errors import BuildFailed, SiteError, TextProblem
from rubric.model.site import Site
from rubric.model.tag import MOST_TAGS
from rubric.reading.assembly import assemble, locate
from rubric.reading.check import check, check_rest, metadata_kind
from rubric.reading.elsewhere import ACCEPTED
from rubric.reading.header import Header, parse_header
from rubric.reading.questions import check_questions
from rubric.reading.source import Problem, decode_text, refuse_unread

logger = logging.getLogger(__name__)


_META = ("meta", "markdown.extensions.meta", "markdown.extensions.meta:MetaExtension")


class Reading(NamedTuple):
    """What became of a file: an entry, or mistakes and the key of what failed.

    `incomplete` is the entry without the fields that have mistakes, in which later steps may
    find others; it is never published.
    """

    entry: Entry | None = None
    errors: tuple[SiteError, ...] = ()
    failed_key: str = ""
    incomplete: Entry | None = None


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
        if entry is not None and not problems:
            return Reading(entry)
        errors = tuple(self._tell(source, problem, lines) for problem in problems)
        return Reading(None, errors, locate(source).key, entry)

    def _entry(
        self, source: str, content: bytes, lines: dict[str, int], problems: list[Problem]
    ) -> Entry | None:
        site = self.site
        text = decode_text(content)
        header = parse_header(text)
        lines.update(header.lines)
        for name, ours in ACCEPTED.items():
            if name in header.lines:
                lines.setdefault(ours, header.lines[name])
        kinds = site.kinds
        kind = metadata_kind(kinds, locate(source).folder, header.fields)
        metadata = check(kind, header.fields, site.zone, kinds)
        html = self._convert(header, problems)
        markdown = self._parser
        if kind.has_questions and markdown:
            problems += check_questions(html, text)
        hashtags: list[str] = getattr(markdown, "hashtags", [])
        if len(hashtags) > MOST_TAGS:
            place = text.partition(f"#{hashtags[MOST_TAGS]}")[0].count("\n") + 1
            problem = f"has more than {MOST_TAGS} hashtags."
            problems.append(Problem(problem, "Keep those that matter.", line=place))
            hashtags = []  # reported once
        wrong: set[str] = set()
        if isinstance(metadata, list):
            problems += metadata
            wrong = {problem.field for problem in metadata}
            rest = check_rest(kind, header.fields, site.zone, metadata, kinds)
            if rest is None:
                return None
            metadata = rest
        try:
            entry = assemble(site, source, metadata, html, hashtags, lines)
        except Problem as problem:
            # What follows from a wrong field is no mistake of its own.
            if not wrong or (problem.field and not wrong & {problem.field, "kind"}):
                problems.append(problem)
            return None
        entry.notices = tuple(
            (header.body_line + line - 1, problem, fix)
            for line, problem, fix in getattr(markdown, "notices", ())
        )
        return entry

    def _convert(self, header: Header, problems: list[Problem]) -> str:
        """The HTML of a body; '' if it has a mistake."""
        # Making a parser costs as much as a short post, so one serves all of them.
        self._parser = self._parser or make_parser(self.markdown)
        try:
            return self._parser.reset().convert(header.body)
        except TextProblem as mistake:
            self._parser = None  # it is in the middle of a text
            line = header.body_line + mistake.find_line(header.body) - 1
            problems.append(Problem(mistake.problem, mistake.fix, line))
        except RecursionError:
            self._parser = None
            problem = Problem("is nested too deeply.", "Nest lists and markup less deeply.")
            problems.append(problem)
        return ""

    def _tell(self, source: str, problem: Problem, lines: Mapping[str, int]) -> SiteError:
        line = problem.line or lines.get(problem.field, 1 if problem.field else 0)
        place = normalize("NFC", f"{self.site.content}/{source}")
        return SiteError(place, line, problem.field, problem.problem, problem.fix)


def make_parser(options: Mapping[str, Any]) -> Markdown:
    """A parser of texts below their front matter.

    Pelican adds Markdown's `meta` extension to these settings. It would take lines such as
    `Update: …` and `18:30 …` at the start of a text for fields, and remove them. Raises
    BuildFailed if the setting is wrong, which is not a mistake in a text.
    """
    extensions = [
        extension
        for extension in options.get("extensions", ())
        if extension not in _META and not isinstance(extension, MetaExtension)
    ]
    try:
        return Markdown(**{**options, "extensions": extensions})
    except Exception as error:  # an extension may raise anything
        problem = f"can't be used: {type(error).__name__}: {error}."
        fix = "Install the extension, or correct its name or options."
        raise BuildFailed([SiteError("MARKDOWN", 0, "", problem, fix)]) from error
