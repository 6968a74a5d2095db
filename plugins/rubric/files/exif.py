"""Reduces Exif to the orientation, the only field that affects display (CIPA DC-008, 4.6.4)."""

from __future__ import annotations

from contextlib import suppress

HEADER = b"Exif\x00\x00"
_ORIENTATION = 0x0112


def keep_orientation(exif: bytes) -> bytes:
    """Return Exif data with the orientation only; empty for an upright image.

    Argument and result are TIFF data without the `Exif` header of JPEG.
    """
    from PIL.Image import Exif  # imported here because Pillow is slow to import

    before, after = Exif(), Exif()
    turned = 1
    with suppress(Exception):  # ignore damaged data; Pillow raises various exceptions
        before.load(HEADER + exif)
        turned = int(before.get(_ORIENTATION, 1))
    if not 2 <= turned <= 8:
        return b""
    after[_ORIENTATION] = turned
    return after.tobytes().removeprefix(HEADER)
