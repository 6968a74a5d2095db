"""The part of a build that uses the store: reading texts, building files, saving results."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from blinker import Signal

from rubric.model.edition import Edition
from rubric.model.now import Now, Span
from rubric.model.site import Site
from rubric.model.tracking import Tracked
from rubric.store.build_state import BuildState
from rubric.store.builder import Builder
from rubric.store.copying import changed_files, load_copies
from rubric.store.explain import Summary, explain
from rubric.store.file_facts import facts_of_files
from rubric.store.fingerprints import Descriptions, Fingerprints
from rubric.store.inputs import Inputs
from rubric.store.locking import Lock
from rubric.store.options import Options, Shard
from rubric.store.output import Output, Stamp, stamp_of
from rubric.store.postprocessing import PostProcessing
from rubric.store.receivers import has_foreign
from rubric.store.source_files import Files
from rubric.store.store import Store
from rubric.store.tasks import Page, Task
from rubric.store.templates import RecordingEnvironment
from rubric.store.texts import Texts
from rubric.store.values import Values
from rubric.store.workers import Progress

logger = logging.getLogger(__name__)

Facts = TypeVar("Facts")


@dataclass(slots=True)
class Run:
    """The state of one build that concerns the store.

    `context` contains the names that all templates share. `tasks` are the files to build; `taken`
    are their addresses and those of all other files. `external` are files and folders that passes
    write outside of the output. `untouched` are files that have not changed since the last
    build. `clock` returns seconds; `progress` gets the number of finished texts or files.
    """

    site: Site
    context: Mapping[str, Any]
    untouched: Set[str]
    store: Store
    environment: RecordingEnvironment
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
    _state: BuildState = field(default_factory=BuildState)
    _next: BuildState = field(default_factory=BuildState)
    _others: PostProcessing = field(init=False)
    _times: dict[str, float] = field(default_factory=dict)

    @property
    def span(self) -> Span:
        """The time span in which the result of this build is valid."""
        now = self.site.now
        assert isinstance(now, Now)
        return now.span

    def begin_reading(self, folder: Path) -> None:
        """Prepare reading of texts from a folder."""
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
            # A build of one shard needs all texts; only `is_reading` reads those of its shard.
            self.options.shard if self.options.is_reading else Shard(),
            self._end_reading,
        )
        self._times["reading"] = self.clock()

    def _end_reading(self) -> None:
        """End the process if texts are only to be read into the store. Raises SystemExit."""
        if not self.options.is_reading:
            return
        self.site.errors.raise_if_any()
        count, parsed = self.texts.count, len(self.texts.parsed)
        print(f"Texts: {count:,} read, {parsed:,} of them parsed.")
        raise SystemExit

    def begin_linking(self) -> None:
        self._times["linking"] = self.clock()

    def changed_files(self, files: Iterable[tuple[str, Path]]) -> Iterator[Path]:
        """Yield the sources of (address, source) that have changed since the last build."""
        return changed_files(load_copies(self.store), files)

    def file_facts(
        self,
        name: str,
        kind: type[Facts],
        inspect: Callable[[Path], Facts],
        paths: Sequence[Path],
        now: int,
    ) -> dict[Path, Facts]:
        """Return facts of files; only new and changed files are read (rubric.store.file_facts)."""
        workers = self.options.workers
        return facts_of_files(self.store, name, kind, inspect, paths, now, workers)

    def begin_writing(self, editions: Iterable[Edition], descriptions: Descriptions) -> None:
        """Lock the output folder: the site is valid, and will be written.

        `descriptions` are for the fingerprints of Pelican's objects.
        """
        self._times["planning"] = self.clock()
        self._lock = Lock(self.store.folder)
        self.store.drop_stamp()
        self._state = BuildState.load(self.store)
        stamps = self._state.stamps()
        self._others = PostProcessing.begin(self.store, self.output, stamps, self._state.processed)
        self.output.begin(stamps)
        if self.options.is_cleared:
            self.output.remove_others(self.options.retained)
        known = Fingerprints(snapshots=self.texts.entries, descriptions=descriptions)
        self._inputs = Inputs(
            self._tracked(editions), self.context, self.environment.source_of, known
        )
        self.values = Values(self.store, self._inputs, self.site.now, self.options.workers)

    def make(self, *, is_processed: bool = False) -> Iterator[str]:
        """Build outdated files; yields lines for the user.

        If other plugins process the files afterwards (`is_processed`), call `end` after them.
        """
        self._times["making"] = self.clock()
        now, workers = self.site.now, self.options.workers
        builder = Builder(self.tasks, self._inputs, self.output, self._state, now, workers)
        if self.options.why:
            yield from explain(builder, self.options.why, self.texts.parsed, self.site.content)
        builder.run(self.progress)
        removed = self.output.remove_obsolete()
        self._log(removed)
        builder.build_again(self._others.restore({*builder.built_now()}))
        self._next, self.is_made = builder.next_state(), True
        if is_processed:
            self._others.keep_originals(builder.built_now())
            self._is_processed = True
        else:
            self._others.forget()
            self._end()
        yield str(self._summary(builder, len(set(removed) - self._others.before.keys())))

    def _log(self, removed: Iterable[str]) -> None:
        """Log the texts that were parsed and the files that were changed, for `--verbose`."""
        if not logger.isEnabledFor(logging.INFO):
            return
        for action, names in (
            ("Parsed", self.texts.parsed),
            ("Wrote", self.output.changed),
            ("Removed", removed),
        ):
            for name in sorted(names):
                logger.info("%s %s", action, name)

    def announce(self, page_written: Signal, feed_written: Signal) -> None:
        """Send Pelican's signal for each page and feed, if third-party plugins receive it."""
        are_pages_sent, are_feeds_sent = has_foreign(page_written), has_foreign(feed_written)
        if not (are_pages_sent or are_feeds_sent):
            return
        for task in self.tasks.values():
            path = str(self.output.root / task.address)
            if are_pages_sent and isinstance(task, Page):
                page_written.send(path, context={**self.context, **task.own})
            elif are_feeds_sent and task.address.endswith((".rss.xml", ".atom.xml")):
                feed_written.send(path, context=self.context, feed=None)

    def end(self) -> None:
        """Save the results after other plugins have processed the files."""
        if self._is_processed:
            self._others.end(self._next)
            self._end()

    def _end(self) -> None:
        self._next.save(self.store)
        self.values.drop_unused()
        self.output.end()
        self.close()

    def close(self) -> None:
        """Release the lock, so that another process can build."""
        if self._lock:
            self._lock.release()
            self._lock = None

    def stamps(self) -> dict[str, Stamp]:
        """Return the stamp of each written file by path, including the list of files."""
        tops = (self.output.manifest, *self.external)
        paths = (inner for path in tops for inner in (path, *path.rglob("*")))
        stamps = {str(path): stamp_of(str(path)) for path in paths}
        beside = {path: stamp for path, stamp in stamps.items() if stamp}
        return beside | {f"{self.output.root}/{a}": s for a, s in self.output.written.items()}

    def _summary(self, builder: Builder, removed: int) -> Summary:
        times = [*self._times.values(), self.clock()]
        return Summary(
            read=self.texts.count,
            parsed=len(self.texts.parsed),
            files=len(self.output.written),
            rendered=builder.built,
            written=len(self.output.changed),
            removed=removed,
            seconds={
                stage: end - start
                for stage, start, end in zip(self._times, times, times[1:], strict=False)
            },
        )

    def _tracked(self, editions: Iterable[Edition]) -> dict[str, Tracked]:
        found: list[Tracked] = [self.site, self.site.claims]
        for edition in editions:
            pages = (edition.tags, edition.authors, edition.places)
            found += [edition, *(page for each in pages for page in each.values())]
        return {each.tracking_key: each for each in found}

    def __repr__(self) -> str:
        return f"<Run of {self.site!r}>"
