"""Tags: one identity over spellings and languages, one address each."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rubric.model.script import CLAUSE_MARKS, OPENING, SENTENCE_ENDINGS

MOST_TAGS = 500
"""Hashtags and tags that one text may have; a page and feeds are made for each tag."""

HASHTAG_OPENERS = OPENING + CLAUSE_MARKS + SENTENCE_ENDINGS + "\"'—–>|"
"""A hashtag begins a line, or follows white space or one of these."""

# Symbols that tell one tag from another ("C++", "C#", ".NET") become words in an address.
_SYMBOL_WORDS = {"+": "plus", "#": "sharp", "&": "and", "@": "at", "%": "percent"}
_EMOJI_SELECTORS = "\ufe0e\ufe0f"  # choose how an emoji is drawn


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as an author wrote it: equal to every tag of the same `identity`."""

    identity: str
    spelling: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Tag) and self.identity == other.identity

    def __hash__(self) -> int:
        return hash(self.identity)

    @property
    def slug(self) -> str:
        """Return the path segment of the tag, not percent-encoded; empty if it has no letters."""
        return slugify(self.identity)


@lru_cache(maxsize=4096)
def parse_tag(spelling: str) -> Tag:
    """Make a tag of a hashtag or a front-matter tag, with or without its `#`."""
    text = unicodedata.normalize("NFC", spelling).strip()
    if text.startswith(("#", "＃")):
        text = text[1:].strip()
    return Tag(identity=identify(text), spelling=text)


def identify(text: str) -> str:
    """Return the key that all spellings of a tag share: NFKC, casefold, NFKC; white space is `_`.

    The second NFKC is Unicode's own recipe for caseless compatibility matching
    (The Unicode Standard, 3.13, D146).
    """
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return "_".join(folded.split())


@lru_cache(maxsize=4096)
def slugify(text: str) -> str:
    """Spell `text` as one path segment that keeps its script (服務 and 服务 stay apart).

    Letters, digits and combining marks of any script stay, symbols with a meaning become
    words, everything else becomes one hyphen. Underscores at the end stay, so that `E` and
    `E_` have different addresses.
    """
    words: list[str] = []
    word = ""
    identity = unicodedata.normalize("NFC", identify(text))
    stem = identity.rstrip("_")
    for char in stem:
        if char.isalnum() or unicodedata.category(char) in ("Mn", "Mc"):
            if char not in _EMOJI_SELECTORS:
                word += char
            continue
        if unicodedata.category(char) == "Me":
            continue  # such as the keycap of 1️⃣
        words.append(word)
        word = ""
        if char in _SYMBOL_WORDS:
            words.append(_SYMBOL_WORDS[char])
        elif char == "." and not any(words):
            words.append("dot")
    words.append(word)
    slug = "-".join(filter(None, words))
    return slug and slug + identity[len(stem) :]


def merge(*sources: Iterable[Tag]) -> tuple[Tag, ...]:
    """Join lists of tags, first spelling first, each identity once."""
    return tuple(dict.fromkeys(tag for source in sources for tag in source))
