"""Fingerprints of all values that pages depend on, including entries and views."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from babel import Locale
from pydantic import BaseModel

from rubric.model.entry import Entry
from rubric.store.entry_snapshots import EntrySnapshot, changed_fields
from rubric.store.plain_fingerprints import PlainFingerprints, Rules, reduce_by_name
from rubric.store.stored_html import StoredHtml

Descriptions = Sequence[tuple[type, Callable[[Any], tuple[object, object]]]]
"""Types whose objects refer to each other, and functions that return what identifies an object,
and its other values."""


@dataclass(slots=True)
class Fingerprints(PlainFingerprints):
    """Computes the fingerprints of one build. `snapshots` are those of entries by `id(entry)`.

    `descriptions` are for Pelican's articles, pages and tags, which this package does not import.
    """

    snapshots: Mapping[int, EntrySnapshot] = field(default_factory=dict)
    descriptions: Descriptions = ()
    _is_within: bool = False

    def _common_rules(self) -> Rules:
        own: Rules = [
            (Entry, partial(self._entry, self._fields_reducer(Entry))),
        ]
        return [*own, *PlainFingerprints._common_rules(self)]

    def _rules(self) -> Rules:
        own: Rules = [
            (BaseModel, partial(self._object, BaseModel)),
            (StoredHtml, StoredHtml.read),
            (Locale, reduce_by_name),
            *((kind, partial(self._described, take)) for kind, take in self.descriptions),
        ]
        return [*own, *PlainFingerprints._rules(self)]

    def _described(self, describe: Callable[[Any], tuple[object, object]], value: Any) -> Any:
        """Return the fingerprint of an article; of articles to which it refers, only the identity.

        Plugins make each article refer to the next one and so, indirectly, to all of them.
        """
        identity, others = describe(value)
        if self._is_within:
            return self._plain(identity)
        self._is_within = True
        try:
            return (self._plain(identity), self._plain(others))
        finally:
            self._is_within = False

    def _entry(self, reduce: Callable[[Entry], Any], value: Entry) -> Any:
        """Return the fingerprint after reading, and the fields that have been assigned since."""
        snapshot = self.snapshots.get(id(value))
        if snapshot is None:
            return reduce(value)
        changed, fingerprint = changed_fields(snapshot), snapshot[-1]
        if not changed:
            return fingerprint
        if id(value) in self._open:
            return ("within", "Entry")
        self._open.add(id(value))
        try:
            return (fingerprint, [(name, self._plain(now)) for name, now in changed])
        finally:
            self._open.discard(id(value))
