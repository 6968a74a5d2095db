"""The output folder: compares, writes and cleans up."""

from __future__ import annotations

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

    def write(self, address: str, content: bytes) -> None:
        """Write a file unless it has these bytes already; readers never see half a file."""
        path = self._path(address)
        self.written.add(address)
        try:
            if path.stat().st_size == len(content) and path.read_bytes() == content:
                return
        except (FileNotFoundError, NotADirectoryError):
            pass
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f".{path.name}.partial")
        partial.write_bytes(content)
        os.replace(partial, path)
        self.changed += 1

    def keep(self, address: str) -> None:
        """Count a file that something else wrote as this build's."""
        self.written.add(address)

    def remove_vanished(self) -> list[str]:
        """Remove what the build before wrote and this one didn't; returns the addresses."""
        manifest = self.root / ".rubric-files"
        try:
            before = set(manifest.read_text("utf-8").split("\n"))
        except FileNotFoundError:
            before = set()
        vanished = sorted(address for address in before - self.written if address)
        for address in vanished:
            try:
                path = self._path(address)
            except ValueError:
                continue  # the list is no reason to delete anything outside
            path.unlink(missing_ok=True)
            self._remove_empty(path.parent)
        listing = "\n".join(sorted(self.written)).encode()
        if not manifest.is_file() or manifest.read_bytes() != listing:
            self.root.mkdir(parents=True, exist_ok=True)
            manifest.write_bytes(listing)
        return vanished

    def _path(self, address: str) -> Path:
        parts = PurePosixPath(address).parts
        if not parts or ".." in parts or PurePosixPath(address).is_absolute():
            raise ValueError(f"“{address}” would be written outside the output folder.")
        return self.root.joinpath(*parts)

    def _remove_empty(self, folder: Path) -> None:
        while folder != self.root and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent
