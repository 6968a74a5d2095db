"""What is known of the files that the last build left, kept in buckets.

A build that makes a few files fills few buckets anew.
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
"""Numbers of inputs are smaller: they take four bytes each."""


class FileRecord(NamedTuple):
    """How a file was made; `shared` are the inputs that others have, too, as numbers; `left` is
    how it was left.
    """

    record: Record
    shared: bytes
    left: Stamp


class _Head(NamedTuple):
    """What all buckets share: see `BuildState`."""

    inputs: dict[int, tuple[Key, bytes]]
    others: dict[str, Stamp]
    marks: dict[str, bytes]
    processed: bytes


class _Stored(NamedTuple):
    """A FileRecord in a bucket; `names` and `shared` are places in lists that the bucket has."""

    names: int
    shared: int
    own: dict[str, bytes]
    since: Instant | None
    until: Instant | None
    left: Stamp


class _Bucket(NamedTuple):
    """Records by address. What many of them have in common is in it once."""

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
                left,
            )
            for address, (record, numbers, left) in records.items()
        }
        return cls(mark, list(names), list(shared), stored)

    def unpack(self, alike: dict[Any, Any]) -> dict[str, FileRecord]:
        """The records. Raises IndexError for a bucket with invalid content."""
        names = [alike.setdefault(each, each) for each in self.names]
        shared = [alike.setdefault(each, each) for each in self.shared]
        if any(len(each) % 4 for each in shared):
            raise IndexError
        return {
            address: FileRecord(Record(names[n], own, since, until), shared[s], left)
            for address, (n, s, own, since, until, left) in self.records.items()
        }


@dataclass(slots=True)
class Numbers:
    """Numbers for inputs, since most files have most of their inputs in common.

    As long as a record names it, an input has its number, from build to build.
    """

    by_key: dict[Key, int] = field(default_factory=dict)
    _next: int = field(init=False)

    def __post_init__(self) -> None:
        self._next = max(self.by_key.values(), default=-1) + 1

    def pack(self, keys: Iterable[Key]) -> bytes:
        """The numbers of inputs; the same inputs are packed alike."""
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
    """How each file was made, by address; `inputs` are the digests of what they were made of, by
    number, with the key. `others` tells how files were left that were not made of inputs.

    `marks` tell of each bucket which filling belongs to these digests: those of a build that
    was killed don't. `processed` is the mark of what is known of files that plugins changed
    afterwards (rubric.store.postprocessing); empty if there are none.
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
        kept, alike = cls({}, *head), dict[Any, Any]()
        kept.marks = {name: mark for name, mark in head.marks.items() if name in _NAMES}
        for name, mark in kept.marks.items():
            bucket = store.load(name, codec_of(_Bucket))
            if bucket and bucket.mark == mark:
                with suppress(IndexError):
                    kept.records.update(bucket.unpack(alike))
        return kept

    def stamps(self) -> dict[str, Stamp]:
        """How every file was left."""
        return {address: record.left for address, record in self.records.items()} | self.others

    def leave(self, address: str, left: Stamp | None) -> None:
        """Note how plugins left a file; None if it is to be made again."""
        record = self.records.pop(address, None)
        self.others.pop(address, None)
        if record and left:
            self.records[address] = record._replace(left=left)

    def numbers(self) -> Numbers:
        return Numbers({key: number for number, (key, _) in self.inputs.items()})

    def save(self, store: Store, before: BuildState) -> None:
        """Keep this in the place of what was known before."""
        known, buckets = before.records, _sort(self.records)
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
    """Let the next build make all files, unless this one ends well."""
    store.drop(_HEAD)


def _sort(addresses: Iterable[str]) -> dict[str, list[str]]:
    """Addresses by the buckets they belong in."""
    buckets: list[list[str]] = [[] for _ in range(_BUCKETS)]
    for address in addresses:
        buckets[_number(address)].append(address)
    return {f"{_FOLDER}/{number:02x}": own for number, own in enumerate(buckets) if own}


def _name(address: str) -> str:
    return f"{_FOLDER}/{_number(address):02x}"


def _number(address: str) -> int:
    return crc32(address.encode()) % _BUCKETS
