"""Terms: what of a text is looked up. Words by their stems, Han by its characters and pairs."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import snowballstemmer
from babel import Locale

from plugins.search.folding import HAN, MARKS, fold

_WORD = re.compile(r"[^\W_]+")
_LONGEST = 40
"""Longer words are addresses or noise; nobody types them."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of one text: (stem, form) of each word, and one or two Han characters each."""

    words: frozenset[tuple[str, str]]
    grams: frozenset[str]


def stemmer_of(locale: str) -> str:
    """The Snowball algorithm for a CLDR locale; empty where there is none, as for Chinese."""
    name = (Locale.parse(locale).get_language_name("en") or "").lower()
    return name if name in snowballstemmer.algorithms() else ""


@dataclass(slots=True)
class Analyser:
    """Takes texts apart; remembers words, because most of them come again.

    `algorithms` is by language key what `stemmer_of` found.
    """

    variants: Mapping[int, str]
    algorithms: Mapping[str, str]
    _stemmers: dict[str, snowballstemmer.Stemmer] = field(default_factory=dict, compare=False)
    _known: dict[str, dict[str, tuple[str, str]]] = field(default_factory=dict, compare=False)

    def analyse(self, text: str, lang: str) -> Terms:
        """The terms of a text in one language."""
        folded = fold(text, self.variants)
        known = self._known.setdefault(lang, {})
        plain = MARKS.sub("", unicodedata.normalize("NFKC", text).lower())
        words = set()
        for word in set(_WORD.findall(HAN.sub(" ", plain))):
            if len(word) > _LONGEST:
                continue
            if word not in known:
                known[word] = self._word(word, lang)
            words.add(known[word])
        return Terms(frozenset(words), grams(folded))

    def _word(self, word: str, lang: str) -> tuple[str, str]:
        form = fold(word, self.variants)
        stemmer = self._stemmer(lang)
        stem = stemmer.stemWord(word.replace("ё", "е")) if stemmer else word
        return fold(stem, self.variants), form

    def _stemmer(self, lang: str) -> snowballstemmer.Stemmer | None:
        algorithm = self.algorithms.get(lang)
        if algorithm and algorithm not in self._stemmers:
            self._stemmers[algorithm] = snowballstemmer.stemmer(algorithm)
        return self._stemmers[algorithm] if algorithm else None


def grams(folded: str) -> frozenset[str]:
    """Every character of the Han in a text, and every two that stand side by side."""
    found: set[str] = set()
    for run in HAN.findall(folded):
        found.update(run)
        found.update(map("".join, pairwise(run)))
    return frozenset(found)
