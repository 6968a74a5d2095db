"""Values that take long to make, such as an index, kept from build to build."""

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
from rubric.store.storage import Versions
from rubric.store.store import Store
from rubric.store.workers import run_batches

_FOLDER = "values"

Item = TypeVar("Item")
Result = TypeVar("Result")


class _Kept(NamedTuple):
    """What a value was made of, and its bytes."""

    record: Record
    digests: Digests
    content: bytes


@dataclass(slots=True)
class Values:
    """The values of one build."""

    store: Store
    inputs: Inputs
    now: datetime
    workers: int
    _used: set[str] = field(default_factory=set)

    def get(self, jobs: Sequence[MemoTask]) -> list[MemoResult]:
        """Each job's value, from the store if all it was made of is as it was."""
        found = [self._kept(job) for job in jobs]
        stale = [place for place, value in enumerate(found) if value is None]
        work = [(place, jobs[place]) for place in stale]
        for _, made in run_batches(self._make_all, work, self.workers, 1):
            for place, value, record in made:
                found[place] = value
                record.holds_at(self.now)  # which the clock hears, also if a worker has made it
        return [value for value in found if value is not None]

    def digest(self, value: object) -> bytes:
        """The digest of any value as the inputs of things have it."""
        return self.inputs.of(value)

    def storage(self, name: str) -> Versions:
        """A folder of the store for values that a plugin compares itself."""
        return Versions(self.store, name)

    def run(
        self, work: Callable[[Sequence[Item]], Result], items: Sequence[Item], size: int
    ) -> Iterator[Result]:
        """Work on batches in parallel."""
        return (result for _, result in run_batches(work, items, self.workers, size))

    def drop_unused(self) -> None:
        """Forget what this build didn't ask for."""
        for name in self.store.names(_FOLDER):
            if name not in self._used:
                self.store.drop(name)

    def _kept(self, job: MemoTask) -> MemoResult | None:
        name = _place(job)
        self._used.add(name)
        known = self.store.load(name, codec_of(_Kept))
        if known is None:
            return None
        record, digests, content = known
        is_stale = any(self.inputs.changes(record, _own(job)))
        if is_stale or not record.holds_at(self.now) or not self.inputs.are(digests):
            return None
        try:
            return MemoResult(codec_of(job.kind).decode(content), None)
        except Invalid:
            return None

    def _make_all(
        self, work: Sequence[tuple[int, MemoTask]]
    ) -> list[tuple[int, MemoResult, Record]]:
        return [(place, *self._make(job)) for place, job in work]

    def _make(self, job: MemoTask) -> tuple[MemoResult, Record]:
        recording = Recording(self.inputs, _own(job))
        recording.everything()
        with recording_to(recording):
            kept, rest = job.function(*job.arguments)
        record = recording.record()
        content = codec_of(job.kind).encode(kept)
        self.store.save(_place(job), _Kept(record, recording.digests(), content), codec_of(_Kept))
        return MemoResult(kept, rest), record

    def __repr__(self) -> str:
        return "<Values of a build>"


def _own(job: MemoTask) -> dict[str, Any]:
    return {"function": job.function, "arguments": job.arguments}


def _place(job: MemoTask) -> str:
    return f"{_FOLDER}/{digest_of(job.name.encode()).hex()}"
