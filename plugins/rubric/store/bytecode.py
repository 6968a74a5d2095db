"""Caches compiled templates between builds, as Python caches compiled modules.

The cache is not part of the store: machines may exchange a store, so it contains no code. Jinja
chooses a folder for temporary files that only the current user can write to.
"""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, FileSystemBytecodeCache


class TemplateCache(FileSystemBytecodeCache):
    """Compiled templates of one theme, for one version of the code that compiles them.

    A template is compiled together with those that it includes, and filters of constants are
    applied. So the key of each template depends on all templates and on `version`, which must
    change with the filters.
    """

    def __init__(self, loader: BaseLoader | None, version: bytes) -> None:
        """Raises RuntimeError if there is no safe folder for the cache."""
        super().__init__()
        self._theme = _digest_of(loader, version)

    def get_cache_key(self, name: str, filename: Any = None) -> str:
        del filename
        return blake2b(name.encode(), key=self._theme, digest_size=16).hexdigest()


def _digest_of(loader: BaseLoader | None, version: bytes) -> bytes:
    digest = blake2b(version, digest_size=16)
    for each in getattr(loader, "loaders", [loader]):
        for folder in getattr(each, "searchpath", ()):
            for path in sorted(Path(folder).rglob("*.*")):
                if path.is_file():
                    digest.update(f"{path.relative_to(folder)}\n".encode() + path.read_bytes())
    return digest.digest()
