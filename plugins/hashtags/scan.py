"""Finds hashtags in plain text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

HASHES = "#＃"
# A hashtag stands at the start, after white space, or after one of these.
_OPENERS = "([{（【《〈「『«“‘\"',，、。.!！?？:：;；…—–>|"
# Characters that join within a hashtag besides letters and digits. ZWNJ and ZWJ are part
# of words in Persian and Indic scripts (UAX #31, 2.3).
_JOINERS = "_·\u200c\u200d"


@dataclass(frozen=True, slots=True)
class Hashtag:
    """A hashtag at `start` up to `end` in a text; `name` is without its `#`."""

    name: str
    start: int
    end: int


def find_hashtags(text: str) -> Iterator[Hashtag]:
    """Yield the hashtags of a text, in order.

    `C#`, `#1`, `&#39;`, `page#part` and `##` are none.
    """
    position = 0
    while (start := _next_hash(text, position)) >= 0:
        found = match_hashtag(text, start)
        if found:
            yield found
        position = found.end if found else start + 1


def match_hashtag(text: str, start: int) -> Hashtag | None:
    """The hashtag that begins exactly at `start`, where a `#` stands."""
    before = text[start - 1] if start else " "
    if not (before.isspace() or before in _OPENERS):
        return None
    end = start + 1
    while end < len(text) and _belongs(text[end]):
        end += 1
    name = text[start + 1 : end].rstrip("_·\u200c\u200d")
    if not any(char.isalpha() for char in name):
        return None
    end = start + 1 + len(name)
    # Chinese networks close a hashtag too (#服务故事#).
    if text[end : end + 1] and text[end] in HASHES and not _belongs_after(text, end + 1):
        end += 1
    return Hashtag(name, start, end)


def only_hashtags(text: str) -> list[str] | None:
    """The names if a text is hashtags and nothing else, else None."""
    names, position = [], 0
    for found in find_hashtags(text):
        if text[position : found.start].strip(" \t\n,，、;；"):
            return None
        names.append(found.name)
        position = found.end
    if not names or text[position:].strip(" \t\n,，、;；.。"):
        return None
    return names


def _next_hash(text: str, position: int) -> int:
    return min((i for h in HASHES if (i := text.find(h, position)) >= 0), default=-1)


def _belongs(char: str) -> bool:
    return char.isalnum() or char in _JOINERS or unicodedata.category(char).startswith("M")


def _belongs_after(text: str, position: int) -> bool:
    return position < len(text) and _belongs(text[position])
