"""A lock, so that only one process writes to an output folder."""

from __future__ import annotations

from pathlib import Path

NAME = "lock"


class Lock:
    """A lock, acquired by the constructor and released by `release` or the end of the process.

    All locks of one folder in a process are the same lock. So the development server, which builds
    again after a failed build, does not wait for itself.
    """

    def __init__(self, folder: Path) -> None:
        # Imported here, because this takes a tenth of a build without changes.
        from filelock import FileLock, Timeout

        folder.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(folder / NAME, is_singleton=True)
        try:
            self._lock.acquire(blocking=False)
        except Timeout:
            print("Another process writes this site; waiting for it.", flush=True)
            self._lock.acquire()

    def release(self) -> None:
        self._lock.release(force=True)
