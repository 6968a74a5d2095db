"""Makes the files of a site: those whose inputs have changed since the last build."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from jinja2 import TemplateError

from plugins.incremental.inputs import Inputs, Key, Record
from plugins.incremental.kept import Kept
from plugins.incremental.output import Output, Stamp
from plugins.incremental.recording import Recording
from plugins.incremental.templates import TellingEnvironment
from plugins.incremental.workers import Progress, run_batches
from plugins.model.watched import listening

_BATCH = 8
_WORTH_FORKING = 40
"""Fewer files than this are made before a worker would have started."""
_WORTH_LOOKING = 2000
"""The same for asking whether files are fresh."""


class Task(Protocol):
    """One file to be: `own` are the values that belong to it alone, by name."""

    @property
    def address(self) -> str: ...
    @property
    def own(self) -> Mapping[str, Any]: ...
    def make(self, recording: Recording) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Page:
    """A page: a template, with the names that it alone has."""

    address: str
    template: str
    values: Mapping[str, Any]
    environment: TellingEnvironment
    context: Mapping[str, Any]

    @property
    def own(self) -> Mapping[str, Any]:
        return {**self.values, "output_file": self.address, "template_name": self.template}

    def make(self, recording: Recording) -> bytes:
        recording.name("template_name", self.template)
        template = self.environment.get_template(self.template)
        return template.render({**self.context, **recording.own}).encode()


@dataclass(frozen=True, slots=True)
class File:
    """Any other file: what a function makes of its arguments."""

    address: str
    function: Callable[..., bytes]
    arguments: Sequence[Any]

    @property
    def own(self) -> Mapping[str, Any]:
        return {"function": self.function, "arguments": self.arguments}

    def make(self, recording: Recording) -> bytes:
        recording.everything()
        return self.function(*self.arguments)


Made = tuple[str, Record, Stamp, bool]
"""Address, inputs, how the file was left, and whether its bytes are new."""


@dataclass(slots=True)
class Maker:
    """Makes those of the files that are stale; `made` counts them.

    `same` are the shared inputs that are known to be what they were, `changed` those that
    are not.
    """

    tasks: Mapping[str, Task]
    inputs: Inputs
    output: Output
    kept: Kept
    now: datetime
    workers: int
    records: dict[str, Record] = field(default_factory=dict)
    made: int = 0
    same: set[Key] = field(default_factory=set)
    changed: set[Key] = field(default_factory=set)
    _alike: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)

    def run(self, told: Progress) -> None:
        """Make every file that is stale."""
        stale = self._stale()
        workers = self.workers if len(stale) >= _WORTH_FORKING else 1
        if workers > 1:
            _prepare(stale)
        for count, made in run_batches(self._make_all, stale, workers, _BATCH):
            for address, record, stamp, is_new in made:
                self.records[address] = self._lean(record)
                self.output.written[address] = stamp
                if is_new:
                    self.output.changed.add(address)
            self.made += count
            told(self.made, len(stale))

    def _stale(self) -> list[Task]:
        """What is to be made; the rest stays as it is."""
        tasks = list(self.tasks.values())
        if not self.kept.records:
            return tasks
        workers = self.workers if len(tasks) >= _WORTH_LOOKING else 1
        # Files of one edition share inputs, so they go to one worker.
        tasks.sort(key=lambda task: task.address)
        stale: set[str] = set()
        size = -(-len(tasks) // workers)
        for _, (found, same, changed) in run_batches(self._stale_of, tasks, workers, size):
            stale.update(found)
            self.same |= same
            self.changed |= changed
        for address in self.tasks.keys() - stale:
            self.output.keep(address)
            self.records[address] = self.kept.records[address]
        return [task for task in self.tasks.values() if task.address in stale]

    def _stale_of(self, tasks: Iterable[Task]) -> tuple[list[str], set[Key], set[Key]]:
        """Addresses of what is stale, and what was found out of shared inputs."""
        return [t.address for t in tasks if not self._is_fresh(t)], self.same, self.changed

    def _are_same(self, keys: Collection[Key]) -> bool:
        """Whether shared inputs are what they were."""
        if self.same.issuperset(keys):
            return True
        for key in keys:
            if key not in self.same and key not in self.changed:
                is_same = self.inputs.digest(key) == self.kept.digests.get(key)
                (self.same if is_same else self.changed).add(key)
        return self.changed.isdisjoint(keys)

    def _is_fresh(self, task: Task) -> bool:
        record = self.kept.records.get(task.address)
        return record is not None and next(self._reasons(task, record), None) is None

    def why(self, task: Task) -> list[str]:
        """The inputs that have changed since the file was made; empty if it is fresh."""
        record = self.kept.records.get(task.address)
        if record is None:
            return ["no earlier build has made it, or what was known of it is gone"]
        return [*self._reasons(task, record)]

    def _reasons(self, task: Task, record: Record) -> Iterator[str]:
        own = task.own
        if record.names != tuple(sorted(own)):
            yield "it has other names of its own"
        if not record.holds_at(self.now):
            yield "time has passed"
        if not self._are_same(record.shared):
            yield from (describe(key) for key in record.shared if key in self.changed)
        yield from self.inputs.changes(record, own)
        if not self.output.is_intact(task.address):
            yield "the file was changed or deleted by somebody else"

    def _make_all(self, tasks: Iterable[Task]) -> list[Made]:
        return [self._make(task) for task in tasks]

    def _make(self, task: Task) -> Made:
        recording = Recording(self.inputs, task.own)
        with listening(recording):
            content = task.make(recording)
        self.output.write(task.address, content)
        stamp = self.output.written[task.address]
        return task.address, recording.record(), stamp, task.address in self.output.changed

    def _lean(self, record: Record) -> Record:
        """The same record; what many have in common is there once, in memory and in the store."""
        alike = self._alike.setdefault
        shared = tuple(alike(key, key) for key in record.shared)
        return record._replace(names=alike(record.names, record.names), shared=shared)

    def keep_for_next(self) -> Kept:
        """What the next build wants to know."""
        keys: set[Key] = set()
        for record in self.records.values():
            keys.update(record.shared)
            record.holds_at(self.now)  # which the clock hears, also of what a worker has made
        before, same, digest = self.kept.digests, self.same, self.inputs.digest
        digests = {key: before[key] if key in same else digest(key) for key in keys}
        return Kept(self.records, digests, self.output.written)


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
