"""Image dimensions, so that pages do not shift while images load."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from rubric.model.image_size import Size, measure_image

_SVG = re.compile(r"<svg\b[^>]*>", re.IGNORECASE)
_VIEW_BOX = re.compile(r"\sviewBox\s*=\s*[\"']\s*[-\d.]+[\s,]+[-\d.]+[\s,]+([\d.]+)[\s,]+([\d.]+)")
_SVG_HEAD = 4096
_SUFFIXES = (
    *(".apng", ".avif", ".bmp", ".gif", ".ico", ".jfif", ".jpe", ".jpeg", ".jpg", ".png", ".svg"),
    *(".tif", ".tiff", ".webp"),
)


def measure_pictures(files: Iterable[tuple[str, Path]]) -> dict[str, Size]:
    """Return the sizes of all images among the files, by address."""
    sizes = ((address, measure(path)) for address, path in files)
    return {address: size for address, size in sizes if size}


def measure(path: Path) -> Size | None:
    """Return the displayed size of an image; None for other or damaged files.

    The size of an SVG is that of its `viewBox`: only the aspect ratio matters.
    """
    suffix = path.suffix.lower()
    if suffix == ".svg":
        return _measure_svg(path)
    return measure_image(path) if suffix in _SUFFIXES else None


def _measure_svg(path: Path) -> Size | None:
    if not path.is_file():  # opening a named pipe would block
        return None
    try:
        with path.open("rb") as file:
            head = file.read(_SVG_HEAD).decode("utf-8", errors="replace")
    except OSError:
        return None
    root = _SVG.search(head)
    box = _VIEW_BOX.search(root[0]) if root else None
    if box is None:
        return None
    width, height = (round(float(number)) for number in box.groups())
    return Size(width, height) if width and height else None


def add_size(image: str, size: Size) -> str:
    """Add width and height to an `img` element."""
    return f'{image[:4]} width="{size.width}" height="{size.height}"{image[4:]}'
