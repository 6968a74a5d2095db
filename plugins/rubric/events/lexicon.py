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
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

WEEK, MONTH, YEAR = "week", "month", "year"


@dataclass
class Entry:
    """One pattern; `value` is a constant, or a function that computes it from the match.

    Patterns are compiled when they are first used: most builds read no rhythm.
    """

    expression: str
    kind: str
    value: Any | Callable[[re.Match[str]], Any] = None
    flags: re.RegexFlag = re.NOFLAG

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.expression, self.flags)


def span(first: int, last: int, size: int) -> Iterator[int]:
    """Yield the numbers of a range that may wrap around: Friday to Monday, October to May."""
    return ((first + n) % size for n in range((last - first) % size + 1))


def word(pattern: str, kind: str, value: Any = None) -> Entry:
    """Return an entry for whole words; a space in the pattern matches any white space."""
    spaced = pattern.replace(" ", r"\s+")
    return Entry(rf"(?<!\w)(?:{spaced})(?!\w)", kind, value, re.IGNORECASE)


def part(pattern: str, kind: str, value: Any = None) -> Entry:
    """Return an entry for a script that is written without spaces between words."""
    return Entry(pattern, kind, value)


MARKS = (
    part(r"[,;:()。]|(?<!\d)\.|\.(?!\d)", ","),
    part(r"[、&+]", "&"),
    part(r"[-‐–—―~〜]", "~"),
)
