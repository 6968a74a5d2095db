"""Chunks: files with the rows of several texts, from which results are displayed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from typing import NamedTuple

from rubric.search.buckets import BUCKETS
from rubric.search.layout import power_of_two
from rubric.search.records import Record


class Chunks(NamedTuple):
    """The number of chunks (`limit`), and the file names of the non-empty ones."""

    limit: int
    names: dict[int, str]


def count_chunks(sizes: Iterable[int], chunk_bytes: int, slots: int) -> int:
    """Return the number of chunks for rows of these sizes; not more than there are slots."""
    return min(slots, power_of_two(-(-sum(sizes) // chunk_bytes)))


def chunk_of(slot: int, count: int, slots: int) -> int:
    """Return the number of the chunk that contains a slot."""
    return slot * count // slots


def make_chunks(
    numbers: Set[int],
    count: int,
    slots: int,
    buckets: Mapping[int, Callable[[], Mapping[str, Record]]],
) -> dict[int, bytes]:
    """Return the content of the given chunks by number; loads only the buckets they overlap."""
    rows: dict[int, list[Record]] = {number: [] for number in numbers}
    for bucket, load in sorted(buckets.items()):
        first, last = bucket * count // BUCKETS, ((bucket + 1) * count - 1) // BUCKETS
        if numbers.isdisjoint(range(first, last + 1)):
            continue
        for record in load().values():
            number = chunk_of(record.slot, count, slots)
            if number in numbers:
                rows[number].append(record)
    return {number: _join(records) for number, records in rows.items()}


def _join(records: Sequence[Record]) -> bytes:
    ordered = sorted(records, key=lambda record: record.slot)
    return b"[" + b",".join(record.row for record in ordered) + b"]"
