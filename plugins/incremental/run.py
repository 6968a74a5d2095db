"""One build: what it takes from the store, what it makes, and what it leaves there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from blinker import Signal

from plugins.incremental.copying import COPIES, changed_files
from plugins.incremental.explain import Tally, explain
from plugins.incremental.files import Files
from plugins.incremental.fingerprints import Fingerprints
from plugins.incremental.inputs import Inputs
from plugins.incremental.kept import Kept
from plugins.incremental.locking import Lock
from plugins.incremental.making import Maker
from plugins.incremental.options import Options, Shard
from plugins.incremental.output import Output, Stamp, stamp_of
from plugins.incremental.postprocessing import PostProcessing, has_foreign
from plugins.incremental.store import Store
from plugins.incremental.tasks import Page, Task
from plugins.incremental.templates import TellingEnvironment
from plugins.incremental.texts import Texts
from plugins.incremental.values import Values
from plugins.incremental.versions import version_for
from plugins.incremental.workers import Progress
from plugins.model.edition import Edition
from plugins.model.now import Now, Span
from plugins.model.site import Site
from plugins.model.watched import Watched


@dataclass(slots=True)
class Run:
    """One build of a site; `tasks` are the files to be made once all are known, `taken` the
    addresses of these and of all other files. `beside` are files and folders that plugins
    write outside of the output; `put_off` is what they plan when all pages are known.

    `clock` gives seconds; `progress` is told how many texts or files are done.
    """

    context: dict[str, Any]
    store: Store
    environment: TellingEnvironment
    output: Output
    options: Options
    clock: Callable[[], float]
    progress: Progress
    texts: Texts = field(init=False)
    values: Values = field(init=False)
    tasks: dict[str, Task] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    beside: set[Path] = field(default_factory=set)
    put_off: list[Callable[[], None]] = field(default_factory=list)
    is_made: bool = False
    _inputs: Inputs = field(init=False)
    _lock: Lock | None = None
    _is_processed: bool = False
    _kept: Kept = field(default_factory=Kept)
    _next: Kept = field(default_factory=Kept)
    _others: PostProcessing = field(init=False)
    _times: dict[str, float] = field(default_factory=dict)

    @classmethod
    def begin(
        cls,
        context: dict[str, Any],
        options: Options,
        clock: Callable[[], float],
        progress: Progress,
    ) -> Run:
        """A run of the site whose settings the context of templates holds."""
        output = Path(context["OUTPUT_PATH"])
        store = Store.beside(output, version_for(context))
        environment = context["environment"]
        return cls(context, store, environment, Output(output), options, clock, progress)

    @property
    def site(self) -> Site:
        site: Site = self.context["site"]
        return site

    @property
    def span(self) -> Span:
        """When all that was made is right."""
        now = self.site.now
        assert isinstance(now, Now)
        return now.span

    def begin_reading(self, folder: Path) -> None:
        """The site is set up, and no text is read."""
        if self.options.is_clean:
            self.store.forget()
        inputs = Inputs({"site": self.site}, {}, self.environment.source_of)
        self.texts = Texts(
            Files(folder, self.context.get("RUBRIC_UNTOUCHED", frozenset())),
            self.store,
            inputs,
            self.site.now,
            self.options.workers,
            self.progress,
            # A build of a share needs all texts; only who reads for others reads a share.
            self.options.shard if self.options.is_reading else Shard(),
            self._end_reading,
        )
        self.context["texts"] = self.texts
        self.context["changed_files"] = partial(changed_files, self.store.load(COPIES) or {})
        self._times["reading"] = self.clock()

    def _end_reading(self) -> None:
        """Stop if the store was all that was wanted. Raises SystemExit."""
        if not self.options.is_reading:
            return
        self.site.errors.raise_if_any()
        count, parsed = self.texts.count, len(self.texts.parsed)
        print(f"Texts: {count:,} read, {parsed:,} of them parsed.")
        raise SystemExit

    def begin_linking(self) -> None:
        self._times["linking"] = self.clock()

    def begin_writing(self) -> None:
        """Nothing is wrong with the site.

        From here on the output and what is known of it belong to this build alone.
        """
        self._times["planning"] = self.clock()
        self._lock = Lock(self.store.folder)
        self.store.unseal()
        self._kept = Kept.load(self.store)
        stamps = self._kept.stamps()
        self._others = PostProcessing.begin(self.store, self.output, stamps)
        self.output.begin(stamps)
        known = Fingerprints(self.texts.entries)
        self._inputs = Inputs(self._watched(), self.context, self.environment.source_of, known)
        self.values = Values(self.store, self._inputs, self.site.now, self.options.workers)
        self.context["values"] = self.values

    def make(self, *, is_processed: bool = False) -> Iterator[str]:
        """Make what is stale; yields what there is to tell.

        If other plugins process the files afterwards (`is_processed`), `end` is to be called
        when they have.
        """
        self._times["making"] = self.clock()
        now, workers = self.site.now, self.options.workers
        maker = Maker(self.tasks, self._inputs, self.output, self._kept, now, workers)
        if self.options.why:
            self._plan()
            yield from explain(maker, self.options.why, self.texts.parsed, self.site.content)
        maker.run(self.progress, self._plan)
        removed = self.output.remove_vanished()
        maker.make_again(self._others.restore({*maker.made_now()}))
        self._next, self.is_made = maker.keep_for_next(), True
        if is_processed:
            self._others.keep_originals(maker.made_now())
            self._is_processed = True
        else:
            self._others.forget()
            self._end()
        yield str(self._tally(maker, len(set(removed) - self._others.before.keys())))

    def announce(self, written: Signal) -> None:
        """Send Pelican's signal for each page, if plugins from elsewhere receive it."""
        if not has_foreign(written):
            return
        for task in self.tasks.values():
            if isinstance(task, Page):
                path = str(self.output.root / task.address)
                written.send(path, context={**self.context, **task.own})

    def end(self) -> None:
        """All plugins have processed the files, if they do."""
        if self._is_processed:
            self._others.end(self._next)
            self._end()

    def _end(self) -> None:
        self._next.save(self.store, self._kept)
        self.values.drop_unused()
        self.output.end()
        self.close()

    def close(self) -> None:
        """Let another process build, however this build ended."""
        if self._lock:
            self._lock.release()
            self._lock = None

    def _plan(self) -> None:
        """Do what was put off."""
        while self.put_off:
            self.put_off.pop(0)()

    def left(self) -> dict[str, Stamp]:
        """How every file was left, by path; the list of them is one, too."""
        tops = (self.output.manifest, *self.beside)
        paths = (inner for path in tops for inner in (path, *path.rglob("*")))
        stamps = {str(path): stamp_of(str(path)) for path in paths}
        beside = {path: stamp for path, stamp in stamps.items() if stamp}
        return beside | {f"{self.output.root}/{a}": s for a, s in self.output.written.items()}

    def _tally(self, maker: Maker, removed: int) -> Tally:
        times = [*self._times.values(), self.clock()]
        return Tally(
            read=self.texts.count,
            parsed=len(self.texts.parsed),
            files=len(self.output.written),
            rendered=maker.made,
            written=len(self.output.changed),
            removed=removed,
            seconds={
                stage: end - start
                for stage, start, end in zip(self._times, times, times[1:], strict=False)
            },
        )

    def _watched(self) -> dict[str, Watched]:
        editions: Iterable[Edition] = self.context.get("editions", {}).values()
        found: list[Watched] = [self.site, self.site.claims]
        for edition in editions:
            pages = (edition.tags, edition.authors, edition.places)
            found += [edition, *(page for each in pages for page in each.values())]
        return {each.watch_key: each for each in found}

    def __repr__(self) -> str:
        return f"<Run of {self.site!r}>"
