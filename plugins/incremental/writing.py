"""What a writer gives to plugins: files that are made if need be, and files that are there."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from plugins.incremental.copying import COPIES, Change, Copying
from plugins.incremental.run import Run
from plugins.incremental.tasks import File, Page, Task
from plugins.model.errors import BuildFailed, SiteError


class AddressTaken(BuildFailed):
    """Two files on one address; those of texts, pages and feeds are checked before."""

    def __init__(self, address: str) -> None:
        problem = "would be written twice, the second time by a plugin."
        fix = "Change the address there, or leave the plugin out of PLUGINS."
        super().__init__([SiteError(f"/{address}", 0, "", problem, fix)])


class Writing:
    """Takes the files of one run; two on one address are refused."""

    run: Run

    def is_ours(self, address: str) -> bool:
        """Whether a file belongs to this build: another one may have a share of the site."""
        return self.run.options.shard.has(address)

    def add_page(self, address: str, template: str, **values: Any) -> None:
        """Have a page made: a template's name, and the names it has besides the context's."""
        run = self.run
        self._add(Page(address, template, values, run.environment, run.context), address)

    def add_file(
        self, address: str, function: Callable[..., bytes], *arguments: Any, beside: str = ""
    ) -> None:
        """Have a file made: what a function makes of its arguments, and of them alone.

        One that lies `beside` a page goes where that goes.
        """
        self._add(File(address, function, arguments), beside or address)

    def write_bytes(self, address: str, content: bytes) -> None:
        """Write a file whose content is there already."""
        self._refuse_twice(address)
        if self.is_ours(address):
            self.run.output.write(address, content)

    def add_content(self, address: str, content: Callable[[], bytes]) -> None:
        """Have a file whose address names its content: it is made only if it is not there.

        It belongs to this build, whatever share of the site that has.
        """
        self._refuse_twice(address)
        output = self.run.output
        if output.is_intact(address):
            output.keep([address])
        else:
            output.write(address, content())

    def copy_files(self, files: Iterable[tuple[str, Path]], now: int, change: Change) -> None:
        """Have files that are there elsewhere, by address, each with what `change` makes of it.

        `now` is in nanoseconds.
        """
        run = self.run
        copying = Copying(run.output, run.store.load(COPIES) or {}, now, change)
        for address, source in files:
            self._refuse_twice(address)
            if self.is_ours(address):
                copying.copy(address, source)
        if copying.copies != copying.before:
            run.store.save(COPIES, copying.copies)

    def put_off(self, plan: Callable[[], None]) -> None:
        """Have files planned while it is found out which pages are to be made.

        For what takes long; it may add any file, and changes nothing that a page shows.
        """
        self.run.put_off.append(plan)

    def note_beside(self, path: Path) -> None:
        """Tell of a file or folder that a plugin writes outside of the output."""
        self.run.beside.add(path)

    def _add(self, task: Task, place: str) -> None:
        self._refuse_twice(task.address)
        if self.is_ours(place):
            self.run.tasks[task.address] = task

    def _refuse_twice(self, address: str) -> None:
        if address in self.run.taken:
            raise AddressTaken(address)
        self.run.taken.add(address)
