"""The bench: a site on disk, what was built of it, and what edits may do to both."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.edits.builds import Forge
from tests.edits.site import Site


class NotHere(Exception):
    """The site has nothing that such an edit could change."""


@dataclass(slots=True)
class Bench:
    """A site's folder, with the output of the incremental builds in `built/`.

    `quiet` names files whose change must not show in size or time, `foreign` what somebody
    put into the output, `backed_up` the same of a backup. `is_next_clean` makes the next build
    ignore what earlier ones kept.
    """

    folder: Path
    site: Site
    clean: Forge
    quiet: set[str] = field(default_factory=set)
    foreign: dict[str, bytes] = field(default_factory=dict)
    backed_up: dict[str, bytes] = field(default_factory=dict)
    is_next_clean: bool = False
    _on_disk: dict[str, bytes] = field(default_factory=dict)

    @property
    def content(self) -> Path:
        return self.folder / "content"

    @property
    def settings(self) -> Path:
        return self.folder / "siteconf.py"

    @property
    def output(self) -> Path:
        return self.folder / "built/output"

    def kept(self) -> list[Path]:
        """What builds keep beside the output: the store, and the list of written files."""
        return kept_beside(self.output)

    def kept_files(self) -> list[Path]:
        """Every file of that, sorted."""
        files = [path for top in self.kept() for path in (top, *top.rglob("*")) if path.is_file()]
        return sorted(files)

    def write(self) -> None:
        """Bring the disk to what the site says; files that are the same are not touched."""
        wanted = self.site.on_disk()
        for name in self._on_disk.keys() - wanted.keys():
            (self.folder / name).unlink()
        for name, data in wanted.items():
            if self._on_disk.get(name) == data:
                continue
            path = self.folder / name
            before = path.stat() if name in self.quiet and path.is_file() else None
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            if before:
                os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
        self._on_disk = wanted
        self.quiet.clear()

    def read_back(self, *names: str) -> None:
        """Take files of the content that a task has written into the site."""
        for name in names:
            path = self.content / name
            if path.is_file():
                self.site.files[name] = self._on_disk[f"content/{name}"] = path.read_bytes()


Edit = Callable[[Bench, Random], str]
"""Changes something, and says what; raises NotHere."""


def kept_beside(output: Path) -> list[Path]:
    """What builds keep beside an output folder and is there, whatever its form."""
    return sorted(output.parent.glob(f".{output.name}.*"))


def copy_kept(source: Path, target: Path) -> None:
    """Replace what is kept beside one output folder by what is beside another."""
    for path in kept_beside(target):
        remove(path)
    for path in kept_beside(source):
        name = path.name.removeprefix(f".{source.name}")
        copy(path, target.parent / f".{target.name}{name}")


def copy(source: Path, target: Path) -> None:
    """Copy a file or folder, with its times."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        shutil.copy2(source, target)


def remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def pick(chance: Random, things: list[str]) -> str:
    """One of them, or NotHere if there is none."""
    if not things:
        raise NotHere
    return chance.choice(things)
