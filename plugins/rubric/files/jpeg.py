"""Removes metadata segments from JPEG; the compressed image is unchanged.

Segments are those of ITU-T T.81, annex B. Data after the end of the image, such as a second
image or a video added by phones, is removed, too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rubric.files.exif import HEADER, keep_orientation
from rubric.files.rejection import damaged

_START = b"\xff\xd8"
_END = b"\xff\xd9"
_SCAN = 0xDA
_WITHOUT_LENGTH = frozenset((0x01, *range(0xD0, 0xD8)))  # markers without a length
_SCAN_END = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]")


def matches(data: bytes) -> bool:
    return data.startswith(_START)


def strip(data: bytes) -> bytes:
    """Return the same image with colour profile and orientation only. Raises FileRejected."""
    head, rest, exif = [_START], list[bytes](), b""
    has_scan = False
    for marker, segment in _segments(data):
        content = segment[4:]
        if marker == 0xE0 and content.startswith(b"JFIF\x00"):
            # Keep version and density, drop the thumbnail.
            head.append(b"\xff\xe0\x00\x10" + content[:12].ljust(12, b"\x00") + b"\x00\x00")
        elif marker == 0xE1 and content.startswith(HEADER):
            exif = exif or keep_orientation(content[len(HEADER) :])
        elif not _is_metadata(marker, content):
            rest.append(segment)
            has_scan |= marker == _SCAN
    if not has_scan:
        raise damaged("JPEG")
    if exif:
        length = (2 + len(HEADER) + len(exif)).to_bytes(2, "big")
        head.append(b"\xff\xe1" + length + HEADER + exif)
    return b"".join([*head, *rest, _END])


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield marker and bytes of each segment; a scan segment includes its data."""
    place = len(_START)
    while True:
        if data[place : place + 1] != b"\xff":
            raise damaged("JPEG")
        while data[place + 1 : place + 2] == b"\xff":  # fill bytes
            place += 1
        if place + 1 >= len(data):
            raise damaged("JPEG")
        marker = data[place + 1]
        if marker == _END[1]:
            return
        end = place + 2
        if marker not in _WITHOUT_LENGTH:
            end += max(2, int.from_bytes(data[place + 2 : place + 4], "big"))
        match = _SCAN_END.search(data, end) if marker == _SCAN else None
        if end > len(data) or (marker == _SCAN and match is None):
            raise damaged("JPEG")
        end = match.start() if match else end
        yield marker, data[place:end]
        place = end


def _is_metadata(marker: int, content: bytes) -> bool:
    """True for comments and application segments, except those that affect colours."""
    if marker == 0xE2:
        return not content.startswith(b"ICC_PROFILE\x00")
    if marker == 0xEE:
        return not content.startswith(b"Adobe")
    return 0xE0 <= marker <= 0xEF or marker == 0xFE
