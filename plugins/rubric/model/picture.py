"""Pictures with renditions: the same image in several sizes and formats."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Cover:
    """The picture that stands for a text on cards, in feeds and on sharing services.

    `link` is root-relative. If `is_in_text`, it is an image of the text, else that of the front
    matter, which pages show above the text.
    """

    link: str
    alt: str
    is_in_text: bool = False


class Rendition(NamedTuple):
    """One file of a picture: its root-relative link, and its size in pixels."""

    link: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """The renditions of a picture, each list in ascending width.

    `sources` are modern formats by MIME type, in the order in which browsers should try them.
    `fallbacks` are in a format that all browsers and mail programs show; there is at least one.
    `large` is the file to show when a reader enlarges the picture; None if it is no larger than
    the others. `jpeg` is at most as wide as mails and sharing services need.
    """

    sources: tuple[tuple[str, tuple[Rendition, ...]], ...]
    fallbacks: tuple[Rendition, ...]
    large: Rendition | None
    jpeg: Rendition | None = None

    @property
    def default(self) -> Rendition:
        """Return the fallback for programs that choose no size themselves."""
        return self.fallback_of(_DEFAULT_WIDTH)

    def fallback_of(self, width: int) -> Rendition:
        """Return the smallest fallback that has a width, else the largest."""
        return next((each for each in self.fallbacks if each.width >= width), self.fallbacks[-1])

    @property
    def mail(self) -> Rendition:
        """Return the rendition for mails and feeds."""
        return self.jpeg or self.fallbacks[-1]


def use_fallbacks(html: str, pictures: Mapping[str, Picture]) -> str:
    """Replace the images of a text by renditions that all feed readers show."""
    if "<img" not in html.lower():
        return html

    def replace(match: re.Match[str]) -> str:
        image, source = match[0], _SOURCE.search(match[0])
        picture = pictures.get(unescape(source[1] or source[2] or "")) if source else None
        if picture is None or source is None:
            return image
        shown = picture.mail
        size = "" if _SIZED.search(image) else f' width="{shown.width}" height="{shown.height}"'
        start, end = source.span()
        return f'{image[:start]} src="{escape(shown.link)}"{size}{image[end:]}'

    return _IMAGE.sub(replace, html)


_DEFAULT_WIDTH = 800
_IMAGE = re.compile(r"<img\b[^<>]*>", re.IGNORECASE)
_SOURCE = re.compile(r"\ssrc\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_SIZED = re.compile(r"\s(?:width|height)\s*=", re.IGNORECASE)


def srcset(renditions: Sequence[Rendition]) -> str:
    """Return renditions as a `srcset`.

    >>> srcset([Rendition("/pictures/tea-480.jpg", 480, 320)])
    '/pictures/tea-480.jpg 480w'
    """
    return ", ".join(f"{each.link} {each.width}w" for each in renditions)
