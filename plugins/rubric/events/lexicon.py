"""Entries of the lexicon for rhythms: a pattern, the kind of its token, and the token's value.

Kinds are single characters, so that the grammar can be written as regular expressions:

| kind | token | value |
|---|---|---|
| `D` | weekday | weekdays, 0 is Monday |
| `G` | group of weekdays, such as “weekdays” | weekdays |
| `A` | every day, every third day | interval |
| `O` | ordinal within a month | ordinals, -1 is the last |
| `M` | month | number, 1 to 12, and whether it is a genitive |
| `F` | frequency, such as “every other week” | unit and interval |
| `f` | “of the month” | – |
| `T` | time of day | start, and end or None |
| `E` `2` `&` `~` `>` `<` | every, every other, and, dash, to, from | – |
| `X` `x` `!` `i` | except, its Chinese suffix, only, inclusive | – |
| `p` `B` `o` | prepositions and articles, «по», of | – |
| `,` | punctuation between parts | – |
| `u` | a word that only has a meaning with others | – |
| `?` | a word with two meanings | what to write instead |
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

WEEK, MONTH, YEAR = "week", "month", "year"


class Entry(NamedTuple):
    """One pattern; `value` is a constant, or a function that computes it from the match."""

    pattern: re.Pattern[str]
    kind: str
    value: Any | Callable[[re.Match[str]], Any] = None


def word(pattern: str, kind: str, value: Any = None) -> Entry:
    """Return an entry for whole words; a space in the pattern matches any white space."""
    spaced = pattern.replace(" ", r"\s+")
    return Entry(re.compile(rf"(?<!\w)(?:{spaced})(?!\w)", re.IGNORECASE), kind, value)


def part(pattern: str, kind: str, value: Any = None) -> Entry:
    """Return an entry for a script that is written without spaces between words."""
    return Entry(re.compile(pattern), kind, value)


MARKS = (
    part(r"[,;:()。]|(?<!\d)\.|\.(?!\d)", ","),
    part(r"[、&+]", "&"),
    part(r"[-‐–—―~〜]", "~"),
)
