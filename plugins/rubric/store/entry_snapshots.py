"""Entries as they were read, whose fingerprints need not be computed again.

What an entry holds is replaced by others, never changed in place (rubric.model.entry).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter, is_

from rubric.model.entry import Entry

EntrySnapshot = tuple[Entry, tuple[object, ...], bytes]
"""An entry, what it held when it was read, and its fingerprint then."""

_NAMES = tuple(each.name for each in fields(Entry) if each.compare)
_values_of: Callable[[Entry], tuple[object, ...]] = attrgetter(*_NAMES)


def take_snapshot(entry: Entry, fingerprint: bytes) -> EntrySnapshot:
    """To be noted before anybody has had the entry."""
    return (entry, _values_of(entry), fingerprint)


def replaced(read: EntrySnapshot) -> list[tuple[str, object]]:
    """What an entry holds now in the place of what was read, by name."""
    entry, before, _ = read
    held = _values_of(entry)
    if all(map(is_, held, before)):
        return []
    triples = zip(_NAMES, held, before, strict=True)
    return [(name, now) for name, now, then in triples if now is not then]
