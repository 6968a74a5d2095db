"""The index of all texts of one language, shared by all editions.

It is kept in the store. After an edit, only files with a changed term or row are rewritten.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain

from rubric.model.memo import Storage
from rubric.search.buckets import (
    BucketJob,
    BucketResult,
    Change,
    StoreDamaged,
    bucket_of,
    load_bucket,
)
from rubric.search.chunks import Chunks, chunk_of, count_chunks, make_chunks
from rubric.search.encoding import name_of
from rubric.search.layout import Layout
from rubric.search.records import IndexItem, Record
from rubric.search.shards import Shard, invert, plan_updates, split
from rubric.search.states import ShardState, State

_REBUILD_FRACTION = 8
"""If more than one in this number of texts has changed, the index is rebuilt."""


@dataclass(slots=True)
class LanguageIndex:
    """The index of one language.

    `version` changes with everything that the digests of texts do not cover. `slots` is the
    number of slots. `changed` are the sources of texts that were added, edited, moved or
    removed. `contents` maps the names of files made by this build to their contents.

    Usage: `load`, then build the buckets of `jobs`, then `finish`.
    """

    lang: str
    version: bytes
    slots: int
    items: Mapping[str, IndexItem]
    storage: Storage
    shard_bytes: int
    chunk_bytes: int
    before: State | None = None
    state: State | None = None
    changed: list[str] = field(default_factory=list)
    contents: dict[str, bytes] = field(default_factory=dict)

    def load(self) -> None:
        """Load the state of an earlier build if it is valid."""
        state = self.storage.load(f"{self.lang}.state", State)
        if state and (state.version, state.slots) == (self.version, self.slots):
            self.before = self.state = state
        self._compare()

    def _compare(self) -> None:
        """Set `changed`."""
        known = self._known
        found = [s for s, w in self.items.items() if known.get(s, ())[:2] != (w.digest, w.slot)]
        self.changed = [*found, *(known.keys() - self.items.keys())]

    @property
    def is_small_change(self) -> bool:
        """True if updating files is faster than rebuilding them."""
        return bool(self.before) and len(self.changed) * _REBUILD_FRACTION <= len(self.items)

    def jobs(self) -> Iterator[BucketJob]:
        """Yield the buckets to build."""
        known, buckets, changed = self._known, self._buckets, set(self.changed)
        stale = {bucket_of(known[s][1], self.slots) for s in changed if s in known}
        by_number: dict[int, list[IndexItem]] = {}
        for source, item in self.items.items():
            number = bucket_of(item.slot, self.slots)
            by_number.setdefault(number, []).append(item)
            if source in changed:
                stale.add(number)
        with_changes = self.is_small_change
        for number in sorted(stale):
            bucket_items = by_number.get(number, [])
            before = buckets.get(number, "")
            yield BucketJob(self.lang, number, bucket_items, before, with_changes)

    @property
    def is_changed(self) -> bool:
        return self.before is None or bool(self.changed)

    def reset(self) -> None:
        """Discard the earlier state, so that everything is rebuilt."""
        self.before, self.state, self.contents = None, None, {}
        self._compare()

    def take(self, state: State, contents: Mapping[str, bytes]) -> None:
        """Set the result of `finish`, which may have run in another process."""
        self.state, self.contents = state, dict(contents)

    def finish(self, filled: Sequence[BucketResult]) -> tuple[State, dict[str, bytes]]:
        """Update the index from newly built buckets; returns its state and new files by name.

        Raises StoreDamaged.
        """
        known, buckets = self._known, self._buckets
        sizes: dict[str, int] = {}
        for each in filled:
            sizes.update(each.sizes)
            buckets[each.number] = each.name
            if not each.sizes:
                del buckets[each.number]
        texts = {
            source: (item.digest, item.slot, sizes.get(source) or known[source][2])
            for source, item in self.items.items()
        }
        changes = [change for each in filled for change in each.changes]
        found = self._updated(changes) if self.is_small_change else None
        layout, shards = found or self._all_shards(buckets)
        chunks = self._chunks(texts, buckets, changes)
        state = State(
            self.version,
            self.slots,
            texts,
            buckets,
            (layout.count, layout.deep),
            shards,
            chunks,
        )
        self.storage.save(f"{self.lang}.state", state, State)
        return state, self.contents

    @property
    def _known(self) -> dict[str, tuple[bytes, int, int]]:
        return self.before.texts if self.before else {}

    @property
    def _buckets(self) -> dict[int, str]:
        return dict(self.before.buckets) if self.before else {}

    # Terms -----------------------------------------------------------------------------------

    def _all_shards(self, buckets: Mapping[int, str]) -> tuple[Layout, list[ShardState]]:
        loaded = (load_bucket(self.storage, name) for name in buckets.values())
        whole = invert(chain.from_iterable(bucket.values() for bucket in loaded))
        layout = Layout.fit(whole.sizes(Layout(), 0), self.shard_bytes)
        shards = split(whole, layout)
        return layout, [self._state_of(s, layout, place) for place, s in enumerate(shards)]

    def _updated(self, changes: Sequence[Change]) -> tuple[Layout, list[ShardState]] | None:
        """Return the shards after a small change; None if another layout is needed."""
        assert self.before
        layout, states = Layout(*self.before.layout), list(self.before.shards)
        for place, update in plan_updates(changes, layout).items():
            shard = self._load_shard(states[place])
            update.apply(shard)
            states[place] = self._state_of(shard, layout, place)
        sizes: dict[str, int] = {}
        for state in states:
            for start, size in state.sizes.items():
                sizes[start] = sizes.get(start, 0) + size
        return (layout, states) if Layout.fit(sizes, self.shard_bytes) == layout else None

    def _load_shard(self, state: ShardState) -> Shard:
        shard = self.storage.load(state.stored, Shard)
        if shard is None:
            raise StoreDamaged
        return shard

    def _state_of(self, shard: Shard, layout: Layout, place: int) -> ShardState:
        stored = self.storage.save_version(f"{self.lang}.terms.{place:04}", shard, Shard)
        name = self._add(shard.dump())
        return ShardState(stored, name, shard.sizes(layout, place), shard.characters())

    # Rows ------------------------------------------------------------------------------------

    def _chunks(
        self,
        texts: Mapping[str, tuple[bytes, int, int]],
        buckets: Mapping[int, str],
        changes: Sequence[Change],
    ) -> Chunks:
        """Write the chunks with changed rows; names of other chunks are known."""
        count = count_chunks((size for _, _, size in texts.values()), self.chunk_bytes, self.slots)
        used = {chunk_of(slot, count, self.slots) for _, slot, _ in texts.values()}
        known: dict[int, str] = {}
        if self.is_small_change and self.before and self.before.chunks.limit == count:
            slots = {record.slot for pair in changes for record in pair if record}
            stale = {chunk_of(slot, count, self.slots) for slot in slots}
            names = self.before.chunks.names
            known = {number: name for number, name in names.items() if number not in stale}
        made = make_chunks(used - known.keys(), count, self.slots, self._reading(buckets))
        return Chunks(count, {n: known.get(n) or self._add(made[n]) for n in sorted(used)})

    def _reading(self, buckets: Mapping[int, str]) -> dict[int, Callable[[], Mapping[str, Record]]]:
        """Return a function for each bucket that loads it."""
        return {n: partial(load_bucket, self.storage, name) for n, name in buckets.items()}

    # Files -----------------------------------------------------------------------------------

    def _add(self, content: bytes) -> str:
        name = name_of(self.lang, content)
        self.contents[name] = content
        return name

    @property
    def stored(self) -> set[str]:
        """Names in the store that are still needed."""
        assert self.state
        shards = {shard.stored for shard in self.state.shards}
        return {f"{self.lang}.state", *self.state.buckets.values(), *shards}

    def names(self) -> set[str]:
        """Return the names of all files of the index."""
        assert self.state
        return {shard.name for shard in self.state.shards} | set(self.state.chunks.names.values())

    def content(self, name: str) -> bytes:
        """Return the content of a file. Raises StoreDamaged."""
        if name not in self.contents:
            self._restore(name)
        return self.contents[name]

    def _restore(self, name: str) -> None:
        """Recreate a file that was changed or deleted in the output folder."""
        assert self.state
        for shard in self.state.shards:
            if shard.name == name:
                self._add(self._load_shard(shard).dump())
        chunks = self.state.chunks
        numbers = {number for number, chunk in chunks.names.items() if chunk == name}
        buckets = self._reading(self.state.buckets)
        for content in make_chunks(numbers, chunks.limit, self.slots, buckets).values():
            self._add(content)
        if name not in self.contents:
            raise StoreDamaged
