"""The output folder: compares, writes and cleans up."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath


@dataclass(slots=True)
class Output:
    """One build's output; `written` holds every address this build has.

    Addresses are POSIX paths below `root`. Raises ValueError for one that leaves it.
    """

    root: Path
    written: set[str] = field(default_factory=set)
    changed: int = 0

    @property
    def manifest(self) -> Path:
        """The list of written files; beside the folder, for it names drafts, too."""
        return self.root.parent / f".{self.root.name}.files"

    def write(self, address: str, content: bytes) -> None:
        """Write a file unless it has these bytes already; readers never see half a file."""
        path = self._path(address)
        self.written.add(address)
        try:
            if path.stat().st_size == len(content) and path.read_bytes() == content:
                return
        except (FileNotFoundError, NotADirectoryError):
            pass
        self._make_way(path)
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f".{path.name}.partial")
        partial.write_bytes(content)
        os.replace(partial, path)
        self.changed += 1

    def remove_vanished(self) -> list[str]:
        """Remove what the build before wrote and this one didn't; returns the addresses."""
        manifest = self.manifest
        vanished = sorted(address for address in self._before() - self.written if address)
        for address in vanished:
            try:
                path = self._path(address)
            except ValueError:
                continue  # the list is no reason to delete anything outside
            if path.is_file():
                path.unlink()
                self._remove_empty(path.parent)
        listing = json.dumps(sorted(self.written), ensure_ascii=False, indent=0).encode()
        if not manifest.is_file() or manifest.read_bytes() != listing:
            self.root.mkdir(parents=True, exist_ok=True)
            manifest.write_bytes(listing)
        return vanished

    def _before(self) -> set[str]:
        try:
            before = json.loads(self.manifest.read_bytes())
        except (FileNotFoundError, ValueError):
            return set()
        return {address for address in before if isinstance(address, str)}

    def _make_way(self, path: Path) -> None:
        """A file may become a folder or the other way round, if a build wrote what was there."""
        for parent in path.parents:
            if parent == self.root:
                break
            if parent.is_file() and parent.relative_to(self.root).as_posix() in self._before():
                parent.unlink()
        if path.is_dir():
            for address in self._before():
                former = self.root / address
                if path in former.parents and former.is_file():
                    former.unlink()
                    self._remove_empty(former.parent)

    def _path(self, address: str) -> Path:
        parts = PurePosixPath(address).parts
        if not parts or ".." in parts or PurePosixPath(address).is_absolute():
            raise ValueError(f"“{address}” would be written outside the output folder.")
        return self.root.joinpath(*parts)

    def _remove_empty(self, folder: Path) -> None:
        while folder != self.root and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent
