"""What is known of the files that the last build left, kept in drawers.

A build that makes a few files fills few drawers anew.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from zlib import crc32

from plugins.incremental.inputs import Key, Record
from plugins.incremental.output import Stamp
from plugins.incremental.store import Store

_DRAWERS = 64
_HEAD = "made/head"

Drawer = dict[str, Record]


@dataclass(slots=True)
class Kept:
    """How each file was made, by address, its inputs' digests, and how it was left.

    `marks` tell of each drawer which filling belongs to these digests: those of a build that
    was killed don't.
    """

    records: Drawer = field(default_factory=dict)
    digests: dict[Key, bytes] = field(default_factory=dict)
    stamps: dict[str, Stamp] = field(default_factory=dict)
    marks: dict[str, bytes] = field(default_factory=dict)

    @classmethod
    def load(cls, store: Store) -> Kept:
        head = store.load(_HEAD)
        if head is None:
            return cls()
        kept = cls({}, *head)
        for name, mark in kept.marks.items():
            filling, records = store.load(name) or (b"", {})
            if filling == mark:
                kept.records.update(records)
        return kept

    def save(self, store: Store, before: Kept) -> None:
        """Keep this in the place of what was known before."""
        known, drawers, stale = before.records, dict[str, Drawer](), set[str]()
        for address, record in self.records.items():
            name = _name(address)
            drawers.setdefault(name, {})[address] = record
            if known.get(address) is not record:
                stale.add(name)
        stale |= {_name(address) for address in known.keys() - self.records.keys()}
        stale |= drawers.keys() ^ before.marks.keys()
        self.marks = {name: before.marks.get(name, b"") for name in drawers}
        for name in sorted(stale):
            if name in drawers:
                self.marks[name] = os.urandom(8)
                store.save(name, (self.marks[name], drawers[name]))
            else:
                store.drop(name)
        head = (self.digests, self.stamps, self.marks)
        if head != (before.digests, before.stamps, before.marks):
            store.save(_HEAD, head)


def _name(address: str) -> str:
    return f"made/{crc32(address.encode()) % _DRAWERS:02x}"
