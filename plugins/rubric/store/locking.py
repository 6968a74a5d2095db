"""Lets one process at a time write an output folder."""

from __future__ import annotations

from pathlib import Path

NAME = "lock"


class Lock:
    """Held from when it is made until it is released, or the process ends.

    A process that builds again after a failed build, as the development server does, never
    waits for itself: all locks of one folder are the same one there.
    """

    def __init__(self, folder: Path) -> None:
        # Not above: it takes a tenth of the time in which a build finds that nothing has changed.
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
