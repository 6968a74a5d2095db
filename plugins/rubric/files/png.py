"""Removes metadata from PNG: only chunks that affect display are kept (PNG, 11)."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from rubric.files.exif import keep_orientation
from rubric.files.rejection import damaged

_START = b"\x89PNG\r\n\x1a\n"
_KEPT = frozenset(
    (
        *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS"),
        *(b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"mDCV", b"cLLI"),
        *(b"bKGD", b"hIST", b"pHYs", b"sPLT"),
        *(b"acTL", b"fcTL", b"fdAT"),
    )
)


def matches(data: bytes) -> bool:
    return data.startswith(_START)


def strip(data: bytes) -> bytes:
    """Return the same image without text, time, private chunks and Exif except the orientation.

    Raises FileRejected.
    """
    kept = [_START]
    for kind, chunk in _chunks(data):
        if kind == b"eXIf":
            if exif := keep_orientation(chunk[8:-4]):
                kept.append(_chunk(kind, exif))
        elif kind in _KEPT:
            kept.append(chunk)
    return b"".join(kept)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield type and bytes of each chunk up to the end of the image."""
    place, kind = len(_START), b""
    has_data = False
    while kind != b"IEND":
        if place + 12 > len(data):
            raise damaged("PNG")
        length, kind = struct.unpack(">L4s", data[place : place + 8])
        end = place + 12 + length
        if end > len(data):
            raise damaged("PNG")
        has_data |= kind == b"IDAT"
        yield kind, data[place:end]
        place = end
    if not has_data:
        raise damaged("PNG")


def _chunk(kind: bytes, content: bytes) -> bytes:
    check = zlib.crc32(kind + content)
    return struct.pack(">L", len(content)) + kind + content + struct.pack(">L", check)
