"""Splits the spans of a message into blocks: paragraphs, quotations and code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from rubric.importers.lines import Line, is_blank, split_lines, text_of
from rubric.importers.telegram import Span

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
