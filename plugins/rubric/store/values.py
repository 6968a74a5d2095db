"""A cache of function results between builds, for example of search indexes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from rubric.model.memo import MemoResult, MemoTask
from rubric.model.tracking import recording_to
from rubric.store.codec import Invalid, codec_of
from rubric.store.digests import digest_of
from rubric.store.inputs import Digests, Inputs, Record
from rubric.store.recording import Recording
from rubric.store.store import Store, StoreFolder
from rubric.store.workers import run_batches

_FOLDER = "values"

Item = TypeVar("Item")
Result = TypeVar("Result")


class _Stored(NamedTuple):
    """A stored result: its inputs and its encoded value."""

    record: Record
    digests: Digests
    content: bytes


@dataclass(slots=True)
class Values:
    """The cached results of one build; see `rubric.model.memo`."""

    store: Store
    inputs: Inputs
    now: datetime
    workers: int
    _used: set[str] = field(default_factory=set)

    def get(self, tasks: Sequence[MemoTask]) -> list[MemoResult]:
        """Return the result of each task, from the store if all inputs are unchanged."""
        found = [self._load(task) for task in tasks]
        outdated = [place for place, value in enumerate(found) if value is None]
        work = [(place, tasks[place]) for place in outdated]
        for _, made in run_batches(self._compute_all, work, self.workers, 1):
            for place, value, record in made:
                found[place] = value
                record.holds_at(self.now)  # recorded by the clock
        return [value for value in found if value is not None]

    def digest(self, value: object) -> bytes:
        """Return the digest of any value."""
        return self.inputs.of(value)

    def storage(self, name: str) -> StoreFolder:
        """Return the folder of the store for a plugin."""
        return StoreFolder(self.store, name)

    def run(
        self, work: Callable[[Sequence[Item]], Result], items: Sequence[Item], size: int
    ) -> Iterator[Result]:
        """Process batches of `size` items in parallel."""
        return (result for _, result in run_batches(work, items, self.workers, size))

    def drop_unused(self) -> None:
        """Delete results that this build has not requested."""
        for name in self.store.names(_FOLDER):
            if name not in self._used:
                self.store.drop(name)

    def _load(self, task: MemoTask) -> MemoResult | None:
        name = _name_of(task)
        self._used.add(name)
        known = self.store.load(name, codec_of(_Stored))
        if known is None:
            return None
        record, digests, content = known
        is_outdated = any(self.inputs.changes(record, _own(task)))
        if is_outdated or not record.holds_at(self.now) or not self.inputs.are(digests):
            return None
        try:
            return MemoResult(codec_of(task.kind).decode(content), None)
        except Invalid:
            return None

    def _compute_all(
        self, work: Sequence[tuple[int, MemoTask]]
    ) -> list[tuple[int, MemoResult, Record]]:
        return [(place, *self._compute(task)) for place, task in work]

    def _compute(self, task: MemoTask) -> tuple[MemoResult, Record]:
        recording = Recording(self.inputs, _own(task))
        recording.everything()
        with recording_to(recording):
            kept, rest = task.function(*task.arguments)
        record = recording.record()
        content = codec_of(task.kind).encode(kept)
        self.store.save(
            _name_of(task), _Stored(record, recording.digests(), content), codec_of(_Stored)
        )
        return MemoResult(kept, rest), record

    def __repr__(self) -> str:
        return "<Values of a build>"


def _own(task: MemoTask) -> dict[str, Any]:
    return {"function": task.function, "arguments": task.arguments}


def _name_of(task: MemoTask) -> str:
    return f"{_FOLDER}/{digest_of(task.name.encode()).hex()}"
