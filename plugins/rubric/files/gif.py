"""Removes comments and application extensions from GIF (GIF89a, 15)."""

from __future__ import annotations

from rubric.files.rejection import damaged

_IMAGE, _EXTENSION, _END = 0x2C, 0x21, 0x3B
_COMMENT, _PROGRAM = 0xFE, 0xFF
# Repetitions of an animation, and the colour profile.
_KEPT = (b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")


def matches(data: bytes) -> bool:
    return data[:6] in (b"GIF87a", b"GIF89a")


def strip(data: bytes) -> bytes:
    """Return the same images and timing without metadata. Raises FileRejected."""
    try:
        return _strip(data)
    except IndexError:
        raise damaged("GIF") from None


def _strip(data: bytes) -> bytes:
    place = 13 + _table_size(data[10])
    kept, has_image = [data[:place]], False
    while data[place] != _END:
        start, kind = place, data[place]
        if kind == _IMAGE:
            has_image, is_kept = True, True
            place = _blocks_end(data, place + 11 + _table_size(data[place + 9]))
        elif kind == _EXTENSION:
            label, place = data[place + 1], _blocks_end(data, place + 2)
            name = data[start + 3 : start + 14]
            is_kept = label != _COMMENT and (label != _PROGRAM or name in _KEPT)
        else:
            raise damaged("GIF")
        if is_kept:
            kept.append(data[start:place])
    if not has_image:
        raise damaged("GIF")
    return b"".join([*kept, bytes([_END])])


def _table_size(flags: int) -> int:
    """Return the bytes of a colour table."""
    return 3 * 2 ** ((flags & 7) + 1) if flags & 0x80 else 0


def _blocks_end(data: bytes, place: int) -> int:
    """Return the end of a sequence of length-prefixed blocks."""
    while length := data[place]:
        place += length + 1
    return place + 1
