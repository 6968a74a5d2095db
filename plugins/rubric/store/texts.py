"""Reads texts: what an earlier build has read of the same bytes is taken from the store."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
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
    StoredBucket,
    Text,
    bucket_codec,
    fill_bucket,
    load_bucket,
    read_bucket,
)
from rubric.store.codec import Codec
from rubric.store.digests import digest_of
from rubric.store.entry_snapshots import EntrySnapshot, take_snapshot
from rubric.store.files import Files
from rubric.store.fingerprints import Fingerprints
from rubric.store.inputs import Digests, Inputs, holds
from rubric.store.options import Shard
from rubric.store.recording import Recording
from rubric.store.store import Store
from rubric.store.stored_html import HtmlBucket, StoredHtml
from rubric.store.workers import Progress, run_batches

_BUCKETS = 64
"""How many each language has: what lies together is read together, and stays so in memory."""
_FOLDER = "texts"


class Reading(Protocol):
    """What became of a file; it has no entry where it has mistakes."""

    @property
    def entry(self) -> Entry | None: ...


Read = Callable[[str, bytes | OSError], Reading]
"""What becomes of a file's path and bytes, or of the reason why it has none."""


class _Job(NamedTuple):
    """A bucket of the store, the files that belong in it, and what it was before."""

    name: str
    sources: Collection[str]
    before: Bucket | None


class _Filled(NamedTuple):
    """A bucket as it is to be, packed; what has mistakes; what was read anew."""

    name: str
    packed: bytes
    lost: list[Reading]
    parsed: set[str]


class ChangedMeanwhile(BuildFailed):
    """A file isn't any more what it was when this build read it; some may be written by now."""

    def __init__(self, told: str) -> None:
        Exception.__init__(self, told)
        self.errors = []


@dataclass(slots=True, repr=False)
class Texts:
    """Reads the texts of files; `parsed` are those that no earlier build had read.

    `entries` are those that were read, by id, as they were before anybody had them. `shard` tells
    which buckets are this build's to read; `done` is called at the end.
    """

    files: Files
    store: Store
    inputs: Inputs
    now: datetime
    kinds: Kinds
    workers: int
    told: Progress
    shard: Shard
    done: Callable[[], None]
    count: int = 0
    parsed: set[str] = field(default_factory=set)
    entries: dict[int, EntrySnapshot] = field(default_factory=dict)
    _read_file: Read = field(init=False)
    _codec: Codec[StoredBucket] = field(init=False)
    _reader: bytes = b""
    _fingerprints: Fingerprints = field(default_factory=Fingerprints)
    _known: dict[int, tuple[Digests, bool]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._codec = bucket_codec(self.kinds)

    def read(
        self, sources: Iterable[str], read: Read, max_bytes: int, lost: Callable[[Any], None]
    ) -> Iterator[Entry]:
        """Every file's entry, in no order; what has none is told to `lost`.

        Raises what `read` raises.
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
            self.store.unseal()  # the seal covers buckets that are not read
        for name, bucket in self._filled(jobs, lost):
            needed |= {name, bucket.html}
            yield from self._out_of(bucket)
        for name in there - needed:
            self.store.drop(name)
        self.done()

    def _sort(self, sources: Iterable[str]) -> dict[str, list[str]]:
        """The files of this build by the buckets they belong in."""
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
        """Buckets with what is read anew, as they come."""
        count, total = 0, sum(len(job.sources) for job in jobs)
        for _, results in run_batches(self._fill_all, jobs, self.workers, 1):
            for name, packed, failed, parsed in results:
                self.parsed |= parsed
                self.store.write(name, packed)
                bucket = read_bucket(self._codec, packed)
                holds(bucket.since, bucket.until, self.now)  # which the clock hears
                yield name, bucket
                for reading in failed:
                    lost(reading)
                count += len(bucket.texts) + len(failed)
                self.told(count, total)

    def _out_of(self, bucket: Bucket) -> Iterator[Entry]:
        self._complete(bucket)
        entries = self.entries
        for entry, fingerprint, *_ in bucket.texts.values():
            entries[id(entry)] = take_snapshot(entry, fingerprint)
            yield entry

    def _complete(self, bucket: Bucket) -> HtmlBucket:
        """Put the HTML of a bucket's texts at hand."""
        bodies = HtmlBucket(self.store, bucket.html, self._html)
        for source, text in bucket.texts.items():
            text.entry.html = StoredHtml(bodies, source, text.content)
        return bodies

    def _html(self, source: str, before: bytes) -> str:
        """The HTML of a text that was read, by reading it once more. Raises ChangedMeanwhile."""
        content = self.files.content(source)
        if isinstance(content, bytes) and digest_of(content) == before:
            with recording_to(None):
                entry = self._read_file(source, content).entry
            if entry and isinstance(entry.html, str):
                return entry.html
        place = f"{self.files.folder.name}/{source}"
        raise ChangedMeanwhile(f"{place} was changed while the site was built. Build it once more.")

    def _is_whole(self, bucket: Bucket, sources: Collection[str]) -> bool:
        """Whether a bucket has what was read of these files, as it would be read now."""
        texts = bucket.texts
        return (
            bucket.reader == self._reader
            and len(texts) == len(sources)
            and all(map(texts.__contains__, sources))
            and all(map(self._are, bucket.digests))
            and holds(bucket.since, bucket.until, self.now)
            and all(self.files.has(source, texts[source].content) for source in sources)
        )

    def _holds(self, source: str, text: Text) -> bool:
        """Whether a text was read of the bytes that the file has now, and all else is the same."""
        return (
            self._are(text.digests)
            and holds(text.since, text.until, self.now)
            and self.files.has(source, text.content)
        )

    def _are(self, digests: Digests) -> bool:
        """Whether inputs are still so; most texts of a bucket share one list of them."""
        known = self._known.get(id(digests))
        if known is None:
            known = self._known[id(digests)] = (digests, self.inputs.are(digests))
        return known[1]

    def _fill_all(self, jobs: Sequence[_Job]) -> list[_Filled]:
        return [self._fill(*job) for job in jobs]

    def _fill(self, name: str, sources: Collection[str], before: Bucket | None) -> _Filled:
        texts, lost, parsed = dict[str, Text](), list[Reading](), set[str]()
        kept = self._kept(before) if before else {}
        for source in sources:
            known = kept.get(source)
            if known and self._holds(source, known):
                texts[source] = known
                continue
            parsed.add(source)
            reading = self._read(source)
            if isinstance(reading, Text):
                texts[source] = reading
            else:
                lost.append(reading)
        packed = fill_bucket(self.store, self._codec, name, self._reader, texts)
        return _Filled(name, packed, lost, parsed)

    def _kept(self, bucket: Bucket) -> Mapping[str, Text]:
        """The texts of a bucket that can be kept: none by another reader, or if HTML is lost."""
        bodies = self._complete(bucket)
        return bucket.texts if bucket.reader == self._reader and bodies.known else {}

    def _read(self, source: str) -> Text | Reading:
        """A text, or what became of a file that has mistakes."""
        content = self.files.content(source)
        recording = Recording(self.inputs, {})
        with recording_to(recording):
            reading = self._read_file(source, content)
        if reading.entry is None:
            return reading
        assert isinstance(content, bytes)  # or there was nothing to make an entry of
        fingerprint = self._fingerprints.of(reading.entry)
        self._fingerprints.forget()
        *_, since, until = recording.record()
        digest, inputs = digest_of(content), recording.digests()
        return Text(reading.entry, fingerprint, digest, inputs, since, until)


def _name(source: str, number: int) -> str:
    return f"{_FOLDER}/{source.partition('/')[0]}-{number:02x}"


def _number(name: str) -> int:
    """The number of a bucket, or that beside which something lies; what has none goes with the
    first ones.
    """
    try:
        return int(name.rpartition("-")[2].partition(".")[0], 16)
    except ValueError:
        return 0
