"""Keeps compiled templates between the builds of tests; they take half of a small build."""

from __future__ import annotations

import marshal
import os
from hashlib import blake2b
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket


class TemplateCache(BytecodeCache):
    """Compiled templates in files, with the names of the templates that each includes.

    A template is compiled with those that it includes, so the key has all files of the theme.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._theme = b""

    def get_bucket(self, environment: Any, name: str, filename: Any, source: str) -> Bucket:
        self._theme = self._theme or _digest_of(environment.loader)
        text = f"{name}\n{sorted(environment.filters)}\n{source}".encode()
        key = blake2b(self._theme + text, digest_size=16).hexdigest()
        bucket = Bucket(environment, name, key)
        if (path := self.folder / key).is_file():
            bucket.code, environment.parts[name] = marshal.loads(path.read_bytes())
        return bucket

    def set_bucket(self, bucket: Bucket) -> None:
        parts = bucket.environment.parts.get(bucket.key, frozenset())  # type: ignore[attr-defined]
        partial = self.folder / f"{bucket.checksum}.{os.getpid()}"
        partial.write_bytes(marshal.dumps((bucket.code, parts)))
        partial.replace(self.folder / bucket.checksum)


def _digest_of(loader: Any) -> bytes:
    """A digest of all templates that a loader finds."""
    digest = blake2b(digest_size=16)
    for each in getattr(loader, "loaders", [loader]):
        for folder in getattr(each, "searchpath", ()):
            for path in sorted(Path(folder).rglob("*.html")):
                digest.update(f"{path.relative_to(folder)}\n".encode() + path.read_bytes())
    return digest.digest()
