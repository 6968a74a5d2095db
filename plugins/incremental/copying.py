"""Copies files that are taken as they are, and reads no more of them than need be.

A file that has its size, times and inode still has its bytes: whatever changes them moves
the ctime, which no program can set. As in git's index, that is believed of a file only if
its ctime had passed when it was read; of a younger one, two versions may look alike.

Where the system has no such time (Windows), every file is read at every build. A file system
that makes it up from the mtime (FAT, SSHFS) can't show a change that keeps both mtime and size.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from plugins.incremental.output import Output, Stamp

_MARGIN = 3_000_000_000
"""Nanoseconds; more than any file system's clock is coarse (FAT's: two seconds)."""


class Look(NamedTuple):
    """How a file looks from outside; times are in nanoseconds."""

    size: int
    mtime: int
    ctime: int
    inode: int


class Copy(NamedTuple):
    """How a file looked when it was read, and how its copy was left."""

    look: Look
    left: Stamp


@dataclass(slots=True)
class Copying:
    """The copies of one build. `before` are those of the last one, by address.

    `now` is what the clock said before anything was read, in nanoseconds. `copies` are those
    that the next build may believe.
    """

    output: Output
    before: Mapping[str, Copy]
    now: int
    has_change_times: bool = os.name != "nt"
    copies: dict[str, Copy] = field(default_factory=dict)

    def copy(self, address: str, source: Path) -> None:
        """Have a file's bytes at an address. Raises OSError for a file that can't be read."""
        look, known = _look(source), self.before.get(address)
        if known and known.look == look and self.has_change_times and self._is_left(address):
            self.output.keep(address)
            self.copies[address] = known
            return
        self.output.write(address, source.read_bytes())
        if self.has_change_times and look.ctime + _MARGIN < self.now:
            self.copies[address] = Copy(look, self.output.written[address])

    def _is_left(self, address: str) -> bool:
        """Whether the copy is there, and the very one that was made of the file."""
        is_same = self.output.before.get(address) == self.before[address].left
        return is_same and self.output.is_intact(address)


def _look(path: Path) -> Look:
    status = path.stat()
    return Look(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino)
