"""Reads texts: what an earlier build has read of the same bytes is taken from the store."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple, Protocol
from zlib import crc32

from plugins.incremental.as_read import AsRead, as_read
from plugins.incremental.digests import digest_of
from plugins.incremental.fingerprints import Fingerprints
from plugins.incremental.inputs import Digests, Inputs, holds
from plugins.incremental.options import Shard
from plugins.incremental.recording import Recording
from plugins.incremental.store import Store, pack, unpack
from plugins.incremental.workers import Progress, run_batches
from plugins.model.entry import Entry
from plugins.model.errors import TooLarge
from plugins.model.watched import listening

_DRAWERS = 64
"""How many each language has: what lies together is read together, and stays so in memory."""
_FOLDER = "texts"


class Reading(Protocol):
    """What became of a file; it has no entry where it has mistakes."""

    @property
    def entry(self) -> Entry | None: ...


class Text(NamedTuple):
    """What was read of one file, and of what: reader, bytes and inputs, by their digests.

    It holds from `since` until before `until`, where either is set; `fingerprint` is that of
    its entry.
    """

    reader: bytes
    content: bytes
    since: datetime | None
    until: datetime | None
    digests: Digests
    value: Reading
    fingerprint: bytes


Read = Callable[[str, bytes | OSError], tuple[Reading, bool]]
"""Makes a value of a file's path and bytes, or of why it has none, and says whether to keep it."""
Drawer = dict[str, Text]
Job = tuple[str, list[str]]
"""A drawer of the store, and the files that belong in it."""


class Filled(NamedTuple):
    """A drawer as it is to be, packed; what isn't to be kept; what was read anew."""

    name: str
    packed: bytes
    lost: list[tuple[str, Reading]]
    parsed: set[str]


@dataclass(slots=True)
class Texts:
    """Reads the files below `folder`; `parsed` are those that no earlier build had read.

    `entries` are those that were read, by id, as they were before anybody had them.

    `untouched` are the paths of files that were not written since texts were last kept.
    `shard` tells which drawers are this build's to read; `done` is called at the end.
    """

    folder: Path
    store: Store
    inputs: Inputs
    now: datetime
    workers: int
    told: Progress
    untouched: Set[str]
    shard: Shard
    done: Callable[[], None]
    max_bytes: int = 0
    count: int = 0
    parsed: set[str] = field(default_factory=set)
    entries: dict[int, AsRead] = field(default_factory=dict)
    _reader: bytes = b""
    _kept: dict[str, Drawer] = field(default_factory=dict)
    _fingerprints: Fingerprints = field(default_factory=Fingerprints)
    _known: dict[int, tuple[Digests, bool]] = field(default_factory=dict)

    def read(
        self, sources: Iterable[str], read: Read, max_bytes: int
    ) -> Iterator[tuple[str, Reading]]:
        """Every file's value, in no order. Raises what `read` raises."""
        self.max_bytes = max_bytes
        self._reader = self.inputs.fingerprints.of(read)
        drawers: dict[str, list[str]] = {}
        for source in sources:
            number = crc32(source.encode()) % _DRAWERS
            if self.shard.has_drawer(number):
                self.count += 1
                drawers.setdefault(_name(source, number), []).append(source)
        stale: list[Job] = []
        for name, own in drawers.items():
            kept: Drawer = self.store.load(name) or {}
            drawer = {s: text for s in own if (text := kept.get(s)) and self._holds(s, text)}
            if len(drawer) < len(own) or len(own) < len(kept):
                self._kept[name] = drawer
                stale.append((name, own))
            else:
                yield from self._out_of(drawer)
        self._make_way(drawers, stale)
        done, total = 0, sum(len(own) for _, own in stale)
        for _, results in run_batches(partial(self._read_all, read), stale, self.workers, 1):
            for name, packed, lost, parsed in results:
                self.parsed |= parsed
                self.store.write(name, packed)
                filled: Drawer = unpack(packed)
                for text in filled.values():
                    holds(text.since, text.until, self.now)  # which the clock hears
                yield from self._out_of(filled)
                yield from lost
                done += len(filled) + len(lost)
                self.told(done, total)
        self._kept.clear()
        self.done()

    def _out_of(self, drawer: Drawer) -> Iterator[tuple[str, Reading]]:
        for source, text in drawer.items():
            if entry := text.value.entry:
                self.entries[id(entry)] = as_read(entry, text.fingerprint)
            yield source, text.value

    def _make_way(self, drawers: Collection[str], stale: Collection[Job]) -> None:
        """Drop drawers that are empty now; what trusts the others unread ends if any changes."""
        if stale:
            self.store.unseal()
        for name in self.store.names(_FOLDER):
            if name not in drawers and self.shard.has_drawer(_number(name)):
                self.store.drop(name)

    def _content(self, source: str) -> bytes | OSError:
        try:
            with (self.folder / source).open("rb", buffering=0) as file:
                size = os.fstat(file.fileno()).st_size
                return file.read() if size <= self.max_bytes else TooLarge(size)
        except OSError as error:
            return error

    def _holds(self, source: str, text: Text) -> bool:
        """Whether a text was read of the bytes that the file has now, and all else is the same."""
        if text.reader != self._reader or not self._are(text.digests):
            return False
        if not holds(text.since, text.until, self.now):
            return False
        if f"{self.folder}/{source}" in self.untouched:
            return True
        content = self._content(source)
        return isinstance(content, bytes) and digest_of(content) == text.content

    def _are(self, digests: Digests) -> bool:
        """Whether inputs are still so; most texts of a drawer share one list of them."""
        known = self._known.get(id(digests))
        if known is None:
            known = self._known[id(digests)] = (digests, self.inputs.are(digests))
        return known[1]

    def _read_all(self, read: Read, jobs: Sequence[Job]) -> list[Filled]:
        return [self._fill(name, sources, read) for name, sources in jobs]

    def _fill(self, name: str, sources: list[str], read: Read) -> Filled:
        drawer, lost, parsed = self._kept.pop(name), [], set()
        alike = {text.digests: text.digests for text in drawer.values()}
        for source in sources:
            if source not in drawer:
                text, keep = self._read(source, read)
                parsed.add(source)
                if keep:
                    digests = alike.setdefault(text.digests, text.digests)
                    drawer[source] = text._replace(digests=digests)
                else:
                    lost.append((source, text.value))
        return Filled(name, pack(drawer), lost, parsed)

    def _read(self, source: str, read: Read) -> tuple[Text, bool]:
        content = self._content(source)
        recording = Recording(self.inputs, {})
        with listening(recording):
            value, keep = read(source, content)
        digest = digest_of(content) if isinstance(content, bytes) else b""
        fingerprint = self._fingerprints.of(value.entry)
        self._fingerprints.forget()
        *_, since, until = recording.record()
        digests = recording.digests()
        return Text(self._reader, digest, since, until, digests, value, fingerprint), keep


def _name(source: str, number: int) -> str:
    return f"{_FOLDER}/{source.partition('/')[0]}-{number:02x}"


def _number(name: str) -> int:
    """The number of a drawer; what is none goes with the first ones."""
    try:
        return int(name.rpartition("-")[2], 16)
    except ValueError:
        return 0
