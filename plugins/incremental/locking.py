"""Lets one build at a time write an output folder."""

from __future__ import annotations

import contextlib
from pathlib import Path

with contextlib.suppress(ImportError):  # Windows has no such lock, and no build farm either
    import fcntl


class Lock:
    """Held from when it is made until it is released, or the process ends."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = (folder / "lock").open("ab")
        if "fcntl" in globals():
            fcntl.flock(self._file, fcntl.LOCK_EX)

    def release(self) -> None:
        self._file.close()
