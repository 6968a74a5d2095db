"""A folder whose files are replaced as a whole by each export."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

from rubric.model.atomic import write_atomically


def sync_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write `files` (POSIX path below the folder → content) and delete files of earlier calls.

    Unchanged files keep their modification time. Files not written by this function are kept.
    The names of written files are stored in a manifest beside the folder; without files, the
    manifest is deleted.
    """
    manifest = manifest_path(folder)
    before = _read(manifest)
    if before != files.keys():
        # If this is interrupted, the manifest contains every file that may exist.
        _write_manifest(manifest, before | files.keys())
    for name in sorted(before - files.keys()):
        _remove(folder, name)
    for name, data in files.items():
        _write(folder / name, data)
    if before != files.keys():
        _write_manifest(manifest, files.keys())


def manifest_path(folder: Path) -> Path:
    """Return the path of the manifest, a JSON list of written files."""
    return folder.with_name(f".{folder.name}.files")


def _read(manifest: Path) -> set[str]:
    with suppress(OSError, ValueError):
        listed = json.loads(manifest.read_bytes())
        if isinstance(listed, list):
            return {name for name in listed if isinstance(name, str)}
    return set()


def _write_manifest(manifest: Path, names: Collection[str]) -> None:
    if names:
        _write(manifest, json.dumps(sorted(names), ensure_ascii=False, indent=0).encode())
    else:
        manifest.unlink(missing_ok=True)


def _write(path: Path, data: bytes) -> None:
    if not path.is_file() or path.read_bytes() != data:
        write_atomically(path, data)


def _remove(folder: Path, name: str) -> None:
    """Delete a file and the folders left empty by that; never outside of `folder`."""
    parts, path = PurePosixPath(name).parts, folder / name
    if ".." in parts or not path.parent.resolve().is_relative_to(folder.resolve()):
        return
    if path.is_file():
        path.unlink()
    for parent in path.parents:
        if not parent.is_relative_to(folder) or not parent.is_dir() or any(parent.iterdir()):
            return
        parent.rmdir()
