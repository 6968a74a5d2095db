"""The version of the code; a store that another version has written is not used."""

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
"""Increase this when the meaning of stored data changes."""


def store_version(settings: Mapping[str, Any]) -> bytes:
    """Return a digest of all code, and of the template functions in settings."""
    given = {key: value for key, value in settings.items() if key.startswith("JINJA_")}
    return digest_of(_code_version(tuple(settings["PLUGINS"])) + PlainFingerprints().of(given))


@cache
def _code_version(plugins: tuple[str, ...]) -> bytes:
    """Return a digest of the versions of Python and all packages, and of the code of plugins.

    `plugins` are names of modules. All files of their packages are read, so that changes during
    development count. The result is cached, because this process has already loaded the code.
    """
    digest = blake2b(f"{FORMAT} {sys.version} {sys.platform}".encode(), digest_size=16)
    for name in [*sorted(_packages()), *plugins]:
        digest.update(name.encode())
    for name, path in sorted(_files(plugins).items()):
        digest.update(name.encode())
        digest.update(path.read_bytes())
    return digest.digest()


def _packages() -> set[str]:
    """Return `name-1.2.dist-info` for each installed package."""
    folders = (Path(entry) for entry in sys.path if entry)
    return {
        path.name
        for folder in folders
        if folder.is_dir()
        for path in folder.iterdir()
        if path.suffix in (".dist-info", ".egg-info")
    }


def _files(plugins: Iterable[str]) -> dict[str, Path]:
    """Return all files of the packages of plugins by their path in the package.

    So the location of a checkout does not matter.
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
