"""Blocks that begin directly below a line of text, without a blank line, as in CommonMark."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown.blockprocessors import BlockProcessor

from rubric.markup.markers import (
    CONTAINER,
    HEADING,
    LIST_MARKER,
    PLACEHOLDER,
    QUOTE,
    RULE,
    interrupts,
)

_DEFINITION = re.compile(r" {0,3}: {1,3}\S")
_MAY_INTERRUPT = re.compile(
    r"\n {0,3}(?:[-+*](?: |\n|$)|\d{1,9}[.)](?: |\n|$)|[-*_|:>]|#{1,6}[ \t]|\x02wzxhzdk:)"
    r"|^ {0,3}(?:\x02wzxhzdk:|:::)"
)
_DELIMITER_ROW = re.compile(r" {0,3}\|?(?: *:?-+:? *\|)+(?: *:?-+:? *)?\|? *| {0,3}\| *:?-+:? *")


class BlockStarts(BlockProcessor):
    """Splits a block of lines wherever another block begins.

    This takes one pass. Python-Markdown's processors each search a block for their own syntax and
    parse what precedes it, which takes quadratic time.
    """

    def test(self, parent: Element, block: str) -> bool:
        del parent
        return bool(_MAY_INTERRUPT.search(block))

    def run(self, parent: Element, blocks: list[str]) -> bool:
        del parent
        pieces = split_block(blocks[0].split("\n"))
        if len(pieces) == 1:
            return False
        blocks[0:1] = pieces
        return True


def split_block(lines: list[str]) -> list[str]:
    """Split lines without blank ones between them into blocks."""
    pieces: list[str] = []
    piece: list[str] = []

    def cut() -> None:
        if piece:
            pieces.append("\n".join(piece))
            piece.clear()

    is_table = False
    for number, line in enumerate(lines):
        if PLACEHOLDER.fullmatch(line) or HEADING.match(line) or _is_rule(line, piece):
            cut()
            piece.append(line)
            cut()
        elif (
            CONTAINER.match(line)
            or (piece and QUOTE.match(line) and not QUOTE.match(piece[0]))
            or (not is_table and _begins_table(lines, number))
            or _begins_term(lines, number, piece)
        ):
            cut()
            piece.append(line)
        elif _begins_list(line, piece):
            # The list processor finds the end of the list.
            cut()
            return [*pieces, "\n".join(lines[number:])]
        else:
            piece.append(line)
            continue
        is_table = "|" in line and not PLACEHOLDER.fullmatch(line)
    cut()
    return pieces


def _is_rule(line: str, piece: list[str]) -> bool:
    if not RULE.fullmatch(line):
        return False
    # A line of hyphens below a single line of text marks a heading.
    return not (line.startswith("--") and len(piece) == 1 and not QUOTE.match(piece[0]))


def _begins_list(line: str, piece: list[str]) -> bool:
    marker = LIST_MARKER.match(line)
    if marker is None or (piece and "|" in piece[-1] and _DELIMITER_ROW.fullmatch(line)):
        return False
    return not piece or bool(QUOTE.match(piece[0])) or interrupts(marker)


def _begins_term(lines: list[str], number: int, piece: list[str]) -> bool:
    """True if a term of a definition list begins below another definition."""
    return (
        bool(piece)
        and number + 1 < len(lines)
        and bool(_DEFINITION.match(lines[number + 1]))
        and not lines[number].startswith((" ", ":"))
        and any(_DEFINITION.match(line) for line in piece)
    )


def _begins_table(lines: list[str], number: int) -> bool:
    """True if a table begins below a line of text (GFM 4.10)."""
    if "|" not in lines[number] or number + 1 == len(lines):
        return False
    row, delimiters = lines[number].strip(), lines[number + 1].strip()
    if not _DELIMITER_ROW.fullmatch(delimiters):
        return False
    columns = len(re.findall(r"(?<!\\)\|", row.strip("|"))) + 1
    return columns == delimiters.strip("|").count("|") + 1
