"""The output folder: compares, writes and cleans up."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from rubric.model.errors import BuildFailed, SiteError
from rubric.model.regular import read_regular

Stamp = tuple[int, int]
"""Size in bytes and time of last change in nanoseconds: whether a file is as it was left."""

GONE: Stamp = (-1, -1)
"""The stamp of a file that a plugin has removed after the build wrote it."""

_PARTIAL = ".partial"
_BINARY = getattr(os, "O_BINARY", 0)  # Windows translates line ends without it


@dataclass(slots=True)
class Output:
    """One build's output. Addresses are POSIX paths below `root`.

    `before` is how the last build left its files; `written` is how this one leaves each it
    has, unchanged ones too; `changed` are the addresses whose bytes are new.
    """

    root: Path
    before: Mapping[str, Stamp] = field(default_factory=dict)
    written: dict[str, Stamp] = field(default_factory=dict)
    changed: set[str] = field(default_factory=set)
    is_after_interruption: bool = True
    _folders: set[str] = field(default_factory=set)
    _top: str = field(init=False)
    _listed: frozenset[str] | None = None
    _in_manifest: frozenset[str] = frozenset()
    _notes: BinaryIO | None = None

    def __post_init__(self) -> None:
        self._top = f"{self.root}/"

    @property
    def manifest(self) -> Path:
        """The list of written files; beside the folder, for it names drafts, too."""
        return self.root.parent / f".{self.root.name}.files"

    @property
    def journal(self) -> Path:
        """The files that a build adds, noted before they are written.

        It is there while a build writes, and after one that was killed.
        """
        return self.root.parent / f".{self.root.name}.unfinished"

    def begin(self, before: Mapping[str, Stamp]) -> None:
        """Start to write; `before` is how the last build left its files."""
        self.before = before
        self.earlier()
        self.is_after_interruption = self.journal.exists()
        if self.is_after_interruption:
            for path in self.root.rglob(f".*{_PARTIAL}"):
                path.unlink(missing_ok=True)
        self._notes = self.journal.open("ab", buffering=0)

    def end(self) -> None:
        """Every file is as it is to be."""
        if self._notes:
            self._notes.close()
            self.journal.unlink(missing_ok=True)

    def is_intact(self, address: str) -> bool:
        """Whether a file is there just as the last build left it."""
        before = self.before.get(address)
        return before is not None and before == (stamp_of(self._top + address) or GONE)

    def keep(self, addresses: Iterable[str]) -> None:
        """Have files that are intact."""
        before = self.before
        self.written.update((address, before[address]) for address in addresses)

    def write(self, address: str, content: bytes) -> None:
        """Write a file unless it has these bytes already; readers never see half a file.

        Raises ValueError for an address that leaves the folder.
        """
        path = self._path(address)
        stamp = stamp_of(path)
        if stamp is None or stamp[0] != len(content) or Path(path).read_bytes() != content:
            if self._notes and address not in self.earlier():
                self._notes.write(f"{json.dumps(address)}\n".encode())
            self._replace(path, content)
            stamp = stamp_of(path)
            self.changed.add(address)
        self.written[address] = stamp or (0, 0)

    def restore(self, address: str, content: bytes) -> None:
        """Write a file as it was made; it counts as unchanged."""
        path = self._path(address)
        self._folders.clear()  # plugins may have removed some
        self._replace(path, content)
        self.written[address] = stamp_of(path) or GONE

    def _replace(self, path: str, content: bytes) -> None:
        folder, _, name = path.rpartition("/")
        if folder not in self._folders:
            try:
                os.makedirs(folder, exist_ok=True)  # noqa: PTH103 (for each page: it counts)
            except (FileExistsError, NotADirectoryError):
                self._make_way(Path(path))
                Path(folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        partial = f"{folder}/.{name}{_PARTIAL}"
        file = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | _BINARY, 0o666)
        try:
            try:
                rest = memoryview(content)
                while rest:
                    rest = rest[os.write(file, rest) :]
            finally:
                os.close(file)
            try:
                os.replace(partial, path)
            except IsADirectoryError:
                self._make_way(Path(path))
                os.replace(partial, path)
        except OSError as error:
            with suppress(OSError):
                Path(partial).unlink()
            # os.write names no file, and os.replace the partial one.
            raise OSError(error.errno, error.strerror, path) from error

    def remove_vanished(self) -> list[str]:
        """Remove what the build before wrote and this one didn't; returns the addresses."""
        before = self.earlier()
        if not self.is_after_interruption and before == self._in_manifest == self.written.keys():
            return []
        vanished = sorted(address for address in before - self.written.keys() if address)
        for address in vanished:
            try:
                path = Path(self._path(address))
            except ValueError:
                continue
            if path.is_file():
                path.unlink()
                self._remove_empty(path.parent)
        self.list_files(self.written)
        return vanished

    def list_files(self, addresses: Iterable[str]) -> None:
        """Write the list of files that belong to builds."""
        listing = json.dumps(sorted(addresses), ensure_ascii=False, indent=0).encode()
        if not self.manifest.is_file() or self.manifest.read_bytes() != listing:
            self.root.mkdir(parents=True, exist_ok=True)
            # A full disk leaves the former list, not an empty one.
            self._replace(str(self.manifest), listing)

    def earlier(self) -> frozenset[str]:
        """The files of earlier builds. Raises BuildFailed if nothing lists them any more.

        The store has a list, too, so that a damaged or deleted one does no harm as a rule.
        """
        if self._listed is None:
            lists: list[Iterable[object]] = [self.before]
            if self.manifest.exists():
                listed = _parse(self.manifest)
                if listed is None and not self.before:
                    raise self._unlisted()
                lists.append(listed or [])
                self._in_manifest = frozenset(listed or ())
            if self.journal.exists():
                lists.append(_parse_lines(self.journal))
            found = (address for addresses in lists for address in addresses)
            # The lists are no reason to touch anything outside.
            self._listed = frozenset(
                each for each in found if isinstance(each, str) and not _leads_up(each)
            )
        return self._listed

    def _unlisted(self) -> BuildFailed:
        """Files of deleted texts would stay in the output without notice."""
        return BuildFailed(
            [
                SiteError(
                    self.manifest.name,
                    0,
                    "",
                    "is damaged, so files of deleted texts can't be found.",
                    f"Delete it and the folder {self.root.name}, and build again.",
                )
            ]
        )

    def _make_way(self, path: Path) -> None:
        """A file may become a folder or the other way round, if a build wrote what was there."""
        for parent in path.parents:
            if parent == self.root:
                break
            if parent.is_file() and parent.relative_to(self.root).as_posix() in self.earlier():
                parent.unlink()
        if path.is_dir():
            for address in self.earlier():
                former = self.root / address
                if path in former.parents and former.is_file():
                    former.unlink()
                    self._remove_empty(former.parent)

    def _path(self, address: str) -> str:
        parts = PurePosixPath(address).parts
        if not parts or ".." in parts or parts[0] == "/":
            raise ValueError(f"“{address}” would be written outside the output folder.")
        return self._top + "/".join(parts)

    def _remove_empty(self, folder: Path) -> None:
        while folder != self.root and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent


def _leads_up(address: str) -> bool:
    """Whether an address could be that of a file outside the output folder."""
    return ".." in address and ".." in re.split(r"[/\\]", address)


def _parse(manifest: Path) -> list[str] | None:
    """The list; None if it is damaged."""
    try:
        listed = json.loads(read_regular(manifest))
    except (OSError, ValueError, RecursionError):
        return None
    is_right = isinstance(listed, list) and all(isinstance(name, str) for name in listed)
    return listed if is_right else None


def _parse_lines(journal: Path) -> list[object]:
    """The last line may be half written, and what it names isn't there."""
    lines = []
    for line in journal.read_bytes().splitlines():
        with suppress(ValueError, RecursionError):
            lines.append(json.loads(line))
    return lines


def stamp_of(path: str) -> Stamp | None:
    """None where no file is."""
    try:
        status = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return (status.st_size, status.st_mtime_ns) if stat.S_ISREG(status.st_mode) else None
