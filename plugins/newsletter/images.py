"""Pictures that every mail program shows: PNG and JPEG, with their size known."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass


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


def read_size(data: bytes) -> Size | None:
    """The size a PNG or JPEG file states in its header; None for other or broken files."""
    if data.startswith(b"\x89PNG\r\n\x1a\n") and data[12:16] == b"IHDR" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return Size(width, height) if width and height else None
    if data.startswith(b"\xff\xd8"):
        return _read_jpeg(data)
    return None


def _read_jpeg(data: bytes) -> Size | None:
    place = 2
    while place + 9 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xFF:  # fill byte
            place += 1
            continue
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return Size(width, height) if width and height else None
        place += 2 + int(struct.unpack(">H", data[place + 2 : place + 4])[0])
    return None
