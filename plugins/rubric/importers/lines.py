"""Splits a message into lines, and reduces its spans to the kinds that Markdown can express."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

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
