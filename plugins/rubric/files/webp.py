"""Removes metadata from WebP: chunks of Exif, XMP and unknown types of the RIFF file."""

from __future__ import annotations

import struct

from rubric.files.exif import HEADER, keep_orientation
from rubric.files.rejection import damaged

_KEPT = frozenset((b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_PICTURES = frozenset((b"VP8 ", b"VP8L", b"ANMF"))
_HAS_EXIF, _HAS_XMP = 0x08, 0x04  # flags of VP8X


def matches(data: bytes) -> bool:
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def strip(data: bytes) -> bytes:
    """Return the same image with colour profile and orientation only. Raises FileRejected."""
    size = int.from_bytes(data[4:8], "little") + 8
    if size > len(data):
        raise damaged("WebP")
    kept, exif, place = list[tuple[bytes, bytes]](), b"", 12
    while place + 8 <= size:
        kind, length = struct.unpack("<4sL", data[place : place + 8])
        content = data[place + 8 : place + 8 + length]
        if len(content) < length:
            raise damaged("WebP")
        if kind == b"EXIF":
            exif = keep_orientation(content.removeprefix(HEADER))
        elif kind in _KEPT:
            kept.append((kind, content))
        place += 8 + length + length % 2
    if not any(kind in _PICTURES for kind, _ in kept):
        raise damaged("WebP")
    if exif:
        kept.append((b"EXIF", exif))
    packed = [b"WEBP"]
    for kind, content in kept:
        if kind == b"VP8X":  # the header of an extended file: flags for the remaining chunks
            flags = content[0] & ~(_HAS_EXIF | _HAS_XMP) | (_HAS_EXIF if exif else 0)
            content = bytes([flags]) + content[1:]  # noqa: PLW2901
        packed += [struct.pack("<4sL", kind, len(content)), content, b"\x00" * (len(content) % 2)]
    body = b"".join(packed)
    return struct.pack("<4sL", b"RIFF", len(body)) + body
