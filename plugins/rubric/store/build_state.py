"""The records of all files of the last build, stored in buckets.

After a build of a few files, only a few buckets are written.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from zlib import crc32

from rubric.store.codec import Instant, codec_of
from rubric.store.inputs import Key, Record
from rubric.store.output import Stamp
from rubric.store.store import Store

_BUCKETS = 64
_FOLDER = "made"
_HEAD = f"{_FOLDER}/head"
_NAMES = frozenset(f"{_FOLDER}/{number:02x}" for number in range(_BUCKETS))
_MOST = 1 << 31
"""The numbers of inputs are smaller than this: they are stored in four bytes."""


class FileRecord(NamedTuple):
    """A built file: its own inputs, the numbers of its shared inputs, and its stamp."""

    record: Record
    shared: bytes
    stamp: Stamp


class _Head(NamedTuple):
    """The part of the state that is not in buckets; see `BuildState`."""

    inputs: dict[int, tuple[Key, bytes]]
    others: dict[str, Stamp]
    marks: dict[str, bytes]
    processed: bytes


class _Stored(NamedTuple):
    """A stored FileRecord; `names` and `shared` are indexes of lists in the bucket."""

    names: int
    shared: int
    own: dict[str, bytes]
    since: Instant | None
    until: Instant | None
    stamp: Stamp


class _Bucket(NamedTuple):
    """Records by address. Values that many of them have are stored once."""

    mark: bytes
    names: list[tuple[str, ...]]
    shared: list[bytes]
    records: dict[str, _Stored]

    @classmethod
    def fill(cls, mark: bytes, records: Mapping[str, FileRecord]) -> _Bucket:
        names: dict[tuple[str, ...], int] = {}
        shared: dict[bytes, int] = {}
        stored = {
            address: _Stored(
                names.setdefault(record.names, len(names)),
                shared.setdefault(numbers, len(shared)),
                dict(record.own),
                record.since,
                record.until,
                stamp,
            )
            for address, (record, numbers, stamp) in records.items()
        }
        return cls(mark, list(names), list(shared), stored)

    def unpack(self, interned: dict[Any, Any]) -> dict[str, FileRecord]:
        """The records. Raises IndexError for a bucket with invalid content."""
        names = [interned.setdefault(each, each) for each in self.names]
        shared = [interned.setdefault(each, each) for each in self.shared]
        if any(len(each) % 4 for each in shared):
            raise IndexError
        return {
            address: FileRecord(Record(names[n], own, since, until), shared[s], stamp)
            for address, (n, s, own, since, until, stamp) in self.records.items()
        }


@dataclass(slots=True)
class Numbers:
    """Assigns numbers to inputs, because most files have most of their inputs in common.

    An input keeps its number from build to build as long as a record refers to it.
    """

    by_key: dict[Key, int] = field(default_factory=dict)
    _next: int = field(init=False)

    def __post_init__(self) -> None:
        self._next = max(self.by_key.values(), default=-1) + 1

    def pack(self, keys: Iterable[Key]) -> bytes:
        """Return the sorted numbers of inputs, four bytes each."""
        known, numbers = self.by_key, []
        for key in keys:
            number = known.get(key)
            if number is None:
                number = known[key] = self._next
                self._next += 1
            numbers.append(number)
        return struct.pack(f"<{len(numbers)}L", *sorted(numbers))

    @staticmethod
    def unpack(packed: bytes) -> tuple[int, ...]:
        return struct.unpack(f"<{len(packed) // 4}L", packed)


@dataclass(slots=True)
class BuildState:
    """The records of built files by address, and their shared inputs.

    `inputs` are keys and digests of shared inputs by number. `others` are stamps of files without
    record, such as copied files. `marks` are random values that each bucket repeats: a bucket
    with another mark was written by a build that was killed. `processed` is the mark of the
    records of files that plugins changed afterwards (rubric.store.postprocessing); empty if there
    are none.
    """

    records: dict[str, FileRecord] = field(default_factory=dict)
    inputs: dict[int, tuple[Key, bytes]] = field(default_factory=dict)
    others: dict[str, Stamp] = field(default_factory=dict)
    marks: dict[str, bytes] = field(default_factory=dict)
    processed: bytes = b""

    @classmethod
    def load(cls, store: Store) -> BuildState:
        head = store.load(_HEAD, codec_of(_Head))
        if head is None or not all(0 <= number < _MOST for number in head.inputs):
            return cls()
        state, interned = cls({}, *head), dict[Any, Any]()
        state.marks = {name: mark for name, mark in head.marks.items() if name in _NAMES}
        for name, mark in state.marks.items():
            bucket = store.load(name, codec_of(_Bucket))
            if bucket and bucket.mark == mark:
                with suppress(IndexError):
                    state.records.update(bucket.unpack(interned))
        return state

    def stamps(self) -> dict[str, Stamp]:
        """Return the stamps of all files."""
        return {address: record.stamp for address, record in self.records.items()} | self.others

    def set_stamp(self, address: str, stamp: Stamp | None) -> None:
        """Set the stamp of a file after plugins changed it; None if it must be built again."""
        record = self.records.pop(address, None)
        self.others.pop(address, None)
        if record and stamp:
            self.records[address] = record._replace(stamp=stamp)

    def numbers(self) -> Numbers:
        return Numbers({key: number for number, (key, _) in self.inputs.items()})

    def save(self, store: Store, before: BuildState) -> None:
        """Store this state; `before` is the stored one."""
        known, buckets = before.records, _group(self.records)
        stale = {_name(a) for a, record in self.records.items() if known.get(a) is not record}
        stale |= {_name(address) for address in known.keys() - self.records.keys()}
        stale |= buckets.keys() ^ before.marks.keys()
        self.marks = {name: before.marks.get(name, b"") for name in buckets}
        for name in sorted(stale):
            if name in buckets:
                self.marks[name] = os.urandom(8)
                records = {address: self.records[address] for address in buckets[name]}
                bucket = _Bucket.fill(self.marks[name], records)
                store.save(name, bucket, codec_of(_Bucket))
            else:
                store.drop(name)
        head = _Head(self.inputs, self.others, self.marks, self.processed)
        is_there = (store.folder / _HEAD).is_file()
        former = _Head(before.inputs, before.others, before.marks, before.processed)
        if not is_there or head != former:
            store.save(_HEAD, head, codec_of(_Head))


def forget_state(store: Store) -> None:
    """Make the next build build all files, unless this build saves a new state."""
    store.drop(_HEAD)


def _group(addresses: Iterable[str]) -> dict[str, list[str]]:
    """Group addresses by bucket."""
    buckets: list[list[str]] = [[] for _ in range(_BUCKETS)]
    for address in addresses:
        buckets[_number(address)].append(address)
    return {f"{_FOLDER}/{number:02x}": own for number, own in enumerate(buckets) if own}


def _name(address: str) -> str:
    return f"{_FOLDER}/{_number(address):02x}"


def _number(address: str) -> int:
    return crc32(address.encode()) % _BUCKETS
