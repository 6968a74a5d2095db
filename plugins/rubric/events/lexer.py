"""Splits the text of a rhythm into tokens; every character must belong to one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

from rubric.events.errors import RhythmError
from rubric.events.lexicon import MARKS
from rubric.events.lexicon_chinese import CHINESE
from rubric.events.lexicon_english import ENGLISH
from rubric.events.lexicon_russian import RUSSIAN
from rubric.events.lexicon_times import TIMES
from rubric.model.script import UNSPACED

_LEXICON = (*TIMES, *ENGLISH, *RUSSIAN, *CHINESE, *MARKS)
_WORD = re.compile(rf"\d+[.:]\d+|[^\W{UNSPACED}]+(?:[-'’][^\W{UNSPACED}]+)*")
_HAN = re.compile(f"[{UNSPACED}]")
EXAMPLE = (
    "Write words such as every first Thursday 18:30, or a rule such as FREQ=MONTHLY;BYDAY=1TH."
)


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a rhythm; see `rubric.events.lexicon` for kinds and values."""

    kind: str
    text: str
    value: Any = None


def tokenize(text: str) -> list[Token]:
    """Return the tokens of a rhythm. Raises RhythmError for the first unknown word."""
    return list(_tokens(text, normalize("NFKC", text)))


def unknown_word(text: str, word: str, fix: str = EXAMPLE) -> RhythmError:
    """Return the error for a word that can't be part of the rhythm `text`."""
    return RhythmError(f"“{text}” is not understood at “{word}”.", fix)


def _tokens(text: str, normal: str) -> Iterator[Token]:
    position = 0
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
