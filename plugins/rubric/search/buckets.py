"""Buckets: the records of a language in the store, grouped by slot.

Buckets are the units of incremental updates: a changed text rewrites one bucket.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rubric.model.memo import Storage
from rubric.search.records import IndexItem, Record, Recorder

BUCKETS = 64
"""Number of buckets of each language; there are never fewer slots."""

Records = dict[str, Record]
"""The records of a bucket by source."""

Change = tuple[Record | None, Record | None]
"""The record of a text before and after an edit; None if it did not or does not exist."""


def bucket_of(slot: int, slots: int) -> int:
    """Return the number of the bucket that contains a slot."""
    return slot * BUCKETS // slots


class StoreDamaged(Exception):
    """Data of an earlier build is missing from the store; the index must be rebuilt."""


class BucketJob(NamedTuple):
    """A bucket to build from `items`, reusing records of the stored bucket `before`, if any."""

    lang: str
    number: int
    items: Sequence[IndexItem]
    before: str
    with_changes: bool


class BucketResult(NamedTuple):
    """A bucket that was stored as `name`. `sizes` are the bytes of rows by source."""

    lang: str
    number: int
    name: str
    sizes: dict[str, int]
    changes: list[Change]


@dataclass(frozen=True, slots=True)
class BucketBuilder:
    """Builds buckets; only changed texts are analysed."""

    storage: Storage
    recorder: Recorder

    def fill_all(self, jobs: Sequence[BucketJob]) -> list[BucketResult]:
        return [self.fill(job) for job in jobs]

    def fill(self, job: BucketJob) -> BucketResult:
        before = load_bucket(self.storage, job.before)
        records, changes = dict[str, Record](), list[Change]()
        for item in job.items:
            source = item.document.entry.source
            old = before.get(source)
            if old and (old.digest, old.slot) == (item.digest, item.slot):
                records[source] = old
                continue
            records[source] = self.recorder.make(item)
            changes.append((old, records[source]))
        changes += [(old, None) for source, old in before.items() if source not in records]
        name = self.storage.save_version(f"{job.lang}.texts.{job.number:02}", records, Records)
        sizes = {source: len(record.row) for source, record in records.items()}
        return BucketResult(job.lang, job.number, name, sizes, changes if job.with_changes else [])


def load_bucket(storage: Storage, name: str) -> Mapping[str, Record]:
    """Return the records of a stored bucket by source; empty if `name` is. Raises StoreDamaged."""
    if not name:
        return {}
    records = storage.load(name, Records)
    if records is None:
        raise StoreDamaged
    return records
