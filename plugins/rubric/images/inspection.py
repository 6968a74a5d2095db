"""Reads what is needed to plan the renditions of a picture, and finds unusable files."""

from __future__ import annotations

import warnings
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

from PIL import Image

from rubric.model.regular import read_regular

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
"""Formats of which renditions are made."""

SUFFIXES = frozenset(
    (".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".apng", ".webp", ".gif", ".avif", ".avifs")
)
_TURNED = range(5, 9)
"""Exif orientations that swap width and height."""
_ORIENTATION = 0x0112
_PROBE = 8
"""JPEG files are decoded at an eighth of their size when they are checked."""


class PictureFacts(NamedTuple):
    """What a build needs of a picture.

    `digest` is that of the file in hexadecimal; width and height are those of the upright image in
    pixels. `problem` is empty for a usable file; otherwise the other values are unset.
    """

    digest: str = ""
    width: int = 0
    height: int = 0
    format: str = ""
    is_animated: bool = False
    has_alpha: bool = False
    problem: str = ""
    fix: str = ""


def inspect(path: Path, max_pixels: int) -> PictureFacts:
    """Return the facts of a picture. Raises OSError if the file can't be read.

    The number of pixels is checked before anything is decoded.
    """
    data = read_regular(path)
    try:
        with warnings.catch_warnings():
            # The limit is checked below.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            return _inspect(data, max_pixels)
    except Image.DecompressionBombError:
        return _too_large("more than 178", max_pixels)
    except Exception:  # Pillow raises various exceptions for damaged files
        return PictureFacts(
            problem="is a damaged picture.", fix="Save the picture again, or take another copy."
        )


def _inspect(data: bytes, max_pixels: int) -> PictureFacts:
    with Image.open(BytesIO(data), formats=FORMATS) as image:
        width, height = image.size
        if width * height > max_pixels:
            return _too_large(f"{width * height / 1_000_000:.0f}", max_pixels)
        # A JPEG with further images, as phones write it, is an MPO.
        kind = "JPEG" if image.format == "MPO" else str(image.format)
        is_turned = image.getexif().get(_ORIENTATION) in _TURNED
        is_animated = kind != "JPEG" and bool(getattr(image, "is_animated", False))
        has_alpha = image.has_transparency_data
        if kind == "JPEG":
            image.draft("RGB", (width // _PROBE, height // _PROBE))
        image.load()
    digest = blake2b(data, digest_size=16).hexdigest()
    if is_turned:
        width, height = height, width
    return PictureFacts(digest, width, height, kind, is_animated, has_alpha)


def _too_large(count: str, max_pixels: int) -> PictureFacts:
    limit = f"{max_pixels / 1_000_000:g}"
    return PictureFacts(
        problem=f"has {count} megapixels; the limit is {limit}.",
        fix='Save a smaller copy, or raise IMAGES["max_megapixels"].',
    )
