"""Signatures of files, to find changed files without reading all of them.

A file with unchanged size, times and inode has unchanged content, because every change updates
the ctime, which programs cannot set. As in git's index, this only applies if the ctime was in the
past when the metadata was read. Two versions of a more recent file may have the same metadata, so
the signature of such a file is a digest of its content.

Windows has no ctime in this sense, so contents are compared there. On file systems that derive
the ctime from the mtime (FAT, SSHFS), a change that keeps mtime and size is not noticed.
"""

from __future__ import annotations

import os
from os import PathLike, stat_result
from stat import S_ISREG
from typing import NamedTuple

from rubric.store.digests import digest_of_file

_MARGIN = 3_000_000_000
"""Nanoseconds; longer than the resolution of any file system (FAT: two seconds)."""

_TICK = 20_000_000
"""Nanoseconds; Linux takes times of files from a clock with a resolution of 1 to 10 ms. On file
systems with a resolution of seconds, a change that is undone during a build is not noticed.
"""

HAS_CHANGE_TIMES = os.name != "nt"


class FileMetadata(NamedTuple):
    """Metadata of a file; times are in nanoseconds since the epoch."""

    size: int
    mtime: int
    ctime: int
    inode: int

    @classmethod
    def at(cls, path: str | PathLike[str]) -> FileMetadata:
        """Read the metadata of a file. Raises OSError."""
        return cls.of(os.stat(path))  # noqa: PTH116 (of each file: it counts)

    @classmethod
    def of(cls, status: stat_result) -> FileMetadata:
        return cls(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)

    def is_reliable(self, now: int) -> bool:
        """Return whether any change after `now` (nanoseconds) will change the metadata."""
        return HAS_CHANGE_TIMES and self.ctime + _MARGIN < now


FileSignature = FileMetadata | bytes
"""The metadata of a file, or a digest of its content if the file is recent."""


def signature_of(path: str, now: int) -> FileSignature:
    """Return the signature of a file; a random one if the file cannot be read."""
    try:
        status = os.stat(path)  # noqa: PTH116 (of each file: it counts)
        metadata = FileMetadata.of(status)
        if metadata.is_reliable(now):
            return metadata
        return digest_of_file(path) if S_ISREG(status.st_mode) else os.urandom(8)
    except OSError:
        return os.urandom(8)


def is_metadata(signature: FileSignature) -> bool:
    """Return whether a signature is metadata, not a digest of the content."""
    return not isinstance(signature, bytes)


def has_content(path: str, signature: FileSignature) -> bool:
    """Return whether the content of a file has the digest `signature`; False for metadata."""
    try:
        return not is_metadata(signature) and signature == digest_of_file(path)
    except OSError:
        return False


def is_newer(path: str, time: int) -> bool:
    """Return whether a file is missing or was changed after `time` (nanoseconds).

    Also True for a change just before, because the clock of the system is not precise.
    """
    try:
        status = os.stat(path)  # noqa: PTH116 (of each file: it counts)
    except OSError:
        return True
    return (status.st_ctime_ns if HAS_CHANGE_TIMES else status.st_mtime_ns) > time - _TICK
