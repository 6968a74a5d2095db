"""Line breaking by the rules of rubric.model.script.

Lines break between words, and between Han characters. They do not begin with closing
punctuation or a dash, nor end with opening punctuation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from rubric.model.script import CLAUSE_MARKS, NOT_FIRST, NOT_LAST, SQUARES

_SQUARE = re.compile(f"[{SQUARES}]")
_MARK = "—–"
# Cost of a break between two Han characters, in squared ems.
_HAN_BREAK_COST = 8.0

Measure = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Piece:
    """An unbreakable part of a text; `is_spaced` if a space precedes it."""

    text: str
    width: float
    is_spaced: bool


def is_han(char: str) -> bool:
    """True for full-width characters: Han, kana and their punctuation."""
    return bool(_SQUARE.match(char))


def split_pieces(text: str, measure: Measure, widest: float) -> list[Piece]:
    """Split text at possible line breaks; parts wider than a line are split anywhere."""
    pieces = []
    for word, is_spaced in _unbreakable_parts(text):
        clusters = [word] if measure(word) <= widest else _cut(word, measure, widest)
        for number, part in enumerate(clusters):
            pieces.append(Piece(part, measure(part), is_spaced and number == 0))
    return pieces


def _unbreakable_parts(text: str) -> Iterator[tuple[str, bool]]:
    """Yield words and Han characters with attached punctuation."""
    held, held_spaced = "", False
    for number, word in enumerate(text.split(" ")):
        # A dash between spaces may end a line, but not begin one.
        if held and word[:1] in _MARK and word[:1]:
            held += f" {word}"
            continue
        for place, cluster in enumerate(_clusters(word)):
            is_spaced = place == 0 and number > 0
            if held and not is_spaced and _must_not_break(held, cluster):
                held += cluster
                continue
            # Keep one-letter words (в, и, a) with the next word.
            if held and is_spaced and len(held) == 1 and held.isalpha() and not is_han(held):
                held += f" {cluster}"
                continue
            if held:
                yield held, held_spaced
            held, held_spaced = cluster, is_spaced
    if held:
        yield held, held_spaced


def _must_not_break(before: str, cluster: str) -> bool:
    if cluster[0] in NOT_FIRST or before[-1] in NOT_LAST:
        return True
    return before[-1] in "—…" and before[-1] == cluster[0]


def _clusters(word: str) -> Iterator[str]:
    """Yield single Han characters and runs of others, which may break after a hyphen."""
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
    """Fill lines greedily up to `widest`."""
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
    """Break into as few lines as `break_lines`, but of similar length.

    Minimizes the number of lines, then the sum of squared gaps at line ends. A break within a
    run of Han characters has an additional cost, since it may split a word.
    """
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]
    for end in range(1, len(pieces) + 1):
        width, choices = 0.0, []
        for start in range(end - 1, -1, -1):
            width += pieces[start].width
            if width > widest and start < end - 1:
                break
            lines, gaps, _ = best[start]
            break_cost = (
                _HAN_BREAK_COST if end < len(pieces) and is_han(pieces[end - 1].text[-1]) else 0.0
            )
            if break_cost and pieces[end - 1].text[-1] in NOT_FIRST:
                break_cost = 0.0
            choices.append((lines + 1, gaps + (widest - width) ** 2 + break_cost, start))
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
    """Return at most `most` lines; an ellipsis marks the truncation."""
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
