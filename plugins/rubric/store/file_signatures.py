"""Tells whether a file has the bytes it had, and reads no more of it than need be.

A file that has its size, times and inode still has its bytes: whatever changes them moves
the ctime, which no program can set. As in git's index, that is believed of a file only if
its ctime had passed when it was seen; of a younger one, two versions may look alike, so its
bytes are remembered by their digest.

Where the system has no such time (Windows), every file's bytes are compared. A file system
that makes it up from the mtime (FAT, SSHFS) can't show a change that keeps both mtime and size.
"""

from __future__ import annotations

import os
from os import PathLike, stat_result
from stat import S_ISREG
from typing import NamedTuple

from rubric.store.digests import digest_of_file

_MARGIN = 3_000_000_000
"""Nanoseconds; more than any file system's clock is coarse (FAT's: two seconds)."""

_TICK = 20_000_000
"""Nanoseconds; Linux takes the time of a change from a clock that ticks every 1 to 10 ms. File
systems whose times are whole seconds can't tell of a change and its undoing within a build.
"""

HAS_CHANGE_TIMES = os.name != "nt"


class FileSignature(NamedTuple):
    """How a file looks from outside; times are in nanoseconds."""

    size: int
    mtime: int
    ctime: int
    inode: int

    @classmethod
    def at(cls, path: str | PathLike[str]) -> FileSignature:
        """Raises OSError."""
        return cls.of(os.stat(path))  # noqa: PTH116 (of each file: it counts)

    @classmethod
    def of(cls, status: stat_result) -> FileSignature:
        return cls(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)

    def is_telling(self, now: int) -> bool:
        """Whether a file that is seen `now`, in nanoseconds, looks otherwise after any change."""
        return _is_telling(self.ctime, now)


def _is_telling(ctime: int, now: int) -> bool:
    return HAS_CHANGE_TIMES and ctime + _MARGIN < now


KnownSignature = tuple[int, ...] | bytes
"""How a file was seen: a telling look, or a digest of its bytes."""


def see(path: str, now: int) -> KnownSignature:
    """What can't be read is seen as nothing, at no two times the same."""
    try:
        status = os.stat(path)  # noqa: PTH116 (of each file: it counts)
        if _is_telling(status.st_ctime_ns, now):
            return (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
        return digest_of_file(path) if S_ISREG(status.st_mode) else os.urandom(8)
    except OSError:
        return os.urandom(8)


def is_look(sight: KnownSignature) -> bool:
    return not isinstance(sight, bytes)


def has_bytes(path: str, sight: KnownSignature) -> bool:
    """Whether a file has the bytes it had, if those are known."""
    try:
        return not is_look(sight) and sight == digest_of_file(path)
    except OSError:
        return False


def is_newer(path: str, time: int) -> bool:
    """Whether a file was changed since a time in nanoseconds, or so shortly before that the
    system's coarse clock can't tell, or is gone.
    """
    try:
        status = os.stat(path)  # noqa: PTH116 (of each file: it counts)
    except OSError:
        return True
    return (status.st_ctime_ns if HAS_CHANGE_TIMES else status.st_mtime_ns) > time - _TICK
