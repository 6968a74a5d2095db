"""Reads texts; those that an earlier build has parsed are loaded from the store."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, Protocol
from zlib import crc32

from rubric.model.entry import Entry
from rubric.model.errors import BuildFailed
from rubric.model.kinds import Kinds
from rubric.model.tracking import recording_to
from rubric.store.buckets import (
    Bucket,
    Text,
    bucket_codec,
    load_bucket,
    pack_bucket,
)
from rubric.store.codec import Codec
from rubric.store.digests import digest_of
from rubric.store.entry_snapshots import EntrySnapshot, take_snapshot
from rubric.store.fingerprints import Fingerprints
from rubric.store.inputs import Digests, Inputs, holds
from rubric.store.options import Shard
from rubric.store.recording import Recording
from rubric.store.source_files import Files
from rubric.store.store import Store
from rubric.store.stored_html import HtmlBucket, StoredHtml
from rubric.store.workers import Progress, run_batches

_BUCKETS = 64
"""Buckets per language. Texts of a bucket are loaded and saved together."""
_FOLDER = "texts"


class Reading(Protocol):
    """The result of parsing a file; `entry` is None if there are errors."""

    @property
    def entry(self) -> Entry | None: ...


Read = Callable[[str, bytes | OSError], Reading]
"""Parses a file. Arguments: its path, and its bytes or the error if it cannot be read."""


_TextOf = tuple[Text, Digests]
"""A text and its inputs. The index `Text.digests` is set when the bucket is packed."""


class _Job(NamedTuple):
    """A bucket to update: its name, the files that belong to it, and its former content."""

    name: str
    sources: Collection[str]
    before: Bucket | None


class _Filled(NamedTuple):
    """An updated bucket: its encoded content, results with errors, and the files parsed."""

    name: str
    packed: bytes
    lost: list[Reading]
    parsed: set[str]


class ChangedMeanwhile(BuildFailed):
    """A text was changed during the build; some files may have been written already."""

    def __init__(self, message: str) -> None:
        Exception.__init__(self, message)
        self.errors = []


@dataclass(slots=True, repr=False)
class Texts:
    """Reads texts; `parsed` are the files that were not loaded from the store.

    `entries` are snapshots of all entries by `id(entry)`. `shard` selects the buckets to read;
    `done` is called at the end.
    """

    files: Files
    store: Store
    inputs: Inputs
    now: datetime
    kinds: Kinds
    workers: int
    progress: Progress
    shard: Shard
    done: Callable[[], None]
    count: int = 0
    parsed: set[str] = field(default_factory=set)
    entries: dict[int, EntrySnapshot] = field(default_factory=dict)
    _read_file: Read = field(init=False)
    _codec: Codec[Bucket] = field(init=False)
    _reader: bytes = b""
    _fingerprints: Fingerprints = field(default_factory=Fingerprints)
    _known: dict[int, tuple[Digests, bool]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._codec = bucket_codec(self.kinds)

    def read(
        self, sources: Iterable[str], read: Read, max_bytes: int, lost: Callable[[Any], None]
    ) -> Iterator[Entry]:
        """Yield the entries of all files in any order; call `lost` with results without entry.

        Raises the exceptions of `read`.
        """
        self.files.max_bytes, self._read_file = max_bytes, read
        self._reader = self.inputs.fingerprints.of(read)
        there = {n for n in self.store.names(_FOLDER) if self.shard.has_bucket(_number(n))}
        needed: set[str] = set()
        jobs: list[_Job] = []
        for name, own in self._sort(sources).items():
            bucket = load_bucket(self.store, self._codec, name) if name in there else None
            if bucket and bucket.html in there and self._is_whole(bucket, own):
                needed |= {name, bucket.html}
                yield from self._out_of(bucket)
            else:
                jobs.append(_Job(name, own, bucket))
        if jobs:
            self.store.drop_stamp()  # the stamp of the last build assumes unchanged buckets
        for name, bucket in self._filled(jobs, lost):
            needed |= {name, bucket.html}
            yield from self._out_of(bucket)
        for name in there - needed:
            self.store.drop(name)
        self.done()

    def _sort(self, sources: Iterable[str]) -> dict[str, list[str]]:
        """Group the files of this shard by bucket."""
        buckets: dict[str, list[str]] = {}
        for source in sources:
            number = crc32(source.encode()) % _BUCKETS
            if self.shard.has_bucket(number):
                self.count += 1
                buckets.setdefault(_name(source, number), []).append(source)
        return buckets

    def _filled(
        self, jobs: Sequence[_Job], lost: Callable[[Reading], None]
    ) -> Iterator[tuple[str, Bucket]]:
        """Yield updated buckets as workers finish them."""
        count, total = 0, sum(len(job.sources) for job in jobs)
        for _, results in run_batches(self._fill_all, jobs, self.workers, 1):
            for name, packed, failed, parsed in results:
                self.parsed |= parsed
                self.store.write(name, packed)
                bucket = self._codec.decode(packed)
                holds(bucket.since, bucket.until, self.now)  # recorded by the clock
                yield name, bucket
                for reading in failed:
                    lost(reading)
                count += len(bucket.texts) + len(failed)
                self.progress(count, total)

    def _out_of(self, bucket: Bucket) -> Iterator[Entry]:
        self._complete(bucket)
        entries = self.entries
        for entry, fingerprint, *_ in bucket.texts.values():
            entries[id(entry)] = take_snapshot(entry, fingerprint)
            yield entry

    def _complete(self, bucket: Bucket) -> HtmlBucket:
        """Give the entries of a bucket references to their HTML."""
        bodies = HtmlBucket(self.store, bucket.html, self._html)
        for source, text in bucket.texts.items():
            text.entry.html = StoredHtml(bodies, source, text.content)
        return bodies

    def _html(self, source: str, before: bytes) -> str:
        """Parse a text again and return its HTML. Raises ChangedMeanwhile."""
        content = self.files.content(source)
        if isinstance(content, bytes) and digest_of(content) == before:
            with recording_to(None):
                entry = self._read_file(source, content).entry
            if entry and isinstance(entry.html, str):
                return entry.html
        place = f"{self.files.folder.name}/{source}"
        raise ChangedMeanwhile(f"{place} was changed while the site was built. Build it once more.")

    def _is_whole(self, bucket: Bucket, sources: Collection[str]) -> bool:
        """Return whether a bucket contains exactly these files and all inputs are unchanged."""
        texts = bucket.texts
        return (
            bucket.reader == self._reader
            and len(texts) == len(sources)
            and all(map(texts.__contains__, sources))
            and all(map(self._are_unchanged, bucket.digests))
            and holds(bucket.since, bucket.until, self.now)
            and all(self.files.has(source, texts[source].content) for source in sources)
        )

    def _are_unchanged(self, digests: Digests) -> bool:
        """Return whether inputs are unchanged. Most texts of a bucket share one tuple of inputs."""
        known = self._known.get(id(digests))
        if known is None:
            known = self._known[id(digests)] = (digests, self.inputs.are(digests))
        return known[1]

    def _fill_all(self, jobs: Sequence[_Job]) -> list[_Filled]:
        return [self._fill(*job) for job in jobs]

    def _fill(self, name: str, sources: Collection[str], before: Bucket | None) -> _Filled:
        texts = self._reusable(before, sources) if before else {}
        lost, parsed = list[Reading](), set(sources) - texts.keys()
        for source in sources:
            if source in parsed:
                reading, text = self._read(source)
                if text:
                    texts[source] = text
                else:
                    lost.append(reading)
        packed = pack_bucket(self.store, self._codec, name, self._reader, texts)
        return _Filled(name, packed, lost, parsed)

    def _reusable(self, bucket: Bucket, sources: Iterable[str]) -> dict[str, _TextOf]:
        """Return the texts to reuse: none if the reader has changed or the HTML is lost."""
        bodies = self._complete(bucket)
        if bucket.reader != self._reader or not bodies.known:
            return {}
        found = ((source, bucket.texts.get(source)) for source in sources)
        texts = {source: (text, bucket.inputs_of(text)) for source, text in found if text}
        return {
            source: (text, digests)
            for source, (text, digests) in texts.items()
            if self._are_unchanged(digests)
            and holds(text.since, text.until, self.now)
            and self.files.has(source, text.content)
        }

    def _read(self, source: str) -> tuple[Reading, _TextOf | None]:
        """Parse a file; there is no text if the file has errors."""
        content = self.files.content(source)
        recording = Recording(self.inputs, {})
        with recording_to(recording):
            reading = self._read_file(source, content)
        if reading.entry is None:
            return reading, None
        assert isinstance(content, bytes)  # otherwise there is no entry
        fingerprint = self._fingerprints.of(reading.entry)
        self._fingerprints.forget()
        *_, since, until = recording.record()
        text = Text(reading.entry, fingerprint, digest_of(content), 0, since, until)
        return reading, (text, recording.digests())


def _name(source: str, number: int) -> str:
    folder, _, name = source.partition("/")
    return f"{_FOLDER}/{folder if name else 'texts'}-{number:02x}"


def _number(name: str) -> int:
    """Return the number in the name of a bucket or its HTML; 0 for other names."""
    try:
        return int(name.rpartition("-")[2].partition(".")[0], 16)
    except ValueError:
        return 0
