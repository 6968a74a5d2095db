"""Decodes pictures, scales them and encodes renditions.

Renditions are upright, in sRGB and without any metadata.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from PIL import Image, ImageCms, ImageOps

from rubric.images.inspection import FORMATS, PictureFacts
from rubric.images.renditions import Target
from rubric.model.errors import BuildFailed, SiteError
from rubric.model.regular import read_regular

_GAP = 2.0
"""Reduce by whole factors before filtering, down to twice the size: faster, hardly visible."""
_FAST_AVIF, _FAST_WEBP = 9, 3
"""Speed of AVIF (0 to 10), effort of WebP (6 to 0): twice as fast as the defaults, 5 % larger."""
_PAPER = (255, 255, 255)
"""The background of transparent pictures in JPEG."""


class _Decoded(NamedTuple):
    """A decoded picture, and the last size to which it was scaled."""

    digest: str
    image: Image.Image
    scaled: Image.Image


@dataclass(slots=True)
class Renderer:
    """Renders the files of pictures.

    A picture is decoded once for consecutive files, and scaled once for consecutive files of one
    size.

    `place` is the name of the content folder for messages.
    """

    place: str
    _last: _Decoded | None = field(default=None, compare=False)

    def render(
        self, source: Path, name: str, facts: PictureFacts, widest: int, target: Target
    ) -> bytes:
        """Return the file of a rendition.

        `name` is the path of the source below the content folder, `widest` the largest width of all
        of its renditions. Raises BuildFailed if the source has changed since it was inspected, or
        can't be decoded.
        """
        if self._last is None or self._last.digest != facts.digest:
            self._last = None  # free the memory first
            image = self._decode(source, name, facts, widest)
            self._last = _Decoded(facts.digest, image, image)
        size = (target.width, target.height)
        if self._last.scaled.size != size:
            self._last = self._last._replace(scaled=scale(self._last.image, size))
        return encode(self._last.scaled, target)

    def _decode(self, source: Path, name: str, facts: PictureFacts, widest: int) -> Image.Image:
        problem, fix = "was changed while the site was built.", "Build it once more."
        try:
            data = read_regular(source)
            if blake2b(data, digest_size=16).hexdigest() == facts.digest:
                return decode(data, min(widest, facts.width), facts)
        except Exception as error:  # Pillow raises various exceptions for damaged files
            problem = f"can't be decoded: {error}."
            fix = "Save the picture again, or take another copy."
        raise BuildFailed([SiteError(f"{self.place}/{name}", 0, "", problem, fix)])


def decode(data: bytes, width: int, facts: PictureFacts) -> Image.Image:
    """Return the upright image in sRGB, at least `width` pixels wide; mode RGB or RGBA."""
    height = max(1, round(facts.height * width / facts.width))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        with Image.open(BytesIO(data), formats=FORMATS) as opened:
            if facts.format == "JPEG":
                # It can be decoded at a half, a quarter or an eighth of its size.
                is_turned = opened.size != (facts.width, facts.height)
                opened.draft(None, (height, width) if is_turned else (width, height))
            opened.load()
            profile = opened.info.get("icc_profile")
            image = ImageOps.exif_transpose(opened)
    image = _to_srgb(_plain(image, has_alpha=facts.has_alpha), profile)
    return scale(image, (width, height))


def _plain(image: Image.Image, *, has_alpha: bool) -> Image.Image:
    """Return an image without palette, in a mode that profiles apply to."""
    if has_alpha:
        return image if image.mode == "RGBA" else image.convert("RGBA")
    if image.mode.startswith("I") or image.mode == "F":  # 16 bits per pixel
        return image.convert("I").point(lambda value: value / 256).convert("L").convert("RGB")
    return image if image.mode in ("RGB", "CMYK") else image.convert("RGB")


def _to_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Convert the colours to sRGB; a damaged profile is ignored."""
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile:
        try:
            known = ImageCms.ImageCmsProfile(BytesIO(profile))
            if "sRGB" not in ImageCms.getProfileDescription(known):
                converted = ImageCms.profileToProfile(
                    image, known, ImageCms.createProfile("sRGB"), outputMode=mode
                )
                return converted if converted is not None else image
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return image if image.mode == mode else image.convert(mode)


def scale(image: Image.Image, size: tuple[int, int]) -> Image.Image:
    """Scale an image down to a size."""
    if image.size == size:
        return image
    return image.resize(size, Image.Resampling.LANCZOS, reducing_gap=_GAP)


def encode(image: Image.Image, target: Target) -> bytes:
    """Return the file of an image, with nothing but its pixels."""
    options: dict[str, Any] = {"quality": target.quality}
    if target.format == "avif":
        # One thread, because each core has a process of its own.
        options |= {"speed": _FAST_AVIF, "max_threads": 1}
    elif target.format == "webp":
        options |= {"method": _FAST_WEBP}
    elif target.format == "jpeg":
        options |= {"progressive": True, "optimize": True}
        if image.mode == "RGBA":
            paper = Image.new("RGB", image.size, _PAPER)
            paper.paste(image, mask=image.getchannel("A"))
            image = paper
    else:
        options = {"optimize": True}
    plain = Image.new(image.mode, image.size)
    plain.paste(image)  # without the metadata of the source
    file = BytesIO()
    plain.save(file, target.format.upper(), **options)
    return file.getvalue()
