"""One build: what it takes from the store, what it makes, and what it leaves there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from blinker import Signal

from rubric.model.edition import Edition
from rubric.model.now import Now, Span
from rubric.model.site import Site
from rubric.model.tracking import Tracked
from rubric.store.build_state import BuildState
from rubric.store.builder import Builder
from rubric.store.copying import changed_files, load_copies
from rubric.store.explain import Tally, explain
from rubric.store.files import Files
from rubric.store.fingerprints import Fingerprints
from rubric.store.inputs import Inputs
from rubric.store.locking import Lock
from rubric.store.options import Options, Shard
from rubric.store.output import Output, Stamp, stamp_of
from rubric.store.postprocessing import PostProcessing
from rubric.store.receivers import has_foreign
from rubric.store.store import Store
from rubric.store.tasks import Page, Task
from rubric.store.templates import TrackingEnvironment
from rubric.store.texts import Texts
from rubric.store.values import Values
from rubric.store.workers import Progress


@dataclass(slots=True)
class Run:
    """The part of a build that the store does: what to read, to make, and to keep.

    `context` are the names that all templates share. `tasks` are the files to be made, `taken`
    the addresses of these and of all other files. `external` are files and folders that passes
    write outside of the output. `untouched` are files that have not changed since the last
    build. `clock` returns seconds; `progress` is called with how many texts or files are done.
    """

    site: Site
    context: Mapping[str, Any]
    untouched: Set[str]
    store: Store
    environment: TrackingEnvironment
    output: Output
    options: Options
    clock: Callable[[], float]
    progress: Progress
    texts: Texts = field(init=False)
    values: Values = field(init=False)
    tasks: dict[str, Task] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    external: set[Path] = field(default_factory=set)
    is_made: bool = False
    _inputs: Inputs = field(init=False)
    _lock: Lock | None = None
    _is_processed: bool = False
    _kept: BuildState = field(default_factory=BuildState)
    _next: BuildState = field(default_factory=BuildState)
    _others: PostProcessing = field(init=False)
    _times: dict[str, float] = field(default_factory=dict)

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
            Files(folder, self.untouched),
            self.store,
            inputs,
            self.site.now,
            self.site.kinds,
            self.options.workers,
            self.progress,
            # A build of a share needs all texts; only who reads for others reads a share.
            self.options.shard if self.options.is_reading else Shard(),
            self._end_reading,
        )
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

    def changed_files(self, files: Iterable[tuple[str, Path]]) -> Iterator[Path]:
        """Those of (address, source) that were not copied as they are now by the last build."""
        return changed_files(load_copies(self.store), files)

    def begin_writing(self, editions: Iterable[Edition]) -> None:
        """Lock the output folder: the site is valid, and will be written."""
        self._times["planning"] = self.clock()
        self._lock = Lock(self.store.folder)
        self.store.unseal()
        self._kept = BuildState.load(self.store)
        stamps = self._kept.stamps()
        self._others = PostProcessing.begin(self.store, self.output, stamps, self._kept.processed)
        self.output.begin(stamps)
        known = Fingerprints(read=self.texts.entries)
        self._inputs = Inputs(
            self._watched(editions), self.context, self.environment.source_of, known
        )
        self.values = Values(self.store, self._inputs, self.site.now, self.options.workers)

    def make(self, *, is_processed: bool = False) -> Iterator[str]:
        """Make what is stale; yields what there is to tell.

        If other plugins process the files afterwards (`is_processed`), `end` is to be called
        when they have.
        """
        self._times["making"] = self.clock()
        now, workers = self.site.now, self.options.workers
        maker = Builder(self.tasks, self._inputs, self.output, self._kept, now, workers)
        if self.options.why:
            yield from explain(maker, self.options.why, self.texts.parsed, self.site.content)
        maker.run(self.progress)
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

    def left(self) -> dict[str, Stamp]:
        """How every file was left, by path; the list of them is one, too."""
        tops = (self.output.manifest, *self.external)
        paths = (inner for path in tops for inner in (path, *path.rglob("*")))
        stamps = {str(path): stamp_of(str(path)) for path in paths}
        beside = {path: stamp for path, stamp in stamps.items() if stamp}
        return beside | {f"{self.output.root}/{a}": s for a, s in self.output.written.items()}

    def _tally(self, maker: Builder, removed: int) -> Tally:
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

    def _watched(self, editions: Iterable[Edition]) -> dict[str, Tracked]:
        found: list[Tracked] = [self.site, self.site.claims]
        for edition in editions:
            pages = (edition.tags, edition.authors, edition.places)
            found += [edition, *(page for each in pages for page in each.values())]
        return {each.tracking_key: each for each in found}

    def __repr__(self) -> str:
        return f"<Run of {self.site!r}>"
