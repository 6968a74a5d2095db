"""Makes the files of a site: those whose inputs have changed since the last build."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Any

from jinja2 import TemplateError

from rubric.model.now import Span
from rubric.model.tracking import recording_to
from rubric.store.build_state import BuildState, FileRecord, Numbers
from rubric.store.inputs import Inputs, Key, Record, holds
from rubric.store.output import Output, Stamp
from rubric.store.recording import Recording
from rubric.store.tasks import Page, Task
from rubric.store.workers import Progress, run_batches

_BATCH = 8
_WORTH_FORKING = 40
"""Fewer files than this are made before a worker would have started."""
_WORTH_LOOKING = 2000
"""The same for asking whether files are fresh."""
_PARTS = 16
"""Into how many each worker's share of the asking is split, for one may begin later."""


Made = tuple[str, Record, tuple[Key, ...], Stamp, bool]
"""Address, inputs, those that others have, too, how the file was left, and whether its bytes
are new.
"""


_LOST: tuple[Key, bytes] = (("unknown", "the store", "an input"), b"")
"""Stands for an input that isn't in the store any more; it counts as changed."""


@dataclass(slots=True)
class Builder:
    """Makes those of the files that are stale; `made` counts them.

    `same` are the numbers of shared inputs that are known to be what they were, `changed` of
    those that are not.
    """

    tasks: Mapping[str, Task]
    inputs: Inputs
    output: Output
    kept: BuildState
    now: datetime
    workers: int
    records: dict[str, FileRecord] = field(default_factory=dict)
    made: int = 0
    same: set[int] = field(default_factory=set)
    changed: set[int] = field(default_factory=set)
    _numbers: Numbers = field(init=False)
    _verdicts: dict[bytes, bool] = field(default_factory=dict)
    _alike: dict[Any, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._numbers = self.kept.numbers()

    def run(self, progress: Progress) -> None:
        """Make every file that is stale."""
        stale = self._stale()
        workers = self.workers if len(stale) >= _WORTH_FORKING else 1
        if workers > 1:
            _prepare(stale)
        for count, made in run_batches(self._make_all, stale, workers, _BATCH):
            self._take(made)
            self.made += count
            progress(self.made, len(stale))

    def make_again(self, addresses: Iterable[str]) -> None:
        """Make files that were taken for fresh."""
        self._take(self._make_all(self.tasks[address] for address in addresses))

    def made_now(self) -> list[str]:
        """The addresses of the files that this build has made."""
        known = self.kept.records
        return [a for a, record in self.records.items() if known.get(a) is not record]

    def _take(self, made: Iterable[Made]) -> None:
        for address, record, shared, stamp, is_new in made:
            self.records[address] = self._lean(record, self._numbers.pack(shared), stamp)
            self.output.written[address] = stamp
            if is_new:
                self.output.changed.add(address)

    def _stale(self) -> list[Task]:
        """What is to be made; the rest stays as it is."""
        if not self.kept.records:
            return list(self.tasks.values())
        # Files of one edition share inputs, so they go to one worker as far as that can be.
        tasks = sorted(self.tasks.values(), key=attrgetter("address"))
        stale = set[str]()
        workers = self.workers if len(tasks) >= _WORTH_LOOKING else 1
        size = -(-len(tasks) // (workers * _PARTS))
        for _, (found, same, changed) in run_batches(self._stale_of, tasks, workers, size):
            stale.update(found)
            self.same |= same
            self.changed |= changed
        fresh, kept = self.tasks.keys() - stale, self.kept.records
        self.output.keep(fresh)
        self.records.update((address, kept[address]) for address in fresh)
        return [task for task in self.tasks.values() if task.address in stale]

    def _stale_of(self, tasks: Iterable[Task]) -> tuple[list[str], set[int], set[int]]:
        """Addresses of what is stale, and what was found out of shared inputs."""
        return [t.address for t in tasks if not self._is_fresh(t)], self.same, self.changed

    def _are_same(self, shared: bytes) -> bool:
        """Whether shared inputs are what they were."""
        verdict = self._verdicts.get(shared)
        if verdict is None:
            numbers = Numbers.unpack(shared)
            for number in numbers:
                if number not in self.same and number not in self.changed:
                    # A store that is damaged may lack one.
                    key, before = self.kept.inputs.get(number, _LOST)
                    is_same = self.inputs.digest(key) == before
                    (self.same if is_same else self.changed).add(number)
            verdict = self._verdicts[shared] = self.changed.isdisjoint(numbers)
        return verdict

    def _is_fresh(self, task: Task) -> bool:
        kept = self.kept.records.get(task.address)
        return kept is not None and next(self._reasons(task, kept), None) is None

    def why(self, task: Task) -> list[str]:
        """The inputs that have changed since the file was made; empty if it is fresh."""
        record = self.kept.records.get(task.address)
        if record is None:
            return ["no earlier build has made it, or what was known of it is gone"]
        return [*self._reasons(task, record)]

    def _reasons(self, task: Task, kept: FileRecord) -> Iterator[str]:
        own, (record, shared, _) = task.own, kept
        if record.names != tuple(own):
            yield "it has other names of its own"
        if not record.holds_at(self.now):
            yield "time has passed"
        if not self._are_same(shared):
            changed = self.changed.intersection(Numbers.unpack(shared))
            keys = [self.kept.inputs.get(number, _LOST)[0] for number in sorted(changed)]
            yield from (describe(key) for key in keys)
        yield from self.inputs.changes(record, own)
        if not self.output.is_intact(task.address):
            yield "the file was changed or deleted by somebody else"

    def _make_all(self, tasks: Iterable[Task]) -> list[Made]:
        return [self._make(task) for task in tasks]

    def _make(self, task: Task) -> Made:
        recording = Recording(self.inputs, task.own)
        with recording_to(recording):
            content = task.make(recording)
        self.output.write(task.address, content)
        stamp, is_new = self.output.written[task.address], task.address in self.output.changed
        return task.address, recording.record(), recording.shared, stamp, is_new

    def _lean(self, record: Record, shared: bytes, left: Stamp) -> FileRecord:
        """What many have in common is there once, in memory and in the store."""
        alike = self._alike.setdefault
        names = alike(record.names, record.names)
        return FileRecord(record._replace(names=names), alike(shared, shared), left)

    def keep_for_next(self) -> BuildState:
        """What the next build wants to know."""
        span = Span()
        for record, _, _ in self.records.values():
            span.narrow(record.since, record.until)
        holds(span.since, span.until, self.now)  # which the clock hears, also of what workers made
        lists = {shared for _, shared, _ in self.records.values()}
        used = set(Numbers.unpack(b"".join(lists)))
        inputs: dict[int, tuple[Key, bytes]] = {}
        for key, number in self._numbers.by_key.items():
            if number in used:
                is_same = number in self.same
                digest = self.kept.inputs[number][1] if is_same else self.inputs.digest(key)
                inputs[number] = (key, digest)
        written, records = self.output.written, self.records
        others = {a: written[a] for a in written.keys() - records.keys()}
        return BuildState(records, inputs, others)


def _prepare(tasks: Iterable[Task]) -> None:
    """Have templates compiled, so that not every worker does it; its errors are a page's."""
    pages = [task for task in tasks if isinstance(task, Page)]
    for name, page in {page.template: page for page in pages}.items():
        with suppress(TemplateError):
            page.environment.get_template(name)


def describe(key: Key) -> str:
    """An input in words."""
    kind, *where = key
    match kind, where:
        case "name", (name,):
            return f"the name “{name}” of all templates"
        case "template", (name,):
            return f"the template {name}"
        case "item", (owner, name, item):
            return f"“{item}” in {name} of {owner}"
        case "count", (owner, name):
            return f"how many {name} {owner} has"
        case "any", (owner, name):
            return f"whether {owner} has {name}"
    return f"{where[1]} of {where[0]}"
