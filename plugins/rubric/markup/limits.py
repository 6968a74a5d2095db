"""Limits of the time and stack used for parsing a text. Ordinary texts never reach them.

The limit of a line (rubric.reading.source) is not sufficient: several Markdown constructs take
time that grows with the square of a paragraph.
"""

from __future__ import annotations

import re

from markdown.blockparser import BlockParser

from rubric.model.errors import TextProblem

_MAX_DEPTH = 24
_MAX_PARAGRAPH = 50_000
_MAX_LINES = 2_000
_MAX_ALL_LINES = 40_000
_MAX_PARAGRAPHS = 20_000
_MAX_FENCES = 2_000
_MAX_CELLS = 50_000
_MAX_SIGNS = 100_000
_MAX_NOTES = 1_000
_MAX_BRACKETS = 400_000  # characters between brackets, summed
_FEW_BRACKETS = 2_000
_MAX_EMPHASIS = 200
_MAX_BLANK = 20
_SHORT_LINES = 100
_SHORT = 10_000  # characters; a text below both limits is always fast
_MAX_ABBREVIATIONS = 50_000_000  # number × characters: each is searched at each character
_SIGNS = (*"*_~`[<>&@\\#", "- ", "+ ", ". ", ") ")
_ABBREVIATION = re.compile(r"^ {0,3}\*\[", re.MULTILINE)
_BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)
_PARENTHESIS = re.compile(r"\\.|[()]", re.DOTALL)
_EMPHASIS = re.compile(r"(?<!\S)(?P<opening>[*_~]+)(?=\S)|(?<=\S)[*_~]+(?!\S)")
_DELIMITER_ROW = re.compile(r"[ |:]*-[-| :]*")


def check_depth(parser: BlockParser, text: str) -> None:
    """Limit the nesting of lists and quotations: each level takes time and stack."""
    if len(parser.state) > _MAX_DEPTH:
        raise TextProblem(
            f"has lists or quotations nested more than {_MAX_DEPTH} levels deep.",
            "Nest them less deeply, or put a backslash before the first literal one.",
            text,
        )


def check_inline(text: str) -> int:
    """Limit unclosed markup in a paragraph; returns the cost of its brackets.

    For each bracket and emphasis marker, Python-Markdown searches for the matching one.
    """
    if len(text) > _MAX_PARAGRAPH:
        raise _too_long(text)
    cost = 0
    if text.count("[") * len(text) > _FEW_BRACKETS:
        cost = _distances(text, _BRACKET, "[")
        cost += _distances(text, _PARENTHESIS, "(") if "](" in text else 0
        check_brackets(cost, text)
    if text.count("*") + text.count("_") + text.count("~") > _MAX_EMPHASIS:
        depth = 0
        for match in _EMPHASIS.finditer(text):
            depth = max(0, depth + (1 if match["opening"] else -1))
            if depth > _MAX_EMPHASIS:
                raise TextProblem(
                    f"has a paragraph with more than {_MAX_EMPHASIS} open emphasis markers.",
                    "Put a backslash before literal ones, or make it a code block.",
                    text,
                )
    return cost


def check_brackets(cost: int, text: str) -> None:
    """Limit the total distance of matching brackets in a paragraph or text."""
    if cost > _MAX_BRACKETS:
        raise TextProblem(
            "has too many brackets that are open at once.",
            "Close them, put a backslash before literal ones, or make it a code block.",
            text,
        )


def _too_long(text: str) -> TextProblem:
    return TextProblem(
        f"has a paragraph of more than {_MAX_PARAGRAPH} characters or {_MAX_LINES} lines.",
        "Put an empty line between paragraphs, and pasted data into a code block.",
        text,
    )


def _distances(text: str, brackets: re.Pattern[str], opening: str) -> int:
    """Sum the distances of brackets to the matching one, or to the end of the text."""
    total, opened = 0, []
    for match in brackets.finditer(text):
        if match[0] == opening:
            opened.append(match.start())
        elif len(match[0]) == 1 and opened:
            total += match.start() - opened.pop()
    return total + sum(len(text) - position for position in opened)


def check_fences(count: int, line: str) -> None:
    if count > _MAX_FENCES:
        problem = f"has more than {_MAX_FENCES} code blocks."
        raise TextProblem(problem, "Split it into several texts.", line)


def check_blocks(lines: list[str]) -> None:
    """Limit the size of paragraphs, tables and texts, without code."""
    if len(lines) <= _SHORT_LINES and sum(map(len, lines)) <= _SHORT:
        return
    paragraphs = length = first = columns = 0
    for number, line in enumerate(lines):
        if not line or line.isspace():
            length = columns = 0
            continue
        if not length:
            first = number
            paragraphs += 1
        length += len(line) + 1
        count = number - first + 1
        if length > _MAX_PARAGRAPH or count > _MAX_LINES:
            raise _too_long(lines[first])
        if count > 1 and "|" in line and _DELIMITER_ROW.fullmatch(line):
            columns = max(columns, line.count("|"))
        if columns * count > _MAX_CELLS:
            raise TextProblem(
                f"has a table of more than {_MAX_CELLS} cells.",
                "Split it, or move the data into a file of its own and link to it.",
                lines[first],
            )
    _check_text(lines, paragraphs)


def _check_text(lines: list[str], paragraphs: int) -> None:
    filled = sum(bool(line) for line in lines)
    text = "\n".join(lines)
    notes, signs = text.count("[^"), sum(map(text.count, _SIGNS))
    abbreviations = len(_ABBREVIATION.findall(text))
    if paragraphs > _MAX_PARAGRAPHS or filled > _MAX_ALL_LINES:
        problem = (
            f"has {paragraphs} paragraphs and {filled} lines; the maximum is "
            f"{_MAX_PARAGRAPHS} and {_MAX_ALL_LINES}."
        )
        fix = "Split it into several texts."
    elif notes > _MAX_NOTES or signs > _MAX_SIGNS:
        problem = (
            f"has {notes} footnotes and {signs} markup characters; the maximum is "
            f"{_MAX_NOTES} and {_MAX_SIGNS}."
        )
        fix = "Split it into several texts, or make pasted data a code block."
    elif abbreviations * len(text) > _MAX_ABBREVIATIONS:
        problem = f"has {abbreviations} abbreviations, too many for its length."
        fix = "Keep those that it uses, or split it into several texts."
    else:
        return
    raise TextProblem(problem, fix, "")


def drop_blank_lines(lines: list[str]) -> list[str]:
    """Shorten long runs of blank lines: each blank line takes a pass."""
    if len(lines) <= _MAX_LINES:
        return lines
    kept, blank = [], 0
    for line in lines:
        blank = 0 if line and not line.isspace() else blank + 1
        if blank <= _MAX_BLANK:
            kept.append(line)
    return kept
