"""Builds the files of a site whose inputs have changed since the last build."""

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
_MIN_TO_BUILD_IN_PARALLEL = 40
"""For fewer files, starting a worker takes longer than building them."""
_MIN_TO_CHECK_IN_PARALLEL = 2000
"""For fewer files, starting a worker takes longer than checking whether they are up to date."""
_PARTS = 16
"""Batches per worker when files are checked; more than one, because a worker may start late."""


BuiltFile = tuple[str, Record, tuple[Key, ...], Stamp, bool]
"""Address, own inputs, shared inputs, stamp of the written file, and whether its bytes changed."""


_MISSING_INPUT: tuple[Key, bytes] = (("unknown", "the store", "an input"), b"")
"""Used for an input that is missing in the store; it counts as changed."""


@dataclass(slots=True)
class Builder:
    """Builds the files of `tasks` that are outdated; `built` counts them.

    `state` is what the last build stored about its files. `same` and `changed` are the numbers of
    shared inputs that have already been compared.
    """

    tasks: Mapping[str, Task]
    inputs: Inputs
    output: Output
    state: BuildState
    now: datetime
    workers: int
    records: dict[str, FileRecord] = field(default_factory=dict)
    built: int = 0
    same: set[int] = field(default_factory=set)
    changed: set[int] = field(default_factory=set)
    _numbers: Numbers = field(init=False)
    _unchanged: dict[bytes, bool] = field(default_factory=dict)
    _interned: dict[Any, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._numbers = self.state.numbers()

    def run(self, progress: Progress) -> None:
        """Build all outdated files."""
        outdated = self._outdated()
        workers = self.workers if len(outdated) >= _MIN_TO_BUILD_IN_PARALLEL else 1
        if workers > 1:
            _prepare(outdated)
        for count, made in run_batches(self._build_all, outdated, workers, _BATCH):
            self._take(made)
            self.built += count
            progress(self.built, len(outdated))

    def build_again(self, addresses: Iterable[str]) -> None:
        """Build files that were considered up to date."""
        self._take(self._build_all(self.tasks[address] for address in addresses))

    def built_now(self) -> list[str]:
        """Return the addresses of the files that this build has built."""
        known = self.state.records
        return [a for a, record in self.records.items() if known.get(a) is not record]

    def _take(self, made: Iterable[BuiltFile]) -> None:
        for address, record, shared, stamp, is_new in made:
            self.records[address] = self._file_record(record, self._numbers.pack(shared), stamp)
            self.output.written[address] = stamp
            if is_new:
                self.output.changed.add(address)

    def _outdated(self) -> list[Task]:
        """Return the tasks to run; record the other files as unchanged."""
        if not self.state.records:
            return list(self.tasks.values())
        # Sorted, because files of one edition share inputs, and a worker compares them only once.
        tasks = sorted(self.tasks.values(), key=attrgetter("address"))
        outdated = set[str]()
        workers = self.workers if len(tasks) >= _MIN_TO_CHECK_IN_PARALLEL else 1
        size = -(-len(tasks) // (workers * _PARTS))
        for _, (found, same, changed) in run_batches(self._outdated_of, tasks, workers, size):
            outdated.update(found)
            self.same |= same
            self.changed |= changed
        unchanged, known = self.tasks.keys() - outdated, self.state.records
        self.output.keep(unchanged)
        self.records.update((address, known[address]) for address in unchanged)
        return [task for task in self.tasks.values() if task.address in outdated]

    def _outdated_of(self, tasks: Iterable[Task]) -> tuple[list[str], set[int], set[int]]:
        """Return the addresses of outdated files, and the shared inputs that have been compared."""
        return [t.address for t in tasks if not self._is_up_to_date(t)], self.same, self.changed

    def _are_unchanged(self, shared: bytes) -> bool:
        """Return whether all shared inputs with these numbers are unchanged."""
        is_unchanged = self._unchanged.get(shared)
        if is_unchanged is None:
            numbers = Numbers.unpack(shared)
            for number in numbers:
                if number not in self.same and number not in self.changed:
                    # A damaged store may lack an input.
                    key, before = self.state.inputs.get(number, _MISSING_INPUT)
                    is_same = self.inputs.digest(key) == before
                    (self.same if is_same else self.changed).add(number)
            is_unchanged = self._unchanged[shared] = self.changed.isdisjoint(numbers)
        return is_unchanged

    def _is_up_to_date(self, task: Task) -> bool:
        record = self.state.records.get(task.address)
        return record is not None and next(self._reasons(task, record), None) is None

    def why(self, task: Task) -> list[str]:
        """Return the changed inputs of a file; empty if it is up to date."""
        record = self.state.records.get(task.address)
        if record is None:
            return ["there is no record of an earlier build"]
        return [*self._reasons(task, record)]

    def _reasons(self, task: Task, known: FileRecord) -> Iterator[str]:
        if not self.output.is_intact(task.address):
            yield "the file was changed or deleted outside of the build"
        if task.is_hashed:
            return
        own, (record, shared, _) = task.own, known
        if record.names != tuple(own):
            yield "it has other variables"
        if not record.holds_at(self.now):
            yield "it depends on the current time"
        if not self._are_unchanged(shared):
            changed = self.changed.intersection(Numbers.unpack(shared))
            keys = [self.state.inputs.get(number, _MISSING_INPUT)[0] for number in sorted(changed)]
            yield from (describe(key) for key in keys)
        yield from self.inputs.changes(record, own)

    def _build_all(self, tasks: Iterable[Task]) -> list[BuiltFile]:
        return [self._build(task) for task in tasks]

    def _build(self, task: Task) -> BuiltFile:
        recording = Recording(self.inputs, task.own)
        with recording_to(recording):
            content = task.make(recording)
        self.output.write(task.address, content)
        stamp, is_new = self.output.written[task.address], task.address in self.output.changed
        return task.address, recording.record(), recording.shared, stamp, is_new

    def _file_record(self, record: Record, shared: bytes, stamp: Stamp) -> FileRecord:
        """Return the record of a built file; values that many records have exist only once."""
        intern = self._interned.setdefault
        names = intern(record.names, record.names)
        return FileRecord(record._replace(names=names), intern(shared, shared), stamp)

    def next_state(self) -> BuildState:
        """Return the state to store for the next build."""
        span = Span()
        for record, _, _ in self.records.values():
            span.narrow(record.since, record.until)
        holds(span.since, span.until, self.now)  # recorded by the clock
        lists = {shared for _, shared, _ in self.records.values()}
        used = set(Numbers.unpack(b"".join(lists)))
        inputs: dict[int, tuple[Key, bytes]] = {}
        for key, number in self._numbers.by_key.items():
            if number in used:
                is_same = number in self.same
                digest = self.state.inputs[number][1] if is_same else self.inputs.digest(key)
                inputs[number] = (key, digest)
        written, records = self.output.written, self.records
        others = {a: written[a] for a in written.keys() - records.keys()}
        return BuildState(records, inputs, others)


def _prepare(tasks: Iterable[Task]) -> None:
    """Compile templates before forking. Errors are raised later, when a page is rendered."""
    pages = [task for task in tasks if isinstance(task, Page)]
    for name, page in {page.template: page for page in pages}.items():
        with suppress(TemplateError):
            page.environment.get_template(name)


def describe(key: Key) -> str:
    """Describe an input for `--why`."""
    kind, *where = key
    match kind, where:
        case "name", (name,):
            return f"the name “{name}” of all templates"
        case "template", (name,):
            return f"the template {name}"
        case "item", (owner, name, item):
            return f"“{item}” in {name} of {owner}"
        case "count", (owner, name):
            return f"the number of {name} of {owner}"
        case "any", (owner, name):
            return f"whether {owner} has {name}"
    return f"{where[1]} of {where[0]}"
