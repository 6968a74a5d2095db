"""The output folder: writes changed files and removes obsolete ones."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from rubric.model.errors import BuildFailed, SiteError
from rubric.model.regular import read_regular

Stamp = tuple[int, int]
"""Size in bytes and modification time in nanoseconds, to detect changes of output files."""

GONE: Stamp = (-1, -1)
"""The stamp of a file that a plugin removed after the build had written it."""

_PARTIAL = ".partial"
_BINARY = getattr(os, "O_BINARY", 0)  # Windows translates line ends without it


@dataclass(slots=True)
class Output:
    """The output of one build. Addresses are POSIX paths relative to `root`.

    `before` are the stamps of the last build; `written` are those of this build, including
    unchanged files; `changed` are the addresses of files with new content.
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
    _journal_file: BinaryIO | None = None

    def __post_init__(self) -> None:
        self._top = f"{self.root}/"

    @property
    def manifest(self) -> Path:
        """The list of written files. It is not in the output folder, because it lists drafts."""
        return self.root.parent / f".{self.root.name}.files"

    @property
    def journal(self) -> Path:
        """The list of files that the current build adds; each is listed before it is written.

        It exists while a build is running, and after a build that was killed.
        """
        return self.root.parent / f".{self.root.name}.unfinished"

    def begin(self, before: Mapping[str, Stamp]) -> None:
        """Start writing; `before` are the stamps of the last build."""
        self.before = before
        self.earlier()
        self.is_after_interruption = self.journal.exists()
        if self.is_after_interruption:
            for path in self.root.rglob(f".*{_PARTIAL}"):
                path.unlink(missing_ok=True)
        self._journal_file = self.journal.open("ab", buffering=0)

    def end(self) -> None:
        """End writing: all files are complete."""
        if self._journal_file:
            self._journal_file.close()
            self.journal.unlink(missing_ok=True)

    def is_intact(self, address: str) -> bool:
        """Return whether a file is unchanged since the last build."""
        before = self.before.get(address)
        return before is not None and before == (stamp_of(self._top + address) or GONE)

    def keep(self, addresses: Iterable[str]) -> None:
        """Record files as unchanged."""
        before = self.before
        self.written.update((address, before[address]) for address in addresses)

    def write(self, address: str, content: bytes) -> None:
        """Write a file atomically unless it already has this content.

        Raises ValueError for an address outside the folder.
        """
        path = self._path(address)
        stamp = stamp_of(path)
        if stamp is None or stamp[0] != len(content) or Path(path).read_bytes() != content:
            if self._journal_file and address not in self.earlier():
                self._journal_file.write(f"{json.dumps(address)}\n".encode())
            self._replace(path, content)
            stamp = stamp_of(path)
            self.changed.add(address)
        self.written[address] = stamp or (0, 0)

    def restore(self, address: str, content: bytes) -> None:
        """Write the original content of a file; it counts as unchanged."""
        path = self._path(address)
        self._folders.clear()  # plugins may have removed some
        self._replace(path, content)
        self.written[address] = stamp_of(path) or GONE

    def _replace(self, path: str, content: bytes) -> None:
        folder, _, name = path.rpartition("/")
        folder = folder or "."  # Pelican's own class may leave OUTPUT_PATH relative
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

    def remove_obsolete(self) -> list[str]:
        """Remove files that this build has not written; returns their addresses."""
        before = self.earlier()
        if not self.is_after_interruption and before == self._in_manifest == self.written.keys():
            return []
        obsolete = sorted(address for address in before - self.written.keys() if address)
        for address in obsolete:
            try:
                path = Path(self._path(address))
            except ValueError:
                continue
            if path.is_file():
                path.unlink()
                self._remove_empty(path.parent)
        self.list_files(self.written)
        return obsolete

    def remove_others(self, retained: Collection[str]) -> None:
        """Remove files that no build has written, except for names at the top of the folder."""
        known = self.earlier()
        for place, folders, names in os.walk(self.root, topdown=False):
            folder = Path(place)
            parts = folder.relative_to(self.root).parts
            if parts and parts[0] in retained:
                continue
            links = [name for name in folders if (folder / name).is_symlink()]
            for path in (folder / name for name in (*names, *links)):
                address = path.relative_to(self.root).as_posix()
                if address not in known and address not in retained:
                    path.unlink()
            if parts and not any(folder.iterdir()):
                folder.rmdir()

    def list_files(self, addresses: Iterable[str]) -> None:
        """Write the list of files that belong to builds."""
        listing = json.dumps(sorted(addresses), ensure_ascii=False, indent=0).encode()
        if not self.manifest.is_file() or self.manifest.read_bytes() != listing:
            self.root.mkdir(parents=True, exist_ok=True)
            # Written atomically: if the disk is full, the former list is intact.
            self._replace(str(self.manifest), listing)

    def earlier(self) -> frozenset[str]:
        """Return the files of earlier builds. Raises BuildFailed if all lists are damaged.

        The store also contains a list, so a damaged or deleted manifest usually has no effect.
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
            # Files outside the output folder are never changed, whatever a list contains.
            self._listed = frozenset(
                each for each in found if isinstance(each, str) and not _leads_up(each)
            )
        return self._listed

    def _unlisted(self) -> BuildFailed:
        """Return the error for a damaged list: files of deleted texts could not be removed."""
        return BuildFailed(
            [
                SiteError(
                    self.manifest.name,
                    0,
                    "",
                    "is damaged, so files of deleted texts cannot be found.",
                    f"Delete it and the folder {self.root.name}, and build again.",
                )
            ]
        )

    def _make_way(self, path: Path) -> None:
        """Remove files of earlier builds that prevent writing a file or folder at `path`."""
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
            raise ValueError(f"“{address}” is outside the output folder.")
        return self._top + "/".join(parts)

    def _remove_empty(self, folder: Path) -> None:
        while folder != self.root and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent


def _leads_up(address: str) -> bool:
    """Return whether an address may be outside the output folder."""
    return ".." in address and ".." in re.split(r"[/\\]", address)


def _parse(manifest: Path) -> list[str] | None:
    """Read the list; None if it is damaged."""
    try:
        listed = json.loads(read_regular(manifest))
    except (OSError, ValueError, RecursionError):
        return None
    is_right = isinstance(listed, list) and all(isinstance(name, str) for name in listed)
    return listed if is_right else None


def _parse_lines(journal: Path) -> list[object]:
    """Read the journal. The last line may be incomplete; its file was not written."""
    lines = []
    for line in journal.read_bytes().splitlines():
        with suppress(ValueError, RecursionError):
            lines.append(json.loads(line))
    return lines


def stamp_of(path: str) -> Stamp | None:
    """Return the stamp of a file; None if there is no regular file."""
    try:
        status = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return (status.st_size, status.st_mtime_ns) if stat.S_ISREG(status.st_mode) else None
