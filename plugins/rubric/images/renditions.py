"""Plans the renditions of a picture: formats, sizes and addresses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import PurePosixPath
from typing import NamedTuple

from rubric.images.inspection import PictureFacts
from rubric.model.tag import slugify

FOLDER = "pictures"
"""The folder of all renditions below the root of the site."""

MIME_TYPES: Mapping[str, str] = {
    "avif": "image/avif",
    "webp": "image/webp",
    "jpeg": "image/jpeg",
    "png": "image/png",
}
_ENDINGS = {"jpeg": "jpg"}
_VERSION = 1
"""Part of all addresses. Increase it when the same options give other pixels."""
_MIN_STEP = 0.9
"""A width is left out if the picture is hardly wider."""
_MAIL_WIDTH = 1200


@dataclass(frozen=True, slots=True)
class Options:
    """The setting IMAGES: widths in pixels in ascending order, formats, and quality by format."""

    widths: tuple[int, ...]
    large: int
    formats: tuple[str, ...]
    quality: Mapping[str, int]


class Target(NamedTuple):
    """One file to make: its address, format, quality, and size in pixels."""

    address: str
    format: str
    quality: int
    width: int
    height: int


class Plan(NamedTuple):
    """The files of one picture, by their use; see `rubric.model.picture.Picture`."""

    sources: tuple[tuple[str, tuple[Target, ...]], ...]
    fallbacks: tuple[Target, ...]
    large: Target | None
    jpeg: Target | None

    def targets(self) -> Iterator[Target]:
        """Yield all files, those of one size together, each once."""
        lists = [self.fallbacks, *(targets for _, targets in self.sources)]
        extra = [each for each in (self.large, self.jpeg) if each]
        found = {each.address: each for targets in (*lists, extra) for each in targets}
        yield from sorted(found.values(), key=lambda each: (-each.width, each.address))


def plan_picture(
    name: str, facts: PictureFacts, options: Options, *, needs_jpeg: bool = False
) -> Plan:
    """Return the files of a picture; `name` is its path. Nothing is enlarged.

    `needs_jpeg` for pictures that mails and sharing services show.
    """
    stem = slugify(PurePosixPath(name).stem) or "picture"
    ratio = facts.height / facts.width

    def target(width: int, format: str) -> Target:
        quality = options.quality.get(format, 0)
        known = f"{_VERSION} {facts.digest} {width} {format} {quality}"
        digest = blake2b(known.encode(), digest_size=6).hexdigest()
        address = f"{FOLDER}/{stem}-{width}.{digest}.{_ENDINGS.get(format, format)}"
        return Target(address, format, quality, width, max(1, round(width * ratio)))

    widths = widths_of(facts.width, options.widths)
    fallback = fallback_format(facts)
    fallbacks = tuple(target(width, fallback) for width in widths)
    is_larger = facts.width > widths[-1] and options.large > widths[-1]
    jpeg = None
    if needs_jpeg:
        fitting = [width for width in widths if width <= _MAIL_WIDTH]
        jpeg = target(fitting[-1] if fitting else min(facts.width, _MAIL_WIDTH), "jpeg")
    return Plan(
        sources=tuple(
            (MIME_TYPES[format], tuple(target(width, format) for width in widths))
            for format in options.formats
        ),
        fallbacks=fallbacks,
        large=target(min(facts.width, options.large), fallback) if is_larger else None,
        jpeg=jpeg,
    )


def widths_of(width: int, wanted: tuple[int, ...]) -> tuple[int, ...]:
    """Return the widths of a picture's renditions.

    >>> widths_of(4000, (480, 800, 1200)), widths_of(600, (480, 800, 1200))
    ((480, 800, 1200), (480, 600))
    """
    smaller = [each for each in wanted if each <= width * _MIN_STEP]
    largest = min(width, wanted[-1])
    return tuple(smaller) if smaller and smaller[-1] >= largest else (*smaller, largest)


def fallback_format(facts: PictureFacts) -> str:
    """Return the original format, if all browsers and mail programs show it; else JPEG or PNG."""
    is_lossless = facts.format in ("PNG", "GIF")
    return "png" if is_lossless or facts.has_alpha else "jpeg"
