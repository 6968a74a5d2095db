"""Layout: in which file of an index a term is, and which number a text has.

Both follow from the present texts alone, so that an incremental build writes what a clean build
writes; and neither changes for other texts when one is added, edited or removed, except where a
count crosses a power of two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zlib import crc32

from rubric.search.encoding import place_of
from rubric.search.terms import Word

_SHORTEST, LONGEST = 2, 4
_FEWEST_SLOTS = 64
_LOAD = 4
"""Slots per text: with few collisions, few texts move when one is added."""


def power_of_two(least: int) -> int:
    """The smallest power of two that is not less."""
    return 1 << max(least - 1, 0).bit_length()


def count_slots(texts: int) -> int:
    """How many slots there are for so many texts."""
    return max(_FEWEST_SLOTS, power_of_two(texts * _LOAD))


def assign_slots(sources: Iterable[str], count: int) -> dict[str, int]:
    """A slot for each text by a hash of its path; the next free one where it is taken."""
    slots: dict[str, int] = {}
    taken: set[int] = set()
    for home, source in sorted((crc32(source.encode()), source) for source in sources):
        slot = home % count
        while slot in taken:
            slot = (slot + 1) % count
        taken.add(slot)
        slots[source] = slot
    return slots


@dataclass(frozen=True, slots=True)
class Layout:
    """`count` files of terms; words of a prefix in `deep` are told apart by one letter more."""

    count: int = 1
    deep: frozenset[str] = frozenset()

    @classmethod
    def fit(cls, sizes: Mapping[str, int], shard_bytes: int) -> Layout:
        """The layout for bytes of terms by the first letters of their stems.

        Grams have the key "".
        """
        by_prefix: dict[str, int] = {}
        for start, size in sizes.items():
            for length in range(_SHORTEST, LONGEST):
                if len(start) >= length:
                    prefix = start[:length]
                    by_prefix[prefix] = by_prefix.get(prefix, 0) + size
        deep = frozenset(prefix for prefix, size in by_prefix.items() if size > shard_bytes)
        return cls(power_of_two(-(-sum(sizes.values()) // shard_bytes)), deep)

    def key_of(self, word: str) -> str:
        """The beginning of a word that decides on its file."""
        for length in range(_SHORTEST, LONGEST):
            if word[:length] not in self.deep:
                return word[:length]
        return word[:LONGEST]

    def place_of_word(self, word: str) -> int:
        return place_of(self.key_of(word), self.count)

    def places_of(self, word: Word) -> set[int]:
        """The files that have a word: that of its stem, and that of its form."""
        return {self.place_of_word(part) for part in word}

    def place_of_gram(self, gram: str) -> int:
        return place_of(gram, self.count)
