"""Pictures that every mail program shows: PNG and JPEG, with their size known."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Size:
    """Pixels."""

    width: int
    height: int

    def within(self, width: int) -> Size:
        """The same shape, no wider than `width`."""
        if self.width <= width:
            return self
        return Size(width, max(1, round(self.height * width / self.width)))


Measure = Callable[[str], Size | None]
"""Finds a picture's size by its root-relative path; None for unknown or unfit ones."""

# Start-of-frame markers; C4, C8 and CC in that range are tables (ITU-T T.81, table B.1).
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


def measure_file(path: Path) -> Size | None:
    """The size of a picture's file; None where there is no such file, or none of these."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return read_size(file)


def read_size(file: BinaryIO) -> Size | None:
    """The size a PNG or JPEG states in its header; None for others or broken ones.

    Reads no more of the file than it needs.
    """
    head = file.read(24)
    if head.startswith(b"\x89PNG\r\n\x1a\n") and head[12:16] == b"IHDR" and len(head) == 24:
        width, height = struct.unpack(">II", head[16:])
        return Size(width, height) if width and height else None
    if head.startswith(b"\xff\xd8"):
        return _read_jpeg(file)
    return None


def _read_jpeg(file: BinaryIO) -> Size | None:
    place = 2
    while True:
        file.seek(place)
        segment = file.read(9)
        if len(segment) < 9 or segment[0] != 0xFF:
            return None
        marker = segment[1]
        if marker == 0xFF:  # fill byte
            place += 1
            continue
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", segment[5:])
            return Size(width, height) if width and height else None
        place += 2 + int(struct.unpack(">H", segment[2:4])[0])
