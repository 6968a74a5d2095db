"""The one fact of Exif that decides how a picture looks: which way is up (CIPA DC-008, 4.6.4)."""

from __future__ import annotations

from contextlib import suppress

HEADER = b"Exif\x00\x00"
_ORIENTATION = 0x0112


def keep_orientation(exif: bytes) -> bytes:
    """Exif data with the orientation alone; empty for a picture that is upright.

    Takes and gives TIFF data without the header of JPEG.
    """
    from PIL.Image import Exif  # takes long to load

    before, after = Exif(), Exif()
    turned = 1
    with suppress(Exception):  # damaged data says nothing, whatever Pillow raises for it
        before.load(HEADER + exif)
        turned = int(before.get(_ORIENTATION, 1))
    if not 2 <= turned <= 8:
        return b""
    after[_ORIENTATION] = turned
    return after.tobytes().removeprefix(HEADER)
