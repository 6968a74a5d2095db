"""The interface with which passes add files to the output."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rubric.model.elements import make_relative
from rubric.model.errors import BuildFailed, SiteError
from rubric.store.copying import Change, Copying, load_copies, save_copies
from rubric.store.run import Run
from rubric.store.tasks import File, Page, Task


class AddressTaken(BuildFailed):
    """A plugin adds a file at an address that another file already has."""

    def __init__(self, address: str) -> None:
        problem = "would be written twice, the second time by a plugin."
        fix = "Change the address in the plugin, or remove the plugin from PLUGINS."
        super().__init__([SiteError(f"/{address}", 0, "", problem, fix)])


@dataclass(frozen=True, slots=True)
class Outputs:
    """Adds files to one build. All methods raise AddressTaken for a second file at an address."""

    run: Run

    def in_shard(self, address: str) -> bool:
        """Return whether this build writes the file; it may build one shard of the site."""
        return self.run.options.shard.has(address)

    def add_page(self, address: str, template: str, **values: Any) -> None:
        """Add a page: its template, and its variables in addition to the shared ones."""
        run = self.run
        base = run.site.base if run.options.is_relative else None
        page = Page(address, template, values, run.environment, run.context, relative_to=base)
        self._add(page)

    def write_page(self, address: str, html: str) -> None:
        """Write a page that is rendered already, unless its bytes are the same."""
        run = self.run
        if run.options.is_relative:
            html = make_relative(html, address, run.site.base)
        self.write_bytes(address, html.encode("utf-8"))

    def add_file(
        self, address: str, function: Callable[..., bytes], *arguments: Any, is_hashed: bool = False
    ) -> None:
        """Add a file whose content a function returns. It may only depend on its arguments.

        If `is_hashed`, the address contains a hash of the arguments: the file of the last build is
        valid, and the arguments are not compared.
        """
        self._add(File(address, function, arguments, is_hashed))

    def write_bytes(self, address: str, content: bytes) -> None:
        """Write a file with this content immediately."""
        self._reserve(address)
        if self.in_shard(address):
            self.run.output.write(address, content)

    def add_content(self, address: str, content: Callable[[], bytes]) -> None:
        """Add a file whose address contains a hash of its content.

        It is written only if it does not exist, and by every shard.
        """
        self._reserve(address)
        output = self.run.output
        if output.is_intact(address):
            output.keep([address])
        else:
            output.write(address, content())

    def copy_files(self, files: Iterable[tuple[str, Path]], now: int, change: Change) -> None:
        """Copy files, given as (address, source); `change` converts their bytes.

        `now` is the time before any file was read, in nanoseconds since the epoch.
        """
        run = self.run
        copying = Copying(run.output, load_copies(run.store), now, change)
        for address, source in files:
            self._reserve(address)
            if self.in_shard(address):
                copying.copy(address, source)
        if copying.copies != copying.before:
            save_copies(run.store, copying.copies)

    def register_external_output(self, path: Path) -> None:
        """Register a file or folder that a pass writes outside of the output."""
        self.run.external.add(path)

    def _add(self, task: Task) -> None:
        self._reserve(task.address)
        if self.in_shard(task.address):
            self.run.tasks[task.address] = task

    def _reserve(self, address: str) -> None:
        if address in self.run.taken:
            raise AddressTaken(address)
        self.run.taken.add(address)
