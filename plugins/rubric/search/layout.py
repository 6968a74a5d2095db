"""Layout: assigns terms to index files and slots (numbers) to texts.

Both depend on the present texts only, so an incremental build gives the same result as a
clean build. When a text is added, edited or removed, other texts keep theirs, unless a count
crosses a power of two.
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
"""Slots per text: a sparse table has few collisions, so few texts move when one is added."""


def power_of_two(least: int) -> int:
    """Return the smallest power of two that is at least `least`."""
    return 1 << max(least - 1, 0).bit_length()


def count_slots(texts: int) -> int:
    """Return the number of slots for a number of texts."""
    return max(_FEWEST_SLOTS, power_of_two(texts * _LOAD))


def assign_slots(sources: Iterable[str], count: int) -> dict[str, int]:
    """Assign a slot to each text by a hash of its path, with linear probing."""
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
    """The distribution of terms over `count` files.

    Words are assigned by prefix; those that begin with a prefix in `deep`, by one more letter.
    """

    count: int = 1
    deep: frozenset[str] = frozenset()

    @classmethod
    def fit(cls, sizes: Mapping[str, int], shard_bytes: int) -> Layout:
        """Return the layout for the sizes of terms in bytes, by the first letters of their stems.

        Han n-grams have the key "".
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
        """Return the prefix of a word that determines its file."""
        for length in range(_SHORTEST, LONGEST):
            if word[:length] not in self.deep:
                return word[:length]
        return word[:LONGEST]

    def place_of_word(self, word: str) -> int:
        return place_of(self.key_of(word), self.count)

    def places_of(self, word: Word) -> set[int]:
        """Return the files that contain a word: by its stem and by its form."""
        return {self.place_of_word(part) for part in word}

    def place_of_gram(self, gram: str) -> int:
        return place_of(gram, self.count)
