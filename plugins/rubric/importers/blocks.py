"""Splits the spans of a message into lines and blocks: paragraphs, quotations and code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from rubric.importers.telegram import Span
from rubric.importers.urls import url_of
from rubric.model.tag import HASHTAG_OPENERS

Line = tuple[Span, ...]
"""Spans of the kinds plain, bold, italic, underline, strikethrough, spoiler, code, link and
hashtag."""

# All other kinds become plain text: bot_command, cashtag, bank_card, custom_emoji,
# mention_name, and future ones.
_EMPHASIS = ("bold", "italic", "underline", "strikethrough", "spoiler")
_LINKS = ("text_link", "link", "mention", "email", "phone")
# A hashtag contains at least one letter. `@channel` restricts Telegram's search to a channel
# and is not part of it.
_HASHTAG = re.compile(
    rf"(?<![^\s{re.escape(HASHTAG_OPENERS)}])"
    r"(?P<tag>#(?=[\d_·]*[^\W\d_])[\w·\u200c\u200d]*[^\W_])(?:@[A-Za-z]\w*)?"
)
_INVISIBLE = re.compile(r"[\s\u200b\u2060\u2800\u3164]*")


def text_of(line: Iterable[Span]) -> str:
    """Return the text of a line without formatting."""
    return "".join(span.text for span in line)


def is_blank(line: Line) -> bool:
    """Return whether a line is empty or consists of white space and invisible characters."""
    return _INVISIBLE.fullmatch(text_of(line)) is not None


def split_lines(spans: Iterable[Span]) -> list[Line]:
    """Split spans at line ends, find hashtags, and turn unsafe links into plain text."""
    lines: list[list[Span]] = [[]]
    for span in spans:
        for number, text in enumerate(span.text.split("\n")):
            if number:
                lines.append([])
            lines[-1] += _normalize(replace(span, text=text)) if text else []
    return [_merge(line) for line in lines]


def _normalize(span: Span) -> Iterator[Span]:
    """Convert a span to spans of the kinds of `Line`.

    Hashtags are searched in all text, because the export flattens nested entities: it exports
    a bold hashtag as bold text.
    """
    url = url_of(span) if span.kind in _LINKS else ""
    if url:
        yield Span("link", span.text, url)
    elif span.kind == "code":
        yield Span("code", span.text)
    else:
        kind = span.kind if span.kind in _EMPHASIS else "plain"
        position = 0
        for match in _HASHTAG.finditer(span.text):
            yield Span(kind, span.text[position : match.start()])
            yield Span("hashtag", match["tag"])
            position = match.end()
        yield Span(kind, span.text[position:])


def _merge(spans: list[Span]) -> Line:
    """Merge adjacent spans of the same kind, and remove empty ones."""
    runs: list[Span] = []
    for span in filter(lambda span: span.text, spans):
        if runs and span.kind == runs[-1].kind != "hashtag" and span.href == runs[-1].href:
            runs[-1] = replace(span, text=runs[-1].text + span.text)
        else:
            runs.append(span)
    return tuple(runs)


Kind = Literal["text", "quote", "code"]
_KINDS: dict[str, Kind] = {"pre": "code", "blockquote": "quote"}


@dataclass(frozen=True, slots=True)
class Block:
    """Consecutive lines of one kind.

    Only quotations may contain blank lines. The lines of code are single plain spans.
    `language` is the programming language of code, if known.
    """

    kind: Kind
    lines: tuple[Line, ...]
    language: str = ""

    def text(self) -> str:
        """Return the text of the block on one line, with white space collapsed."""
        return collapse(" ".join(map(text_of, self.lines)))


def collapse(text: str) -> str:
    """Replace every run of white space by one space."""
    return " ".join(text.split())


def split_blocks(spans: Iterable[Span]) -> list[Block]:
    """Split spans into blocks.

    Blank lines separate paragraphs; each `blockquote` or `pre` entity is one block.
    """
    blocks: list[Block] = []
    for kind, group in groupby(spans, lambda span: _KINDS.get(span.kind, "text")):
        if kind == "text":
            blocks += _paragraphs(split_lines(group))
        elif kind == "quote":
            blocks += [Block("quote", lines) for span in group if (lines := _quoted(span))]
        else:
            blocks += [_code(span) for span in group if span.text.strip()]
    return blocks


def _paragraphs(lines: list[Line]) -> list[Block]:
    return [Block("text", tuple(group)) for blank, group in groupby(lines, is_blank) if not blank]


def _quoted(span: Span) -> tuple[Line, ...]:
    lines = split_lines([span])
    while lines and is_blank(lines[-1]):
        lines.pop()
    while lines and is_blank(lines[0]):
        lines.pop(0)
    return tuple(() if is_blank(line) else line for line in lines)


def _code(span: Span) -> Block:
    lines = span.text.strip("\n").split("\n")
    return Block("code", tuple((Span("plain", line),) for line in lines), span.language)
