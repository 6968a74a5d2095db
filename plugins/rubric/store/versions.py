"""What code made something: a store of other code, or another Python, is of no use."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from rubric.store.digests import digest_of
from rubric.store.plain_fingerprints import PlainFingerprints

FORMAT = 3
"""Raise when what the store holds changes its meaning."""


def version_for(settings: Mapping[str, Any]) -> bytes:
    """A digest of the code that makes a site, and of the functions that settings give templates."""
    given = {key: value for key, value in settings.items() if key.startswith("JINJA_")}
    return digest_of(version_of(tuple(settings["PLUGINS"])) + PlainFingerprints().of(given))


@cache
def version_of(plugins: tuple[str, ...]) -> bytes:
    """A digest of Python, of every installed package's version, and of the plugins' code.

    `plugins` are names of modules; a plugin's code is every file of its package, so that a
    change in development counts, too: in the next process, for this one has loaded its code.
    """
    digest = blake2b(f"{FORMAT} {sys.version} {sys.platform}".encode(), digest_size=16)
    for name in [*sorted(_packages()), *plugins]:
        digest.update(name.encode())
    for name, path in sorted(_files(plugins).items()):
        digest.update(name.encode())
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


def _files(plugins: Iterable[str]) -> dict[str, Path]:
    """Every file of the packages that plugins belong to, by its path in them.

    Where a checkout lies makes no difference.
    """
    files: dict[str, Path] = {}
    for package in {name.partition(".")[0] for name in plugins}:
        module = sys.modules.get(package)
        roots = [Path(root) for root in getattr(module, "__path__", ())]
        place = getattr(module, "__file__", None)
        if place and not roots:
            files[package] = Path(place)
        for root in roots:
            for path in root.rglob("*"):
                if path.suffix != ".pyc" and path.is_file():
                    files[f"{package}/{path.relative_to(root).as_posix()}"] = path
    return files
