"""What code made something: a store of other code, or another Python, is of no use."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from hashlib import blake2b
from pathlib import Path

FORMAT = 1
"""Raise when what the store holds changes its meaning."""


def version_of(plugins: Iterable[str]) -> bytes:
    """A digest of Python, of every installed package's version, and of the plugins' code.

    `plugins` are names of modules; a plugin's code is every file of its package, so that a
    change in development counts, too.
    """
    digest = blake2b(f"{FORMAT} {sys.version} {sys.platform}".encode(), digest_size=16)
    for name in [*sorted(_packages()), *plugins]:
        digest.update(name.encode())
    for path in sorted(_files(plugins)):
        digest.update(path.as_posix().encode())
        digest.update(path.read_bytes())
    return digest.digest()


def _packages() -> set[str]:
    """`name-1.2.dist-info` of each package that Python finds."""
    folders = (Path(entry) for entry in sys.path if entry)
    return {
        path.name
        for folder in folders
        if folder.is_dir()
        for path in folder.iterdir()
        if path.suffix in (".dist-info", ".egg-info")
    }


def _files(plugins: Iterable[str]) -> set[Path]:
    """Every file of the packages that plugins belong to."""
    files: set[Path] = set()
    for package in {sys.modules.get(name.partition(".")[0]) for name in plugins}:
        roots = list(getattr(package, "__path__", ()))
        for root in roots:
            files |= {p for p in Path(root).rglob("*") if p.suffix != ".pyc" and p.is_file()}
        place = getattr(package, "__file__", None)
        if place and not roots:
            files.add(Path(place))
    return files
