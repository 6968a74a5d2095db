"""Breaking text into lines that fit, by the rules of rubric.model.script.

Between words in most scripts, anywhere between Han characters, but no line begins with
closing punctuation or a dash, and none ends with opening punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from rubric.model.script import CLAUSE_MARKS, NOT_FIRST, NOT_LAST, SQUARES

_SQUARE = re.compile(f"[{SQUARES}]")
_MARK = "—–"
# What a break between two Han characters costs, in squared ems.
_TEAR = 8.0

Measure = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Piece:
    """What no line break goes through; `is_spaced` where a space stands before it."""

    text: str
    width: float
    is_spaced: bool


def is_han(char: str) -> bool:
    """Whether a character is set in a square: Han, kana, their punctuation."""
    return bool(_SQUARE.match(char))


def split_pieces(text: str, measure: Measure, widest: float) -> list[Piece]:
    """Cut folded text where lines may break; what is wider than a line is cut anywhere."""
    pieces = []
    for word, is_spaced in _glued(text):
        clusters = [word] if measure(word) <= widest else _cut(word, measure, widest)
        for number, part in enumerate(clusters):
            pieces.append(Piece(part, measure(part), is_spaced and number == 0))
    return pieces


def _glued(text: str) -> Iterator[tuple[str, bool]]:
    """Words and Han characters, with the punctuation that stays with them."""
    held, held_spaced = "", False
    for number, word in enumerate(text.split(" ")):
        # A dash between spaces ends a line, it never begins one.
        if held and word[:1] in _MARK and word[:1]:
            held += f" {word}"
            continue
        for place, cluster in enumerate(_clusters(word)):
            is_spaced = place == 0 and number > 0
            if held and not is_spaced and _sticks(held, cluster):
                held += cluster
                continue
            # A one-letter word (в, и, a) looks lost at the end of a line.
            if held and is_spaced and len(held) == 1 and held.isalpha() and not is_han(held):
                held += f" {cluster}"
                continue
            if held:
                yield held, held_spaced
            held, held_spaced = cluster, is_spaced
    if held:
        yield held, held_spaced


def _sticks(before: str, cluster: str) -> bool:
    if cluster[0] in NOT_FIRST or before[-1] in NOT_LAST:
        return True
    return before[-1] in "—…" and before[-1] == cluster[0]


def _clusters(word: str) -> Iterator[str]:
    """Single Han characters, and runs of anything else, which may break after a hyphen."""
    run = ""
    for char in word:
        if is_han(char):
            if run:
                yield run
            yield char
            run = ""
            continue
        if run[-1:] in ("-", "/") and run[-1:] and len(run) > 3 and char.isalpha():
            yield run
            run = ""
        run += char
    if run:
        yield run


def _cut(word: str, measure: Measure, widest: float) -> list[str]:
    parts, part, width = [], "", 0.0
    for char in word:
        advance = measure(char)
        if part and width + advance > widest:
            parts.append(part)
            part, width = "", 0.0
        part += char
        width += advance
    return [*parts, part]


def break_lines(pieces: Iterable[Piece], space: float, widest: float) -> list[list[Piece]]:
    """Fill lines up to `widest`, one after the other."""
    lines: list[list[Piece]] = []
    width = 0.0
    for piece in pieces:
        gap = space if piece.is_spaced else 0.0
        if lines and width + gap + piece.width <= widest:
            lines[-1].append(piece)
            width += gap + piece.width
        else:
            lines.append([piece])
            width = piece.width
    return lines


def balance(pieces: list[Piece], space: float, widest: float) -> list[list[Piece]]:
    """As few lines as `break_lines` makes, as even as can be: none is left with a lone word.

    Of all ways to break, the one with the fewest lines, then with the least sum of squared
    gaps at their ends; a break within a run of Han characters counts as a gap, too, since
    it may go through a word.
    """
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]
    for end in range(1, len(pieces) + 1):
        width, choices = 0.0, []
        for start in range(end - 1, -1, -1):
            width += pieces[start].width
            if width > widest and start < end - 1:
                break
            lines, gaps, _ = best[start]
            tear = _TEAR if end < len(pieces) and is_han(pieces[end - 1].text[-1]) else 0.0
            if tear and pieces[end - 1].text[-1] in NOT_FIRST:
                tear = 0.0
            choices.append((lines + 1, gaps + (widest - width) ** 2 + tear, start))
            width += space if pieces[start].is_spaced else 0.0
        best.append(min(choices))
    lines_found: list[list[Piece]] = []
    end = len(pieces)
    while end:
        start = best[end][2]
        lines_found.append(pieces[start:end])
        end = start
    return lines_found[::-1]


def line_text(line: list[Piece]) -> str:
    return "".join(f" {p.text}" if p.is_spaced and n else p.text for n, p in enumerate(line))


def cut_lines(
    lines: list[list[Piece]], most: int, measure: Measure, widest: float
) -> list[list[Piece]]:
    """At most `most` lines; an ellipsis ends the last one if there were more."""
    if len(lines) <= most:
        return lines
    kept = lines[:most]
    last = list(kept[-1])
    while len(last) > 1 and measure(line_text(last).rstrip(_LOOSE) + "…") > widest:
        last.pop()
    text = line_text(last).rstrip(_LOOSE)
    while text and measure(f"{text}…") > widest:
        text = text[:-1]
    return [*kept[:-1], [Piece(f"{text}…", measure(f"{text}…"), is_spaced=False)]]


_LOOSE = "".join(NOT_LAST) + CLAUSE_MARKS + ".—–- "
