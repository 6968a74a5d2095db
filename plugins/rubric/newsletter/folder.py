"""A folder that holds what is put there, and nothing that was put there before."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath


def fill(folder: Path, files: Mapping[str, bytes]) -> None:
    """Have these files, by POSIX paths below a folder, and none of those that earlier calls
    wrote there.

    Files that are the same keep their time; what nobody wrote by this is left alone. The list
    of written files stands beside the folder, as long as there are any.
    """
    listing = list_of(folder)
    before = _read(listing)
    if before != files.keys():
        # Whenever this is interrupted, all that is there is listed.
        _write_list(listing, before | files.keys())
    for name in sorted(before - files.keys()):
        _remove(folder, name)
    for name, data in files.items():
        _write(folder / name, data)
    if before != files.keys():
        _write_list(listing, files.keys())


def list_of(folder: Path) -> Path:
    """Where the list of written files stands."""
    return folder.with_name(f".{folder.name}.files")


def _read(listing: Path) -> set[str]:
    with suppress(OSError, ValueError):
        listed = json.loads(listing.read_bytes())
        if isinstance(listed, list):
            return {name for name in listed if isinstance(name, str)}
    return set()


def _write_list(listing: Path, names: Collection[str]) -> None:
    if names:
        _write(listing, json.dumps(sorted(names), ensure_ascii=False, indent=0).encode())
    else:
        listing.unlink(missing_ok=True)


def _write(path: Path, data: bytes) -> None:
    if not path.is_file() or path.read_bytes() != data:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = _partial(path)
        partial.write_bytes(data)
        partial.replace(path)


def _partial(path: Path) -> Path:
    return path.with_name(f".{path.name}.partial")


def _remove(folder: Path, name: str) -> None:
    """Remove a file and the folders that it leaves empty; a list is no reason to go outside."""
    parts, path = PurePosixPath(name).parts, folder / name
    if ".." in parts or not path.parent.resolve().is_relative_to(folder.resolve()):
        return
    for file in (path, _partial(path)):
        if file.is_file():
            file.unlink()
    for parent in path.parents:
        if not parent.is_relative_to(folder) or not parent.is_dir() or any(parent.iterdir()):
            return
        parent.rmdir()
