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

_DASH = re.compile(rf"(?<=\S)(?P<space>[ \n{NBSP}])(?P<dash>-{{1,3}}|[–—])(?=\s)")
_EM_DASH = re.compile(r"(?<=[^\W\d_])---(?=[^\W\d_])")
_SPEECH = re.compile(r"\A--(?=[ \n])")
_ELLIPSIS = re.compile(r"(?<!\.)\.\.\.(?!\.)")
_ELISIONS = re.compile(r"(?:\d\ds?|tis|twas|til|em|cause|n)(?!\w)", re.IGNORECASE)
_OPENS_AFTER = frozenset("([{<«„“‘‚—–-/")
_CLOSES_BEFORE = frozenset(")]}>»”’.,;:!?…—–-/")


@dataclass(frozen=True, slots=True)
class Typography:
    """The conventions of a language.

    `quotes` are four marks: opening and closing, then those of a quotation within a quotation. An
    empty text leaves straight marks as they are. `dash` replaces a hyphen between spaces.
    `no_break` matches the spaces at which a line must not end.
    """

    quotes: str = ""
    dash: str = ""
    no_break: re.Pattern[str] | None = None
    corrections: frozenset[str] = frozenset(CORRECTIONS)


class Edit(NamedTuple):
    """Replaces the characters [start, end) of a text."""

    start: int
    end: int
    text: str


def _no_break(*, before: str = "", after: str = "", units: str = "") -> re.Pattern[str]:
    """Return a pattern of spaces.

    They are between `before` (words such as prepositions) and what follows, between what precedes
    and `after` (particles), between numbers and `units`, after signs, and between initials. The
    pattern begins with the space, because the search for a fixed set of characters is fast;
    lookbehind needs words of the same length.
    """
    words: dict[int, list[str]] = {}
    for word in before.split():
        words.setdefault(len(word), []).extend((word, word.capitalize()))
    places = [rf"(?<=(?<![\w’-])(?<!\w')(?:{'|'.join(same)}).)" for same in words.values()]
    places += [rf"(?<=\w.)(?=(?:{'|'.join(after.split())})(?![\w-]))"] if after else []
    places += [rf"(?<=\d.)(?=(?:{'|'.join(units.split())})(?!\w))"] if units else []
    places += ["(?<=[№§].)"]
    if before:
        places += [rf"(?<=(?<!\w)[{_CAPITALS}]\..)(?=[{_CAPITALS}])"]
        places += [r"(?<=(?<!\w)[тТ]\..)(?=[едкноп]\.)"]
    return re.compile(rf"[ \n](?:{'|'.join(places)})(?=[^\s{OBJECT}])", re.DOTALL)


_CAPITALS = "А-ЯЁІЇЄҐ"
_ENGLISH = Typography("“”‘’", "–")
_RUSSIAN = Typography(
    "«»„“",
    "—",
    _no_break(
        before=(
            "а без в во да для до за и из или к ко на над не ни но о об обо от по под при про с "
            "со у я"
        ),
        after="же ли бы б ж ль",
        units="% ₽ ₸ руб тыс млн млрд г гг лет год года году км кг м см мм ч мин сек",
    ),
)
_UKRAINIAN = Typography(
    "«»„“",
    "—",
    _no_break(
        before="а або без в від до для за з зі із й і на над не ні о об по під при про та у",
        after="же чи б би ж",
        units="% ₴ грн тис млн млрд р рр км кг м см мм год хв с",
    ),
)
_KAZAKH = Typography("«»„“", "—", _no_break(units="% ₸ теңге мың млн км кг м см мм"))
_GERMAN = Typography("„“‚‘", "–", _no_break(units="% € Uhr km kg m cm mm"))

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


def plain_spaces(text: str) -> str:
    """Replace no-break spaces by ordinary ones, for data such as calendars and subjects."""
    return text.replace(NBSP, " ")


def find_edits(text: str, typography: Typography) -> Iterator[Edit]:
    """Yield the corrections of a paragraph in any order; they do not overlap.

    `text` may contain OBJECT and TAG in place of what is not text.
    """
    chosen = typography.corrections
    if "spaces" in chosen:
        pattern = typography.no_break
        spaces = {match.start() for match in pattern.finditer(text)} if pattern else set()
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
    _singles: int = 0
    """Number of open single marks."""
    _edits: dict[int, str] = field(default_factory=dict)

    def find(self) -> Iterator[Edit]:
        curly = {self.marks[0]: self.marks[1], self.marks[2]: self.marks[3]}
        for match in re.finditer(f"[\"'{re.escape(self.marks)}]", self.text):
            place, sign = match.start(), match[0]
            if sign == '"':
                self._double(place)
            elif sign == "'":
                self._single(place)
            elif sign in curly:
                self._push(sign, -1)
            elif sign in curly.values() and self._open and self._open[-1][1] < 0:
                self._pop()
        for sign, place in self._open:
            if place >= 0:
                self._drop(sign, place)
        return (Edit(place, place + 1, mark) for place, mark in self._edits.items())

    def _double(self, place: int) -> None:
        if self._opens(place):
            level = (len(self._open) - self._singles) % 2
            self._edits[place] = self.marks[2 * level]
            self._push('"', place)
            return
        # An apostrophe that looked like an opening mark is not the partner of a later one.
        while self._open and self._open[-1][0] == "'":
            self._drop(*self._pop())
        if self._open and self._open[-1][0] == '"' and self._closes(place):
            _, opening = self._pop()
            self._edits[place] = self.marks[self.marks.index(self._edits[opening]) + 1]

    def _single(self, place: int) -> None:
        before, after = self._before(place), self._after(place)
        is_in_word = before.isalnum() and after.isalnum()
        if before.isdigit() and not after.isalpha() and not self._singles:
            return  # feet or minutes
        if is_in_word or (self._opens(place) and _ELISIONS.match(self.text, place + 1)):
            self._edits[place] = "’"
        elif self._opens(place):
            self._edits[place] = self.marks[2]
            self._push("'", place)
        elif self._open and self._open[-1][0] == "'" and self._closes(place):
            self._pop()
            self._edits[place] = self.marks[3]
        elif before.isalpha():
            self._edits[place] = "’"

    def _drop(self, sign: str, place: int) -> None:
        """Undo the edit of a mark without a partner, which may be an apostrophe: ’cause."""
        del self._edits[place]
        if sign == "'" and self._after(place).isalnum():
            self._edits[place] = "’"

    def _push(self, sign: str, place: int) -> None:
        self._open.append((sign, place))
        self._singles += sign == "'"

    def _pop(self) -> tuple[str, int]:
        sign, place = self._open.pop()
        self._singles -= sign == "'"
        return sign, place

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
