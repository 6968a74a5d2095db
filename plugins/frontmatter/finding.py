"""Finds texts on disk; Pelican's own way asks each pattern of each file anew."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from fnmatch import translate
from pathlib import Path


def find_texts(content: Path, folders: Iterable[str], ignored: Iterable[str]) -> Iterator[str]:
    """The Markdown files below folders of the content, by their paths, in no order.

    `ignored` are patterns of names, of files and folders (Pelican's IGNORE_FILES).
    """
    patterns = [translate(pattern) for pattern in ignored]
    is_ignored = re.compile("|".join(patterns) or r"(?!)").match
    for folder in folders:
        for place, inner, names in os.walk(content / folder, followlinks=True):
            inner[:] = [name for name in inner if not is_ignored(name)]
            start = Path(place).relative_to(content).as_posix()
            for name in names:
                if name.endswith(".md") and not is_ignored(name):
                    yield f"{start}/{name}"
