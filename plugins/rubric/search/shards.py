"""Shards: the parts of the inverted index, one file each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from rubric.search.encoding import dump, encode_postings
from rubric.search.layout import LONGEST, Layout
from rubric.search.records import Record
from rubric.search.terms import Word

Term = TypeVar("Term")

Postings = dict[int, int]
"""Slots of texts with the rank of the best field that contains the term."""


@dataclass(slots=True)
class Shard:
    """Words by stem and form, and Han n-grams, with their postings."""

    words: dict[str, dict[str, Postings]] = field(default_factory=dict)
    grams: dict[str, Postings] = field(default_factory=dict)

    def add_word(self, word: Word, slot: int, rank: int) -> None:
        stem, form = word
        self.words.setdefault(stem, {}).setdefault(form, {})[slot] = rank

    def add_gram(self, gram: str, slot: int, rank: int) -> None:
        self.grams.setdefault(gram, {})[slot] = rank

    def remove_word(self, word: Word, slot: int) -> None:
        stem, form = word
        forms = self.words[stem]
        _remove(forms, form, slot)
        if not forms:
            del self.words[stem]

    def remove_gram(self, gram: str, slot: int) -> None:
        _remove(self.grams, gram, slot)

    def dump(self) -> bytes:
        """Return the content of the file: `{stem: [forms, postings], gram: postings}`."""
        rows: dict[str, str | list[str]] = {}
        for stem in sorted(self.words):
            forms = self.words[stem]
            rows[stem] = [_join(stem, forms), encode_postings(_merge(forms.values()))]
        for gram in sorted(self.grams):
            rows[gram] = encode_postings(self.grams[gram])
        return dump(rows)

    def sizes(self, layout: Layout, place: int) -> dict[str, int]:
        """Estimate the bytes of terms by the first letters of their stems.

        The sum over all shards is the same for every layout.
        """
        sizes: dict[str, int] = {}
        for stem, forms in self.words.items():
            if layout.place_of_word(stem) == place:
                size = len(_join(stem, forms)) + len(stem) + 2 * sum(map(len, forms.values()))
                sizes[stem[:LONGEST]] = sizes.get(stem[:LONGEST], 0) + size
        if self.grams:
            sizes[""] = sum(len(gram) * 3 + 2 * len(slots) for gram, slots in self.grams.items())
        return sizes

    def characters(self) -> str:
        """Return all Han characters."""
        return "".join(sorted(gram for gram in self.grams if len(gram) == 1))


def invert(records: Iterable[Record]) -> Shard:
    """Build an inverted index in one shard."""
    whole = Shard()
    for record in records:
        for word, rank in record.words.items():
            whole.add_word(word, record.slot, rank)
        for gram, rank in record.grams.items():
            whole.add_gram(gram, record.slot, rank)
    return whole


def split(whole: Shard, layout: Layout) -> list[Shard]:
    """Split an index into one shard for each file of a layout."""
    shards = [Shard() for _ in range(layout.count)]
    for stem, forms in whole.words.items():
        home = layout.place_of_word(stem)
        for form, postings in forms.items():
            for place in {home, layout.place_of_word(form)}:
                shards[place].words.setdefault(stem, {})[form] = postings
    for gram, postings in whole.grams.items():
        shards[layout.place_of_gram(gram)].grams[gram] = postings
    return shards


@dataclass(slots=True)
class Update:
    """Changes to one shard: words and n-grams that were removed from or added to texts."""

    removed: list[tuple[int, Word]] = field(default_factory=list)
    removed_grams: list[tuple[int, str]] = field(default_factory=list)
    added: list[tuple[int, Word, int]] = field(default_factory=list)
    added_grams: list[tuple[int, str, int]] = field(default_factory=list)

    def apply(self, shard: Shard) -> None:
        for slot, word in self.removed:
            shard.remove_word(word, slot)
        for slot, gram in self.removed_grams:
            shard.remove_gram(gram, slot)
        for slot, word, rank in self.added:
            shard.add_word(word, slot, rank)
        for slot, gram, rank in self.added_grams:
            shard.add_gram(gram, slot, rank)


def plan_updates(
    changes: Iterable[tuple[Record | None, Record | None]], layout: Layout
) -> dict[int, Update]:
    """Return the changes to the shards of a layout, by place.

    Terms that a record has with the same rank before and after cause no change.
    """
    updates: dict[int, Update] = {}
    for before, after in changes:
        if before and after and before.slot != after.slot:
            pairs: list[tuple[Record | None, Record | None]] = [(before, None), (None, after)]
        else:
            pairs = [(before, after)]
        for old, new in pairs:
            _plan(updates, old, new, layout)
    return updates


def _plan(
    updates: dict[int, Update], old: Record | None, new: Record | None, layout: Layout
) -> None:
    words, new_words = (old.words if old else {}), (new.words if new else {})
    grams, new_grams = (old.grams if old else {}), (new.grams if new else {})
    for word in words.keys() - new_words.keys():
        for place in layout.places_of(word):
            assert old
            updates.setdefault(place, Update()).removed.append((old.slot, word))
    for gram in grams.keys() - new_grams.keys():
        assert old
        place = layout.place_of_gram(gram)
        updates.setdefault(place, Update()).removed_grams.append((old.slot, gram))
    for word, rank in _new(words, new_words):
        for place in layout.places_of(word):
            assert new
            updates.setdefault(place, Update()).added.append((new.slot, word, rank))
    for gram, rank in _new(grams, new_grams):
        assert new
        place = layout.place_of_gram(gram)
        updates.setdefault(place, Update()).added_grams.append((new.slot, gram, rank))


def _new(before: Mapping[Term, int], after: Mapping[Term, int]) -> Iterator[tuple[Term, int]]:
    return ((term, rank) for term, rank in after.items() if before.get(term) != rank)


def _remove(table: dict[str, Postings], term: str, slot: int) -> None:
    postings = table[term]
    del postings[slot]
    if not postings:
        del table[term]


def _merge(postings: Iterable[Postings]) -> Postings:
    """Merge the postings of all forms of a stem."""
    first, *rest = postings
    if not rest:
        return first
    merged = dict(first)
    for each in rest:
        for slot, rank in each.items():
            merged[slot] = max(rank, merged.get(slot, 0))
    return merged


def _join(stem: str, forms: Iterable[str]) -> str:
    """Join the forms of a stem: `я и ию` for история, истории, историю with the stem истор.

    Forms that do not begin with the stem are written in full after `=`.
    """
    return " ".join(
        form[len(stem) :] if form.startswith(stem) else f"={form}" for form in sorted(forms)
    )
