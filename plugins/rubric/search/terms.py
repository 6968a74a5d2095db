"""Terms: what of a text is looked up. Words by their stems, Han by its characters and pairs.

theme/static/js/search_index.js splits what is typed the same way; change both together.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import snowballstemmer

from rubric.search.folding import HAN, MARKS, fold

_WORD = re.compile(r"[^\W_]+")
_COMPOUND = re.compile(
    r"""(?<![^\W_])(?:
      (?P<sign>[^\W\d_]+(?:\+\+|\#(?![^\W_])))   # C++, C#
    | (?P<dotted>(?:[^\W\d_]\.){2,})             # U.S.A., т.е.
    | (?P<number>\d+(?:[.,:/]\d+)+)              # 24/7, 18:30, 1,000
    | (?P<hyphens>[^\W_]+(?:[-\u2010\u2011][^\W_]+)+)  # e-mail, COVID-19
    | (?P<point>\.[^\W\d_][^\W_]+)               # .NET
    )""",
    re.VERBOSE,
)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+|\d{1,3}(?:\.\d{3}){2,}")
_LONGEST = 40
"""Longer words are addresses or noise; nobody types them."""


Word = tuple[str, str]
"""A word as it is indexed: its stem and its form, both folded."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one text: its words, and one or two Han characters each."""

    words: frozenset[Word]
    grams: frozenset[str]


@dataclass(slots=True)
class Analyser:
    """Splits texts into terms; remembers words, because most of them occur again.

    `algorithms` has the Snowball algorithm of each language key, empty where there is none.
    """

    variants: Mapping[int, str]
    algorithms: Mapping[str, str]
    _stemmers: dict[str, snowballstemmer.Stemmer] = field(default_factory=dict, compare=False)
    _known: dict[str, dict[str, Word]] = field(default_factory=dict, compare=False)

    def analyse(self, text: str, lang: str) -> Terms:
        """The terms of a text in one language."""
        known = self._known.setdefault(lang, {})
        spaced = HAN.sub(" ", plain(text))
        words = set()
        for word in {*_WORD.findall(spaced), *joined_words(spaced)}:
            if len(word) > _LONGEST:
                continue
            if word not in known:
                known[word] = self._word(word, lang)
            words.add(known[word])
        return Terms(frozenset(words), grams(fold(text, self.variants)))

    def _word(self, word: str, lang: str) -> Word:
        form = fold(word, self.variants)
        stemmer = self._stemmer(lang)
        if stemmer is None or not word.isalnum():
            return form, form
        return fold(stemmer.stemWord(word.replace("ё", "е")), self.variants) or form, form

    def _stemmer(self, lang: str) -> snowballstemmer.Stemmer | None:
        algorithm = self.algorithms.get(lang)
        if algorithm and algorithm not in self._stemmers:
            self._stemmers[algorithm] = snowballstemmer.stemmer(algorithm)
        return self._stemmers[algorithm] if algorithm else None


def plain(text: str) -> str:
    """Lower case without stress marks, but with the letters that stemmers need: й, é, ё."""
    if text.isascii():
        return text.lower()
    return MARKS.sub("", unicodedata.normalize("NFKC", text).lower()).replace("♯", "#")


def joined_words(text: str) -> Iterator[str]:
    """Words that contain signs, as they are looked up, besides their parts.

    `C++`, `C#` and `.NET` keep their signs; `24/7` is one word; `e-mail` is also `email`,
    `U.S.A.` also `usa`, and `1,000` also `1000`.
    """
    for match in _COMPOUND.finditer(text):
        found = match[0]
        match match.lastgroup:
            case "hyphens":
                yield "".join(_WORD.findall(found))
            case "dotted":
                yield found[:-1]
                if found.count(".") > 2:
                    yield found.replace(".", "")
            case "number":
                yield found
                if _THOUSANDS.fullmatch(found):
                    yield found.replace(",", "").replace(".", "")
            case _:
                yield found


def grams(folded: str) -> frozenset[str]:
    """Every character of the Han in a text, and every two that stand side by side."""
    found: set[str] = set()
    for run in HAN.findall(folded):
        found.update(run)
        found.update(map("".join, pairwise(run)))
    return frozenset(found)
