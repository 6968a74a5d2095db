"""One build: what it takes from the store, what it makes, and what it leaves there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plugins.incremental.inputs import Inputs
from plugins.incremental.locking import Lock
from plugins.incremental.making import Kept, Maker, Task
from plugins.incremental.output import Output
from plugins.incremental.store import Store
from plugins.incremental.templates import TellingEnvironment
from plugins.incremental.texts import Texts
from plugins.model.edition import Edition
from plugins.model.site import Site
from plugins.model.watched import Watched

_MADE = "made"


@dataclass(slots=True)
class Run:
    """One build of a site; `tasks` are the files to be made once all are known."""

    context: Mapping[str, Any]
    store: Store
    environment: TellingEnvironment
    output: Output
    workers: int
    tasks: dict[str, Task] = field(default_factory=dict)
    lock: Lock | None = None
    kept: Kept = field(default_factory=Kept)

    @property
    def site(self) -> Site:
        site: Site = self.context["site"]
        return site

    def texts(self, folder: Path) -> Texts:
        """Reads texts, before anything else of the site is known."""
        inputs = Inputs({"site": self.site}, {}, self.environment.source_of)
        return Texts(folder, self.store, inputs, self.site.now, self.workers)

    def begin_writing(self) -> None:
        """From here on the output and what is known of it belong to this build alone."""
        self.lock = Lock(self.store.folder)
        kept = self.store.load(_MADE)
        self.kept = Kept(*kept) if kept else Kept()
        self.output.before = self.kept.stamps

    def make(self) -> Iterator[tuple[int, Maker]]:
        """Make what is stale; yields how many files are done as it goes on."""
        inputs = Inputs(self._watched(), self.context, self.environment.source_of)
        maker = Maker(inputs, self.output, self.kept, self.site.now, self.workers)
        for count in maker.run(list(self.tasks.values())):
            yield count, maker
        self.output.remove_vanished()
        kept = maker.keep_for_next()
        self.store.save(_MADE, (kept.records, kept.digests, kept.stamps))
        if self.lock:
            self.lock.release()

    def _watched(self) -> dict[str, Watched]:
        editions: Iterable[Edition] = self.context.get("editions", {}).values()
        found: list[Watched] = [self.site]
        for edition in editions:
            pages = (edition.tags, edition.authors, edition.places)
            found += [edition, *(page for each in pages for page in each.values())]
        return {each.watch_key: each for each in found}
