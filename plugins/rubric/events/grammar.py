"""Splits the text of a rhythm into tokens, and the tokens into clauses.

Every character must belong to a token, and every token to a clause. The kind of a token is one
character (see `lexicon`), and clauses are regular expressions over the kinds of all tokens:
“first Thursday of the month 18:30” has the kinds `ODfT`, which consist of the clauses “counted”
(`ODf`) and “time” (`T`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from unicodedata import normalize

from rubric.events.lexicon import MARKS
from rubric.events.lexicon_chinese import CHINESE
from rubric.events.lexicon_english import ENGLISH
from rubric.events.lexicon_russian import RUSSIAN
from rubric.events.lexicon_times import TIME
from rubric.events.rrule import RhythmError
from rubric.model.script import UNSPACED

EXAMPLE = (
    "Write words such as every first Thursday 18:30, or a rule such as FREQ=MONTHLY;BYDAY=1TH."
)

_LEXICON = (TIME, *ENGLISH, *RUSSIAN, *CHINESE, *MARKS)
_WORD = re.compile(rf"\d+[.:]\d+|[^\W{UNSPACED}]+(?:[-'’][^\W{UNSPACED}]+)*")
_HAN = re.compile(f"[{UNSPACED}]")

_LIST = "(?:,?&|,)?"
_PRE = "[poB]*"
_DAY_LIST = f"D(?:{_LIST}{_PRE}E?D)*"
_ORDINAL_LIST = f"O(?:(?:,?&|,){_PRE}O)*"
_COUNTED = f"{_PRE}E?{_PRE}{_ORDINAL_LIST}{_PRE}D(?:{_LIST}{_PRE}D)*f?"
_RANGE = "(?:<{0}{1}[~>B]{0}{1}|{1}[~>]{0}{1})i?"
_DAY_RANGE, _MONTH_RANGE = _RANGE.format(_PRE, "D"), _RANGE.format(_PRE, "M")
_MONTHS = f"(?:{_MONTH_RANGE}|M(?:{_LIST}{_PRE}M)*)"
_CLAUSES = {
    "weekly": f"!?{_PRE}E?{_PRE}2?{_PRE}(?:{_DAY_RANGE}|G|{_DAY_LIST})",
    "counted": f"{_COUNTED}(?:,?&?{_COUNTED})*",
    "counted after": f"{_PRE}E?D(?:{_LIST}{_PRE}D)*[,~]*{_PRE}{_ORDINAL_LIST}f?",
    "counted group": f"{_PRE}E?{_PRE}O{_PRE}G",
    "daily": f"!?{_PRE}A",
    "frequency": f"{_PRE}F",
    "of the month": "f",
    "months": f"!?{_PRE}E?{_PRE}{_MONTHS}!?",
    "except": f"X{_PRE}{_MONTHS}x?|{_MONTHS}x",
    "time": f"{_PRE}T",
    "mark": "[,~]+",
}
_PATTERNS = {name: re.compile(pattern) for name, pattern in _CLAUSES.items()}


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a rhythm; see `rubric.events.lexicon` for kinds and values."""

    kind: str
    text: str
    value: Any = None


@dataclass(slots=True)
class Clauses:
    """The clauses of one rhythm; `tokens` has one list of tokens per clause, by clause name."""

    text: str
    tokens: dict[str, list[list[Token]]] = field(default_factory=dict)

    def one(self, *names: str) -> list[Token]:
        """Return the tokens of the only clause with one of these names; [] if there is none.

        Raises RhythmError if there are several.
        """
        clauses = [tokens for name in names for tokens in self.tokens.get(name, [])]
        if len(clauses) > 1:
            fix = "Name one set of days and one time."
            raise unknown_word(self.text, join_text(clauses[1]), fix)
        return clauses[0] if clauses else []

    def has(self, name: str) -> bool:
        return name in self.tokens


def split_clauses(text: str) -> Clauses:
    """Split a rhythm into clauses. Raises RhythmError for a token that belongs to none."""
    tokens = list(_tokens(text))
    kinds = "".join(token.kind for token in tokens)
    clauses, position = Clauses(text), 0
    while position < len(tokens):
        ends = {
            name: match.end()
            for name, pattern in _PATTERNS.items()
            if (match := pattern.match(kinds, position))
        }
        if not ends:
            raise unknown_word(text, tokens[position].text)
        name = max(ends, key=lambda name: ends[name])
        if name == "counted group":
            group = tokens[ends[name] - 1].text
            raise unknown_word(text, group, "Name the weekday, such as last Friday of the month.")
        if name != "mark":
            clauses.tokens.setdefault(name, []).append(tokens[position : ends[name]])
        position = ends[name]
    return clauses


def first_of_kind(tokens: list[Token], kind: str) -> Token:
    """Return the first token of a kind, which the clause must contain."""
    return next(token for token in tokens if token.kind == kind)


def join_text(tokens: list[Token]) -> str:
    """Return the text of a clause, for error messages."""
    return re.sub(r"\s+(?=[,;:.)、])", "", " ".join(token.text for token in tokens))


def unknown_word(text: str, word: str, fix: str = EXAMPLE) -> RhythmError:
    """Return the error for a word that can't be part of the rhythm `text`."""
    return RhythmError(f"“{text}” is not understood at “{word}”.", fix)


def _tokens(text: str) -> Iterator[Token]:
    normal, position = normalize("NFKC", text), 0
    while position < len(normal):
        if normal[position].isspace():
            position += 1
            continue
        token = _longest(normal, position)
        if token is None:
            raise unknown_word(text, _unknown(normal, position))
        if token.kind == "?":
            problem = f"“{text}” is ambiguous: “{token.text}” has two meanings."
            raise RhythmError(problem, token.value)
        yield token
        position += len(token.text)


def _longest(text: str, position: int) -> Token | None:
    matches = ((entry, entry.pattern.match(text, position)) for entry in _LEXICON)
    found = [(entry, match) for entry, match in matches if match and match[0]]
    if not found:
        return None
    entry, match = max(found, key=lambda pair: pair[1].end())
    value = entry.value(match) if callable(entry.value) else entry.value
    return Token(entry.kind, match[0], value)


def _unknown(text: str, position: int) -> str:
    """Return the unknown word at a position; Han text is taken up to the next token."""
    if not _HAN.match(text, position):
        match = _WORD.match(text, position)
        return match[0] if match else text[position]
    end = position + 1
    while end < len(text) and _HAN.match(text, end) and _longest(text, end) is None:
        end += 1
    return text[position:end]
