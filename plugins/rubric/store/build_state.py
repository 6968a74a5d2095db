"""The records of all files of the last build."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from rubric.store.codec import Instant, codec_of
from rubric.store.inputs import Key, Record
from rubric.store.output import Stamp
from rubric.store.store import Store

_NAME = "state"
_MOST = 1 << 31
"""The numbers of inputs are smaller than this: they are stored in four bytes."""


class FileRecord(NamedTuple):
    """A built file: its own inputs, the numbers of its shared inputs, and its stamp.

    FileRecord(Record(("view",), {"view": b"digest"}), Numbers().pack(keys), stamp)
    """

    record: Record
    shared: bytes
    stamp: Stamp


class _StoredRecord(NamedTuple):
    """A FileRecord in the store; `names` and `shared` are indexes of lists in `_StoredState`."""

    names: int
    shared: int
    own: dict[str, bytes]
    since: Instant | None
    until: Instant | None
    stamp: Stamp


class _StoredState(NamedTuple):
    """A BuildState in the store. Values that many records have in common are stored once."""

    names: list[tuple[str, ...]]
    shared: list[bytes]
    records: dict[str, _StoredRecord]
    inputs: dict[int, tuple[Key, bytes]]
    others: dict[str, Stamp]
    processed: bytes


@dataclass(slots=True)
class Numbers:
    """Numbers of inputs. Most files have most of their inputs in common.

    An input has the same number in all builds as long as a record refers to it.
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
    """The files of a build: `records` by address, `inputs` (key and digest) by number.

    `others` are the stamps of files that were not made from inputs. `processed` identifies what
    is stored about files that plugins changed afterwards (rubric.store.postprocessing); it is
    empty if there are none.
    """

    records: dict[str, FileRecord] = field(default_factory=dict)
    inputs: dict[int, tuple[Key, bytes]] = field(default_factory=dict)
    others: dict[str, Stamp] = field(default_factory=dict)
    processed: bytes = b""

    @classmethod
    def load(cls, store: Store) -> BuildState:
        """Return the state after the last build; empty if it is missing or damaged."""
        stored = store.load(_NAME, codec_of(_StoredState))
        if stored is None:
            return cls()
        names, shared, found, inputs, others, processed = stored
        is_valid = all(0 <= number < _MOST for number in inputs)
        if not is_valid or any(len(each) % 4 for each in shared):
            return cls()
        try:
            records = {
                address: FileRecord(Record(names[n], own, since, until), shared[s], stamp)
                for address, (n, s, own, since, until, stamp) in found.items()
            }
        except IndexError:
            return cls()
        return cls(records, inputs, others, processed)

    def save(self, store: Store) -> None:
        """Store this state; it replaces the former one."""
        names: dict[tuple[str, ...], int] = {}
        shared: dict[bytes, int] = {}
        records = {
            address: _StoredRecord(
                names.setdefault(record.names, len(names)),
                shared.setdefault(numbers, len(shared)),
                dict(record.own),
                record.since,
                record.until,
                stamp,
            )
            for address, (record, numbers, stamp) in self.records.items()
        }
        stored = _StoredState(
            list(names), list(shared), records, self.inputs, self.others, self.processed
        )
        store.save(_NAME, stored, codec_of(_StoredState))

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


def forget_state(store: Store) -> None:
    """Make the next build build all files, unless this build saves a new state."""
    store.drop(_NAME)
