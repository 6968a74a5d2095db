"""Sizes of PNG and JPEG images, the formats that every email client shows."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in pixels."""

    width: int
    height: int

    def within(self, width: int) -> Size:
        """Scale down to at most `width`, keeping the aspect ratio."""
        if self.width <= width:
            return self
        return Size(width, max(1, round(self.height * width / self.width)))


Measure = Callable[[str], Size | None]
"""Returns the size of an image by its root-relative path; None if unknown or unsupported."""

# Start-of-frame markers; C4, C8 and CC in that range are tables (ITU-T T.81, table B.1).
_FRAMES = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})


def measure_file(path: Path) -> Size | None:
    """Return the size of an image file; None if it is missing or unsupported."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return read_size(file)


def read_size(file: BinaryIO) -> Size | None:
    """Return the size in the header of a PNG or JPEG; None for other formats or broken files.

    Reads only the header.
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
