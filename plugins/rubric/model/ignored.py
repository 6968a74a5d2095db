"""Names of files that are neither read nor published."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import translate
from pathlib import PurePosixPath

IGNORED_NAMES = (
    ".*",  # .DS_Store, .git, swap files of vim
    "_*.md",
    "*~",
    "~$*",
    "#*#",
    *("*.bak", "*.orig", "*.rej", "*.old", "*.swp", "*.swo", "*.tmp", "*.part", "*.crdownload"),
    *("Thumbs.db", "desktop.ini", "__MACOSX", "__pycache__"),
)
"""Patterns of names of files and folders: hidden files, notes, backups, files of systems."""


class Ignored:
    """Decides by name; `patterns` are Pelican's IGNORE_FILES, in addition to `IGNORED_NAMES`."""

    def __init__(self, patterns: Iterable[str] = ()) -> None:
        names = [pattern.removeprefix("**/") for pattern in patterns]
        self._match = re.compile("|".join(map(translate, [*IGNORED_NAMES, *names]))).match

    def has(self, name: str) -> bool:
        """Return whether files and folders with this name are ignored."""
        return self._match(name) is not None

    def has_text(self, name: str) -> bool:
        """Return whether a text is ignored: also if its name begins with an underscore."""
        return name.startswith("_") or self.has(name)

    def has_file(self, path: str) -> bool:
        """Return whether a published file is ignored; `path` is relative to the content folder.

        The first part is a folder of STATIC_PATHS, which is published whatever its name.
        """
        *folders, name = PurePosixPath(path).parts
        return self.has(name) or any(part.startswith("_") or self.has(part) for part in folders[1:])
