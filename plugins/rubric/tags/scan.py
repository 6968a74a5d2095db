"""Finds hashtags in plain text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from rubric.model.script import LIST_SEPARATORS
from rubric.model.tag import HASHTAG_OPENERS

HASHES = "#＃"
_BETWEEN = f" \t\n;；{LIST_SEPARATORS}"
# Characters that join within a hashtag besides letters and digits. ZWNJ and ZWJ are part
# of words in Persian and Indic scripts (UAX #31, 2.3).
_JOINERS = "_·\u200c\u200d"
_HASH = re.compile(f"[{HASHES}]")
# Variation selectors 15 and 16 belong to emoji such as 1️⃣, not to words.
_EMOJI_SELECTORS = "\ufe0e\ufe0f"


@dataclass(frozen=True, slots=True)
class Hashtag:
    """A hashtag at [start, end) of a text; `name` is without its `#`."""

    name: str
    start: int
    end: int


def find_hashtags(text: str) -> Iterator[Hashtag]:
    """Yield the hashtags of a text in order.

    `C#`, `#1`, `&#39;`, `page#part`, `##` and the emoji `#️⃣` are not hashtags.
    """
    end = 0
    for match in _HASH.finditer(text):
        hashtag = match_hashtag(text, match.start()) if match.start() >= end else None
        if hashtag:
            yield hashtag
            end = hashtag.end


def match_hashtag(text: str, start: int) -> Hashtag | None:
    """Return the hashtag whose `#` is at `start`, or None."""
    before = text[start - 1] if start else " "
    if not (before.isspace() or before in HASHTAG_OPENERS):
        return None
    end = start + 1
    if text[end : end + 1] and unicodedata.category(text[end]).startswith("M"):
        return None  # combined with the # itself: # + U+FE0F + U+20E3 is the emoji #️⃣
    while _is_tag_character(text[end : end + 1]):
        end += 1
    name = text[start + 1 : end].rstrip("·\u200c\u200d")
    if not any(char.isalpha() for char in name):
        return None
    end = start + 1 + len(name)
    # On Chinese networks, hashtags also end with a # (#服务故事#).
    if _HASH.match(text, end) and not _is_tag_character(text[end + 1 : end + 2]):
        end += 1
    return Hashtag(name, start, end)


def only_hashtags(text: str) -> list[str] | None:
    """Return the names if a text consists of hashtags only, else None."""
    names, position = [], 0
    for hashtag in find_hashtags(text):
        if text[position : hashtag.start].strip(_BETWEEN):
            return None
        names.append(hashtag.name)
        position = hashtag.end
    if not names or text[position:].strip(f"{_BETWEEN}.。۔"):
        return None
    return names


def _is_tag_character(char: str) -> bool:
    """True for a character of a hashtag's name; False for an empty string."""
    if not char or char.isalnum() or char in _JOINERS:
        return bool(char)
    return unicodedata.category(char) in ("Mn", "Mc") and char not in _EMOJI_SELECTORS
