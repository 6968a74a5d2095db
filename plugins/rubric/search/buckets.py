"""Buckets: the records of a corpus in the store, grouped by slot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rubric.model.keeping import Storage
from rubric.search.records import Record, Recorder, Wanted

BUCKETS = 64
"""How many each corpus has; no fewer slots than this exist."""

Records = dict[str, Record]
"""The records of a bucket by source."""

Change = tuple[Record | None, Record | None]
"""A record before and after an edit; None where there is none."""


def bucket_of(slot: int, slots: int) -> int:
    return slot * BUCKETS // slots


class StoreDamaged(Exception):
    """A part of what an earlier build has kept is lost; everything has to be made again."""


class BucketJob(NamedTuple):
    """A bucket to fill with what is `wanted`, from the one stored as `before`, if any."""

    lang: str
    number: int
    wanted: Sequence[Wanted]
    before: str
    with_changes: bool


class Filled(NamedTuple):
    """A bucket was stored as `name`; `sizes` are bytes of rows by source."""

    lang: str
    number: int
    name: str
    sizes: dict[str, int]
    changes: list[Change]


@dataclass(frozen=True, slots=True)
class Filler:
    """Fills buckets; analyses only texts that have changed."""

    storage: Storage
    recorder: Recorder

    def fill_all(self, jobs: Sequence[BucketJob]) -> list[Filled]:
        return [self.fill(job) for job in jobs]

    def fill(self, job: BucketJob) -> Filled:
        before = load_bucket(self.storage, job.before)
        records, changes = dict[str, Record](), list[Change]()
        for wanted in job.wanted:
            source = wanted.document.entry.source
            old = before.get(source)
            if old and (old.digest, old.slot) == (wanted.digest, wanted.slot):
                records[source] = old
                continue
            records[source] = self.recorder.make(wanted)
            changes.append((old, records[source]))
        changes += [(old, None) for source, old in before.items() if source not in records]
        name = self.storage.save_version(f"{job.lang}.texts.{job.number:02}", records, Records)
        sizes = {source: len(record.row) for source, record in records.items()}
        return Filled(job.lang, job.number, name, sizes, changes if job.with_changes else [])


def load_bucket(storage: Storage, name: str) -> Mapping[str, Record]:
    """The records of a bucket by source; none without a name. Raises StoreDamaged."""
    if not name:
        return {}
    records = storage.load(name, Records)
    if records is None:
        raise StoreDamaged
    return records
