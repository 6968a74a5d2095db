"""Dimensions of images. Imported only where needed, because Pillow is slow to import."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from PIL import Image, UnidentifiedImageError

_TURNED = range(5, 9)
"""Exif orientations that swap width and height."""
_ORIENTATION = 0x0112


class Size(NamedTuple):
    """Width and height in pixels, e.g. `Size(640, 480)`."""

    width: int
    height: int

    def within(self, width: int) -> Size:
        """Scale down to at most `width`, keeping the aspect ratio."""
        if self.width <= width:
            return self
        return Size(width, max(1, round(self.height * width / self.width)))


def measure_image(path: Path, formats: tuple[str, ...] | None = None) -> Size | None:
    """Return the displayed size of an image; None if it is missing or damaged.

    `formats` limits the formats, e.g. `("PNG", "JPEG")`.
    """
    if not path.is_file():  # opening a named pipe would block
        return None
    try:
        with Image.open(path, formats=formats) as image:
            width, height = image.size
            is_turned = image.getexif().get(_ORIENTATION) in _TURNED
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    return Size(height, width) if is_turned else Size(width, height)
