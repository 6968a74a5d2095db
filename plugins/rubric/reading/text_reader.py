"""Reads one file: content → `Entry`, or its mistakes."""

from __future__ import annotations

import logging
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from unicodedata import normalize

from markdown import Markdown
from markdown.extensions.meta import MetaExtension

from rubric.model.entry import Entry
from rubric.model.errors import BuildFailed, SiteError, TextProblem
from rubric.model.markup import to_text
from rubric.model.site import Site
from rubric.model.source_text import ReadSource, SourceText
from rubric.model.tag import MOST_TAGS
from rubric.model.text_language import TextLanguage
from rubric.model.tracking import RECORDER
from rubric.reading.assembly import assemble, location_of
from rubric.reading.check import check, check_remaining, model_kind
from rubric.reading.excerpt import Summaries
from rubric.reading.foreign_fields import FIELD_ALIASES
from rubric.reading.given_fields import GivenFields, name_rubric
from rubric.reading.header import Header, parse_header
from rubric.reading.questions import check_questions
from rubric.reading.source import Problem, decode_text, unreadable

logger = logging.getLogger(__name__)


_MARKUP = re.compile(r"[*_`~<&\\]|\]\(")
"""What Markdown in a summary contains."""
_META = ("meta", "markdown.extensions.meta", "markdown.extensions.meta:MetaExtension")


class ReadResult(NamedTuple):
    """The result of reading a file: an entry, or errors and the translation key of the file.

    `incomplete` is the entry without invalid fields. It is used to find further mistakes and is
    never published.
    """

    entry: Entry | None = None
    errors: tuple[SiteError, ...] = ()
    failed_key: str = ""
    incomplete: Entry | None = None


