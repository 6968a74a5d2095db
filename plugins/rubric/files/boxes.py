"""Removes metadata from AVIF, HEIC and JPEG XL (ISO/IEC 14496-12, 23008-12, 18181-2).

These files consist of boxes and contain absolute offsets of the image data. Metadata is
therefore overwritten in place. The orientation is a property of the image and is kept.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from rubric.files.rejection import FileRejected, damaged

_JXL = b"\x00\x00\x00\x0cJXL \r\n\x87\n"
_JXL_METADATA = frozenset((b"Exif", b"xml ", b"jumb", b"brob"))
_BRANDS = frozenset((b"avif", b"avis", b"heic", b"heix", b"hevc", b"heim", b"mif1", b"msf1"))
_PRIVATE = frozenset((b"uuid", b"udta", b"jumb"))
# A TIFF header without fields, preceded by its four-byte offset.
_NO_EXIF = b"\x00\x00\x00\x00II*\x00\x08\x00\x00\x00\x00\x00\x00\x00\x00\x00"
_NO_XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'/>"


class _Box(NamedTuple):
    """A box from `start` to `end`; its content begins at `inside`."""

    kind: bytes
    start: int
    inside: int
    end: int


def matches(data: bytes) -> bool:
    """True if a file is an image of one of these formats."""
    if data.startswith(_JXL):
        return True
    brands = {data[8:12], *(data[n : n + 4] for n in range(16, min(len(data), 64), 4))}
    return data[4:8] == b"ftyp" and not _BRANDS.isdisjoint(brands)


def strip(data: bytes) -> bytes:
    """Return the same image with blank metadata. Raises FileRejected."""
    try:
        return _strip_jxl(data) if data.startswith(_JXL) else _strip(data)
    except (struct.error, IndexError, ValueError):
        raise damaged("picture") from None


def _strip_jxl(data: bytes) -> bytes:
    boxes = _boxes(data, 0, len(data))
    return b"".join(data[b.start : b.end] for b in boxes if b.kind not in _JXL_METADATA)


def _strip(data: bytes) -> bytes:
    blank = bytearray(data)
    has_meta = False
    for box in _boxes(data, 0, len(data)):
        if box.kind == b"meta":
            has_meta = True
            _blank_items(data, blank, box)
        elif box.kind in _PRIVATE:
            _blank_box(blank, box)
        elif box.kind == b"moov":
            for inner in _boxes(data, box.inside, box.end):
                if inner.kind in (*_PRIVATE, b"meta"):
                    _blank_box(blank, inner)
    if not has_meta:
        raise damaged("picture")
    return bytes(blank)


def _blank_box(blank: bytearray, box: _Box) -> None:
    """Turn a box into unused space."""
    blank[box.start + 4 : box.start + 8] = b"free"
    blank[box.inside : box.end] = bytes(box.end - box.inside)


def _blank_items(data: bytes, blank: bytearray, meta: _Box) -> None:
    """Overwrite the items of an image that contain metadata."""
    boxes = {box.kind: box for box in _boxes(data, meta.inside + 4, meta.end)}
    items = set(_neutralize_items(data, blank, boxes[b"iinf"])) if b"iinf" in boxes else set()
    if not items:
        return
    if b"iloc" not in boxes:
        raise damaged("picture")
    inner = boxes[b"idat"].inside if b"idat" in boxes else 0
    for item, method, start, length in _extents(data, boxes[b"iloc"]):
        if item not in items:
            continue
        if method > 1:
            raise FileRejected("has metadata in a place that can't be read.", "Save it as JPEG.")
        place = start + (inner if method else 0)
        end = place + length if length else len(data)
        if end > len(data):
            raise damaged("picture")
        blank[place:end] = bytes(max(0, end - place))


def _neutralize_items(data: bytes, blank: bytearray, iinf: _Box) -> Iterator[int]:
    """Yield the ids of metadata items, and change their type to one that programs ignore."""
    is_short = data[iinf.inside] == 0
    for infe in _boxes(data, iinf.inside + (6 if is_short else 8), iinf.end):
        version, place = data[infe.inside], infe.inside + 4
        size = 4 if version >= 3 else 2
        number = int.from_bytes(data[place : place + size], "big")
        place += size + 2
        kind = data[place : place + 4]
        if kind == b"Exif":
            blank[place : place + 4] = b"skip"
            yield number
        elif kind == b"mime":  # XMP; the content type follows the item's name
            start = data.index(b"\x00", place + 4, infe.end) + 1
            end = data.index(b"\x00", start, infe.end)
            blank[start:end] = b"x" * (end - start)
            yield number


def _extents(data: bytes, iloc: _Box) -> Iterator[tuple[int, int, int, int]]:
    """Yield the locations of items: id, construction method, start and length of each extent."""
    version, place = data[iloc.inside], iloc.inside + 4
    sizes = int.from_bytes(data[place : place + 2], "big")
    offset_size, length_size, base_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15
    index_size = sizes & 15 if version else 0
    place += 2

    def number(size: int) -> int:
        nonlocal place
        if place + size > iloc.end:
            raise IndexError
        place += size
        return int.from_bytes(data[place - size : place], "big")

    for _ in range(number(2 if version < 2 else 4)):
        item = number(2 if version < 2 else 4)
        method = number(2) & 15 if version else 0
        number(2)  # data reference index; 0 for this file
        base = number(base_size)
        for _ in range(number(2)):
            number(index_size)
            start, length = base + number(offset_size), number(length_size)
            yield item, method, start, length


def _boxes(data: bytes, place: int, end: int) -> Iterator[_Box]:
    """Yield the boxes in a range. Raises FileRejected for a box that exceeds it."""
    while place + 8 <= end:
        size, kind = struct.unpack(">L4s", data[place : place + 8])
        inside = place + 8
        if size == 1:
            size, inside = int.from_bytes(data[inside : inside + 8], "big"), inside + 8
        last = place + size if size else end
        if last > end or last < inside:
            raise damaged("picture")
        yield _Box(kind, place, inside, last)
        place = last
