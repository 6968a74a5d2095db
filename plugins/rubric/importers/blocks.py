"""A message's spans as blocks: paragraphs, quotations, code."""

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
    """Lines that stand together; only a quote's may be blank, and only a code's are raw."""

    kind: Kind
    lines: tuple[Line, ...]
    language: str = ""

    def text(self) -> str:
        """The block's text on one line, white space folded."""
        return fold(" ".join(map(text_of, self.lines)))


def fold(text: str) -> str:
    return " ".join(text.split())


def split_blocks(spans: Iterable[Span]) -> list[Block]:
    """Spans → blocks: blank lines part paragraphs; a `blockquote` or `pre` is one block."""
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
