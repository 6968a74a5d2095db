"""Lets one process at a time write an output folder."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

with contextlib.suppress(ImportError):  # Windows has no such lock, and no build farm either
    import fcntl

NAME = "lock"


class Lock:
    """Held from when it is made until it is released, or the process ends.

    POSIX record locks belong to a process, so that one which builds again after a failed
    build, as the development server does, never waits for itself.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o666)
        if "fcntl" in globals():
            try:
                fcntl.lockf(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except (BlockingIOError, PermissionError):
                print("Another process writes this site; waiting for it.", flush=True)
                fcntl.lockf(self._file, fcntl.LOCK_EX)

    def release(self) -> None:
        os.close(self._file)