@dataclass(slots=True)
class TextReader:
    """Reads the texts of one site; `markdown` are the options of Python-Markdown.

    `given` are fields that settings give to texts, `summaries` are the options of summaries.

    `marker` is unique to each build if an extension is unknown, because such an extension may
    depend on anything. `readers` read files of other formats in `folder`, the content folder.

    `languages` are what the parser uses of each language, by key.
    """

    site: Site
    max_bytes: int
    markdown: Mapping[str, Any]
    marker: bytes = b""
    given: GivenFields = field(default_factory=GivenFields)
    summaries: Summaries = field(default_factory=Summaries)
    folder: Path = Path()
    readers: Mapping[str, ReadSource] = field(default_factory=dict, compare=False)
    languages: Mapping[str, TextLanguage] = field(default_factory=dict)
    _parser: Markdown | None = field(default=None, compare=False)

    def read(self, source: str, content: bytes | OSError) -> ReadResult:
        """Read a file; `source` is its path below the content folder."""
        lines: dict[str, int] = {}
        problems: list[Problem] = []
        entry = None
        try:
            if isinstance(content, OSError):
                raise unreadable(content, self.max_bytes)
            entry = self._entry(source, content, lines, problems)
        except BuildFailed:
            raise
        except Problem as problem:
            problems.append(problem)
        except Exception as error:
            logger.exception("ReadResult %s failed", source)
            problems.append(Problem(f"could not be read ({error}).", "This is a bug in the code."))
        if entry is not None and not problems:
            return ReadResult(entry)
        errors = tuple(self._to_site_error(source, problem, lines) for problem in problems)
        return ReadResult(None, errors, location_of(self.site, source).key, entry)

    def _entry(
        self, source: str, content: bytes, lines: dict[str, int], problems: list[Problem]
    ) -> Entry | None:
        site = self.site
        text = decode_text(content)
        custom = self._read_custom(source)
        if custom and not source.endswith(".md"):
            header = Header(fields=dict(custom.fields))
        else:
            header = parse_header(text)
        lines.update(header.lines)
        for name, ours in FIELD_ALIASES.items():
            if name in header.lines:
                lines.setdefault(ours, header.lines[name])
        kinds = site.kinds
        place = location_of(site, source)
        kind = model_kind(kinds, place.folder, header.fields)
        fields, own_fields = self.given.take_custom(
            self.given.complete(source, place, kind, header.fields), problems
        )
        fields = name_rubric(site, place.lang, fields)
        metadata = check(kind, fields, site.zone, kinds)
        language = self.languages.get(place.lang) or TextLanguage()
        summary = self._formatted(fields.get("summary"), language)
        html = custom.html if custom else self._convert(header, problems, language)
        markdown = None if custom else self._parser
        if kind.has_questions and (custom or markdown):
            problems += check_questions(html, text)
        hashtags = custom.hashtags if custom else getattr(markdown, "hashtags", ())
        if len(hashtags) > MOST_TAGS:
            line = text.partition(f"#{hashtags[MOST_TAGS]}")[0].count("\n") + 1
            problem = f"has more than {MOST_TAGS} hashtags."
            problems.append(Problem(problem, "Keep those that matter.", line=line))
            hashtags = ()  # avoid a second error
        wrong: set[str] = set()
        if isinstance(metadata, list):
            problems += metadata
            wrong = {problem.field for problem in metadata}
            rest = check_remaining(kind, fields, site.zone, metadata, kinds)
            if rest is None:
                return None
            metadata = rest
        try:
            entry = assemble(
                site,
                source,
                metadata,
                html,
                hashtags,
                lines,
                summary=summary,
                custom=own_fields,
                summaries=self.summaries,
                typeset=language.typeset,
            )
        except Problem as problem:
            # Ignore mistakes that result from an invalid field.
            if not wrong or (problem.field and not wrong & {problem.field, "kind"}):
                problems.append(problem)
            return None
        entry.notices = tuple(
            (header.body_line + line - 1, problem, fix)
            for line, problem, fix in getattr(markdown, "notices", ())
        )
        return entry

    def _read_custom(self, source: str) -> SourceText | None:
        """Read a file with a reader of Pelican; None if there is none for it.

        Such a reader may read anything, so the file is read again in each build.
        """
        read = self.readers.get(source.rpartition(".")[2])
        if read is None:
            return None
        if recorder := RECORDER.get():
            recorder.unknown("reader")
        try:
            return read(self.folder / source)
        except Exception as error:
            problem = f"can't be read by its reader: {type(error).__name__}: {error}."
            fix = "Correct the file, or the plugin or setting that reads files of this format."
            raise Problem(problem, fix) from error

    def _formatted(self, summary: object, language: TextLanguage) -> str:
        """Return the text of a summary in Markdown; '' if it has no markup."""
        if not (isinstance(summary, str) and self.summaries.are_formatted):
            return ""
        if not _MARKUP.search(summary):
            return ""
        problems: list[Problem] = []
        html = self._convert(Header(body=summary), problems, language)
        return "" if problems else " ".join(to_text(html).split())

    def _convert(self, header: Header, problems: list[Problem], language: TextLanguage) -> str:
        """Return the HTML of a body; '' if it has a mistake."""
        # Creating a parser is as slow as converting a short post, so it is reused.
        self._parser = self._parser or make_parser(self.markdown)
        self._parser.text_language = language  # type: ignore[attr-defined]
        try:
            return self._parser.reset().convert(header.body)
        except TextProblem as mistake:
            self._parser = None  # its state is undefined after an exception
            line = header.body_line + mistake.find_line(header.body) - 1
            problems.append(Problem(mistake.problem, mistake.fix, line))
        except RecursionError:
            self._parser = None
            problem = Problem("is nested too deeply.", "Nest lists and markup less deeply.")
            problems.append(problem)
        return ""

    def _to_site_error(self, source: str, problem: Problem, lines: Mapping[str, int]) -> SiteError:
        line = problem.line or lines.get(problem.field, 1 if problem.field else 0)
        place = normalize("NFC", f"{self.site.content}/{source}")
        return SiteError(place, line, problem.field, problem.problem, problem.fix)


def make_parser(options: Mapping[str, Any]) -> Markdown:
    """Return a Markdown parser for texts without front matter.

    Pelican adds Markdown's `meta` extension to the settings. It is left out: it would interpret
    lines such as `Update: …` and `18:30 …` at the start of a text as fields and remove them.
    Raises BuildFailed if the setting is invalid.
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
