"""The lines of a message: its runs of text in the few kinds that Markdown tells apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from rubric.importers.addresses import address_of
from rubric.importers.telegram import Span
from rubric.model.tag import HASHTAG_OPENERS

Line = tuple[Span, ...]
"""Runs of plain, bold, italic, underline, strikethrough, spoiler, code, link, hashtag."""

# bot_command, cashtag, bank_card, custom_emoji, mention_name, and what Telegram has yet to
# invent are plain text.
_EMPHASIS = ("bold", "italic", "underline", "strikethrough", "spoiler")
_LINKS = ("text_link", "link", "mention", "email", "phone")
# At least one letter; `@channel`, which limits a search to a channel, is not part of it.
_HASHTAG = re.compile(
    rf"(?<![^\s{re.escape(HASHTAG_OPENERS)}])"
    r"(?P<tag>#(?=[\d_·]*[^\W\d_])[\w·\u200c\u200d]*[^\W_])(?:@[A-Za-z]\w*)?"
)
_INVISIBLE = re.compile(r"[\s\u200b\u2060\u2800\u3164]*")


def text_of(line: Iterable[Span]) -> str:
    """The text of a line, as it is read."""
    return "".join(span.text for span in line)


def is_blank(line: Line) -> bool:
    """Whether nothing of a line is seen: authors make space of invisible characters."""
    return _INVISIBLE.fullmatch(text_of(line)) is not None


def split_lines(spans: Iterable[Span]) -> list[Line]:
    """Part spans at line ends; hashtags found, unsafe links made plain text."""
    lines: list[list[Span]] = [[]]
    for span in spans:
        for number, text in enumerate(span.text.split("\n")):
            if number:
                lines.append([])
            lines[-1] += _settle(replace(span, text=text)) if text else []
    return [_join_runs(line) for line in lines]


def _settle(span: Span) -> Iterator[Span]:
    """Give a span one of the kinds of `Line`.

    The export flattens nested entities: a hashtag in bold is exported as bold text.
    """
    address = address_of(span) if span.kind in _LINKS else ""
    if address:
        yield Span("link", span.text, address)
    elif span.kind == "code":
        yield Span("code", span.text)
    else:
        kind = span.kind if span.kind in _EMPHASIS else "plain"
        position = 0
        for found in _HASHTAG.finditer(span.text):
            yield Span(kind, span.text[position : found.start()])
            yield Span("hashtag", found["tag"])
            position = found.end()
        yield Span(kind, span.text[position:])


def _join_runs(spans: list[Span]) -> Line:
    """Join neighbours of one kind, drop empty ones."""
    runs: list[Span] = []
    for span in filter(lambda span: span.text, spans):
        if runs and span.kind == runs[-1].kind != "hashtag" and span.href == runs[-1].href:
            runs[-1] = replace(span, text=runs[-1].text + span.text)
        else:
            runs.append(span)
    return tuple(runs)
