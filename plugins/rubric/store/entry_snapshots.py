"""Snapshots of entries right after reading, so that their fingerprints are computed only once.

Fields of an entry are assigned new values, but the values are never modified (rubric.model.entry).
So comparing identities is enough to find changed fields.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter, is_

from rubric.model.entry import Entry

EntrySnapshot = tuple[Entry, tuple[object, ...], bytes]
"""An entry, the values of its fields after reading, and its fingerprint at that time."""

_NAMES = tuple(each.name for each in fields(Entry) if each.compare)
_values_of: Callable[[Entry], tuple[object, ...]] = attrgetter(*_NAMES)


def take_snapshot(entry: Entry, fingerprint: bytes) -> EntrySnapshot:
    """Return the snapshot of an entry that no pass has changed yet."""
    return (entry, _values_of(entry), fingerprint)


def changed_fields(read: EntrySnapshot) -> list[tuple[str, object]]:
    """Return the current values of fields that were assigned after the snapshot, by name."""
    entry, before, _ = read
    held = _values_of(entry)
    if all(map(is_, held, before)):
        return []
    triples = zip(_NAMES, held, before, strict=True)
    return [(name, now) for name, now, then in triples if now is not then]
