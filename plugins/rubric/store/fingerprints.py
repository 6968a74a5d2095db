"""Fingerprints of everything that pages are made of, including entries and views."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from babel import Locale
from pydantic import BaseModel

from rubric.model.entry import Entry
from rubric.store.entry_snapshots import EntrySnapshot, replaced
from rubric.store.plain_fingerprints import PlainFingerprints, Rules, named
from rubric.store.stored_html import StoredHtml


@dataclass(slots=True)
class Fingerprints(PlainFingerprints):
    """Computes fingerprints of all values of one build.

    `read` are entries by their id: their fingerprint as read is known, and what an entry holds
    is replaced by other values, never changed in place.
    """

    read: Mapping[int, EntrySnapshot] = field(default_factory=dict)

    def _common_rules(self) -> Rules:
        own: Rules = [
            (Entry, partial(self._entry, self._fields_taker(Entry))),
        ]
        return [*own, *PlainFingerprints._common_rules(self)]

    def _rules(self) -> Rules:
        own: Rules = [
            (BaseModel, partial(self._object, BaseModel)),
            (StoredHtml, StoredHtml.read),
            (Locale, named),
        ]
        return [*own, *PlainFingerprints._rules(self)]

    def _entry(self, take: Callable[[Entry], Any], value: Entry) -> Any:
        """What was read, and what has taken the place of it since."""
        read = self.read.get(id(value))
        if read is None:
            return take(value)
        later, fingerprint = replaced(read), read[-1]
        if not later:
            return fingerprint
        if id(value) in self._open:
            return ("within", "Entry")
        self._open.add(id(value))
        try:
            return (fingerprint, [(name, self._plain(now)) for name, now in later])
        finally:
            self._open.discard(id(value))
