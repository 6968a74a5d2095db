"""Typographic corrections of running text, as data per language.

Quotation marks, apostrophes, dashes, ellipses and no-break spaces. The corrections are idempotent.
They apply to plain text; `rubric.markup.typesetting` applies them to the text of a page. Chinese
and Japanese have no entry here: their punctuation is left alone, and CSS sets its spacing.

No maintained library covers Russian: the last releases of typus (2019) and richtypo (2017) are
old, and smartypants and Python-Markdown's `smarty` handle English quotation marks only. See
docs/decisions/typography.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

CORRECTIONS = ("quotes", "dashes", "ellipses", "spaces")
"""Names of the corrections, as in LANGUAGES: `typography = ["quotes", "dashes"]`."""

NBSP = "\N{NO-BREAK SPACE}"
OBJECT = "\ufffc"
"""Stands for code, an image or an escaped character: text that is not changed."""
TAG = "\N{WORD JOINER}"
"""Stands for a tag of raw HTML, which has no influence on the text around it."""

_SPACE = rf"([ \n])(?=[^\s{OBJECT}])"
_DASH = re.compile(rf"(?<=\S)(?P<space>[ \n{NBSP}])(?P<dash>-{{1,3}}|[–—])(?=\s)")
_EM_DASH = re.compile(r"(?<=[^\W\d_])---(?=[^\W\d_])")
_SPEECH = re.compile(r"\A--(?=[ \n])")
_ELLIPSIS = re.compile(r"(?<!\.)\.\.\.(?!\.)")
_ELISIONS = re.compile(r"(?:\d\ds?|tis|twas|til|em|cause|n)(?!\w)", re.IGNORECASE)
_OPENS_AFTER = frozenset("([{<«„“‘‚—–-/=")
_CLOSES_BEFORE = frozenset(")]}>»”’.,;:!?…—–-/")


@dataclass(frozen=True, slots=True)
class Typography:
    """The conventions of a language.

    `quotes` are four marks: opening and closing, then those of a quotation within a quotation. An
    empty text leaves straight marks as they are. `dash` replaces a hyphen between spaces. Each of
    `no_break` matches a space (group 1) at which a line must not end.
    """

    quotes: str = ""
    dash: str = ""
    no_break: tuple[re.Pattern[str], ...] = ()
    corrections: frozenset[str] = frozenset(CORRECTIONS)


class Edit(NamedTuple):
    """Replaces the characters [start, end) of a text."""

    start: int
    end: int
    text: str


def _after_words(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w’'-])(?:{'|'.join(words.split())}){_SPACE}", re.IGNORECASE)


def _before_words(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?<=\w)([ \n])(?=(?:{'|'.join(words.split())})(?![\w-]))")


def _after_numbers(units: str) -> re.Pattern[str]:
    return re.compile(rf"(?<=\d)([ \n])(?=(?:{'|'.join(units.split())})(?!\w))")


_SIGNS = re.compile(rf"[№§]{_SPACE}")
_INITIALS = re.compile(r"(?<!\w)[А-ЯЁІЇЄҐЎӘҒҚҢӨҰҮҺ]\.([ \n])(?=[А-ЯЁІЇЄҐЎӘҒҚҢӨҰҮҺ])")

_ENGLISH = Typography("“”‘’", "–")
_RUSSIAN = Typography(
    "«»„“",
    "—",
    (
        _after_words(
            "а без в во да для до за и из или к ко на над не ни но о об обо от по под при про с со "
            "у я"
        ),
        _before_words("же ли бы б ж ль"),
        _after_numbers("% ₽ ₸ руб тыс млн млрд г гг лет год года году км кг м см мм ч мин сек"),
        _SIGNS,
        _INITIALS,
        re.compile(r"(?<!\w)т\.([ \n])(?=[едкноп]\.)"),
    ),
)
_UKRAINIAN = Typography(
    "«»„“",
    "—",
    (
        _after_words("а або без в від до для за з зі із й і на над не ні о об по під при про та у"),
        _before_words("же чи б би ж"),
        _after_numbers("% ₴ грн тис млн млрд р рр км кг м см мм год хв с"),
        _SIGNS,
        _INITIALS,
    ),
)
_KAZAKH = Typography("«»„“", "—", (_after_numbers("% ₸ теңге мың млн км кг м см мм"), _SIGNS))
_GERMAN = Typography("„“‚‘", "–", (_after_numbers("% € Uhr km kg m cm mm"), _SIGNS))

BY_LANGUAGE: Mapping[str, Typography] = {
    "de": _GERMAN,
    "en": _ENGLISH,
    "kk": _KAZAKH,
    "ru": _RUSSIAN,
    "uk": _UKRAINIAN,
}
"""The conventions by primary language subtag."""


def typography_of(
    tag: str, corrections: Sequence[str] | None = None, quotes: str = ""
) -> Typography | None:
    """Return the conventions of a BCP 47 tag; None if there is nothing to correct.

    `corrections` selects some of CORRECTIONS; `quotes` replaces the language's four marks.
    """
    own = BY_LANGUAGE.get(tag.partition("-")[0].lower())
    if own is None and not quotes:
        return None
    own = own or Typography(dash="")
    chosen = frozenset(CORRECTIONS if corrections is None else corrections)
    return replace(own, quotes=quotes or own.quotes, corrections=chosen) if chosen else None


def typeset(text: str, typography: Typography | None) -> str:
    """Return a line of plain text, such as a title, with its corrections."""
    if typography is None or not text:
        return text
    return _apply(text, 0, list(find_edits(text, typography)))


def find_edits(text: str, typography: Typography) -> Iterator[Edit]:
    """Yield the corrections of a paragraph in any order; they do not overlap.

    `text` may contain OBJECT and TAG in place of what is not text.
    """
    chosen = typography.corrections
    if "spaces" in chosen:
        spaces = {match.start(1) for p in typography.no_break for match in p.finditer(text)}
        for match in _DASH.finditer(text):
            if match["space"] != NBSP and not _is_arithmetic(text, match):
                spaces.add(match.start("space"))
        yield from (Edit(place, place + 1, NBSP) for place in sorted(spaces))
    if "dashes" in chosen and typography.dash and "-" in text:
        yield from _dashes(text, typography.dash)
    if "ellipses" in chosen and "..." in text:
        yield from (Edit(*match.span(), "…") for match in _ELLIPSIS.finditer(text))
    if "quotes" in chosen and typography.quotes and ('"' in text or "'" in text):
        yield from _QuoteFinder(text, typography.quotes).find()


def apply_edits(pieces: Iterable[str], edits: Iterable[Edit]) -> list[str]:
    """Apply edits of the joined pieces to each piece. Edits across pieces are left out."""
    found, changed, start = sorted(edits), [], 0
    number = 0
    for piece in pieces:
        end, own = start + len(piece), []
        while number < len(found) and found[number].start < end:
            if found[number].start >= start and found[number].end <= end:
                own.append(found[number])
            number += 1
        changed.append(_apply(piece, start, own) if own else piece)
        start = end
    return changed


def _apply(text: str, offset: int, edits: list[Edit]) -> str:
    parts, position = [], 0
    for start, end, new in sorted(edits):
        parts += [text[position : start - offset], new]
        position = end - offset
    return "".join([*parts, text[position:]])


def _is_arithmetic(text: str, dash: re.Match[str]) -> bool:
    """True for `5 - 3`."""
    before, after = text[: dash.start()], text[dash.end() :].lstrip()
    return dash["dash"] == "-" and before[-1:].isdigit() and after[:1].isdigit()


def _dashes(text: str, mark: str) -> Iterator[Edit]:
    for match in _DASH.finditer(text):
        if match["dash"] in "–—" or _is_arithmetic(text, match):
            continue
        yield Edit(*match.span("dash"), "—" if match["dash"] == "---" else mark)
    for match in _EM_DASH.finditer(text):
        yield Edit(*match.span(), "—")
    if speech := _SPEECH.match(text):
        yield Edit(*speech.span(), mark)


@dataclass(slots=True)
class _QuoteFinder:
    """Pairs the straight quotation marks of a paragraph.

    A mark without a partner, such as that of an inch, is left as it is.
    """

    text: str
    marks: str
    _open: list[tuple[str, int]] = field(default_factory=list)
    """Marks that are open: the character, and the position of its edit or -1."""
    _edits: dict[int, str] = field(default_factory=dict)

    def find(self) -> Iterator[Edit]:
        curly = {self.marks[0]: self.marks[1], self.marks[2]: self.marks[3]}
        for place, sign in enumerate(self.text):
            if sign == '"':
                self._double(place)
            elif sign == "'":
                self._single(place)
            elif sign in curly:
                self._open.append((sign, -1))
            elif sign in curly.values() and self._open and self._open[-1][1] < 0:
                self._open.pop()
        for sign, place in self._open:
            if place >= 0:
                del self._edits[place]
                if sign == "'":
                    self._edits[place] = "’"
        return (Edit(place, place + 1, mark) for place, mark in self._edits.items())

    def _double(self, place: int) -> None:
        if self._opens(place):
            level = sum(sign != "'" for sign, _ in self._open) % 2
            self._edits[place] = self.marks[2 * level]
            self._open.append(('"', place))
            return
        # An apostrophe that looked like an opening mark is not the partner of a later one.
        while self._open and self._open[-1][0] == "'":
            _, lone = self._open.pop()
            self._edits[lone] = "’"
        if self._open and self._open[-1][0] == '"' and self._closes(place):
            _, opening = self._open.pop()
            self._edits[place] = self.marks[self.marks.index(self._edits[opening]) + 1]

    def _single(self, place: int) -> None:
        before, after = self._before(place), self._after(place)
        is_in_word = before.isalnum() and after.isalnum()
        if before.isdigit() and not after.isalpha() and not self._has_open_single():
            return  # feet or minutes
        if is_in_word or (self._opens(place) and _ELISIONS.match(self.text, place + 1)):
            self._edits[place] = "’"
        elif self._opens(place):
            self._edits[place] = self.marks[2]
            self._open.append(("'", place))
        elif self._open and self._open[-1][0] == "'" and self._closes(place):
            self._open.pop()
            self._edits[place] = self.marks[3]
        elif before.isalpha():
            self._edits[place] = "’"

    def _has_open_single(self) -> bool:
        return any(sign == "'" for sign, _ in self._open)

    def _before(self, place: int) -> str:
        while place and self.text[place - 1] == TAG:
            place -= 1
        return self.text[place - 1] if place else " "

    def _after(self, place: int) -> str:
        place += 1
        while place < len(self.text) and self.text[place] == TAG:
            place += 1
        return self.text[place] if place < len(self.text) else " "

    def _opens(self, place: int) -> bool:
        before, after = self._before(place), self._after(place)
        is_after_mark = before in "\"'" and self._edits.get(place - 1, "") in self.marks[::2]
        may_open = before.isspace() or before in _OPENS_AFTER or is_after_mark
        return may_open and not after.isspace()

    def _closes(self, place: int) -> bool:
        before, after = self._before(place), self._after(place)
        if before.isspace():
            return False
        return after.isspace() or after in _CLOSES_BEFORE or not after.isalnum()
