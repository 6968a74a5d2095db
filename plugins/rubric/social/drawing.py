"""Draws cards: positions and sizes of all elements."""

from __future__ import annotations

from math import inf

from rubric.model.script import script_of
from rubric.social.bidi import mirror
from rubric.social.canvas import INK, RULE, SOFT, WARN, Canvas, Style, tint
from rubric.social.card import ACCENT, HEIGHT, Card
from rubric.social.fonts import Fonts
from rubric.social.lines import balance, break_lines, cut_lines, is_han, line_text, split_pieces

_LEFT, _RIGHT, _TOP, _FOOT = 84, 1116, 66, 540
_SIZES = (96, 88, 80, 72, 66, 60, 54, 48, 44, 40, 36)
_MAX_CHARACTERS = 600  # longer titles never fit on a card
_LINE = {True: 1.34, False: 1.2}  # line height; larger for Han and Arabic characters


class CardPainter:
    """Draws cards; keeps fonts open for reuse."""

    def __init__(self, fonts: Fonts) -> None:
        self._fonts = fonts

    def paint(self, card: Card) -> bytes:
        """Return the card as a PNG file. The result is deterministic."""
        canvas = Canvas(self._fonts, card.tag)
        canvas.box((0, 0, 18, HEIGHT), card.colour)
        canvas.ring((1056, 262), 300, 84, tint(card.colour))
        canvas.dot((1056, 262), 92, tint(card.colour))
        if card.is_blank:
            canvas.ring((430, 315), 150, 50, card.colour)
            canvas.dot((430, 315), 50, card.colour)
            return canvas.png()
        top = self._head(canvas, card)
        bottom = self._facts(canvas, card)
        self._title(canvas, card, top, bottom)
        self._foot(canvas, card)
        return canvas.png()

    def _head(self, canvas: Canvas, card: Card) -> int:
        """Draw kicker and status; returns the top of the title."""
        left = float(_LEFT)
        if card.kicker:
            left = canvas.text((left, _TOP), card.kicker, Style(card.colour, 32, 600), 620) + 28
        if card.status:
            canvas.pill((left, _TOP - 5), card.status, WARN, 30)
        return _TOP + (70 if card.kicker or card.status else 10)

    def _facts(self, canvas: Canvas, card: Card) -> int:
        """Draw the facts above the footer; returns the bottom of the title."""
        top = _FOOT - 28 - 50 * len(card.facts)
        for number, fact in enumerate(card.facts):
            colour, weight = (SOFT, 400) if number else (INK, 600)
            width = self._fonts.measure(self._fonts.drawable(fact, card.tag), card.tag, weight)
            size = next((s for s in (34, 31, 28) if width * s <= _RIGHT - _LEFT), 25)
            style = Style(colour, size, weight)
            canvas.text((_LEFT, top + 50 * number + 34 - size), fact, style, _RIGHT - _LEFT)
        return top - (30 if card.facts else 0)

    def _title(self, canvas: Canvas, card: Card, top: int, bottom: int) -> None:
        weight, left = (500, _LEFT + 74) if card.is_quotation else (700, _LEFT)
        title = self._fonts.drawable(card.title, card.tag) or card.site_name
        size, lines = self._fit(title, card.tag, weight, _RIGHT - left, bottom - top)
        height = size * _LINE[_is_tall(title, card.tag)]
        # Slightly above the middle, where it looks centred.
        start = top + max(0.0, (bottom - top - height * len(lines)) * 0.36)
        if card.is_quotation:
            sign, width = _quotation_mark(card.tag)
            mark = Style(card.colour, width, 700)
            canvas.text((_LEFT - 6, start + size * 0.24 - 42), sign, mark, 150, latin=True)
        for number, line in enumerate(lines):
            place = (left, start + number * height)
            canvas.text(place, line, Style(INK, size, weight), _RIGHT - left + 24)

    def _fit(
        self, text: str, tag: str, weight: int, widest: int, room: int
    ) -> tuple[int, list[str]]:
        """Return the largest font size at which a text fits, and its lines; may be truncated."""

        def measure(part: str) -> float:
            return self._fonts.measure(part, tag, weight)

        height = _LINE[_is_tall(text, tag)]
        space = measure(" ")
        if len(text) > _MAX_CHARACTERS:
            text = f"{text[:_MAX_CHARACTERS]}…"
        whole = split_pieces(text, measure, inf)
        longest = max((piece.width for piece in whole), default=0.0)
        for size in _SIZES:
            em = widest / size
            most = max(1, int(room / (size * height)))
            pieces = whole if longest <= em else split_pieces(text, measure, em)
            lines = break_lines(pieces, space, em)
            if len(lines) <= most:
                lines = balance(pieces, space, em)
                break
        return size, [line_text(line) for line in cut_lines(lines, most, measure, em)]

    def _foot(self, canvas: Canvas, card: Card) -> None:
        canvas.box((_LEFT, _FOOT, _RIGHT, _FOOT + 2), RULE)
        canvas.ring((_LEFT + 18, _FOOT + 44), 18, 6, ACCENT)
        canvas.dot((_LEFT + 18, _FOOT + 44), 6, ACCENT)
        left = canvas.text((_LEFT + 52, _FOOT + 24), card.site_name, Style(INK, 30, 700), 460)
        canvas.text_before(
            (_RIGHT, _FOOT + 25), card.byline, Style(SOFT, 28, 400), _RIGHT - left - 40
        )


def _is_tall(text: str, tag: str) -> bool:
    return script_of(tag).direction == "rtl" or any(map(is_han, text))


def _quotation_mark(tag: str) -> tuple[str, int]:
    """Return the opening quotation mark, mirrored for Arabic («), and its size."""
    script = script_of(tag)
    if script.direction == "rtl":
        return mirror(script.quotation_marks[0][0]), 110
    return "“", 150
