"""Pictures with renditions: the same image in several sizes and formats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


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


_DEFAULT_WIDTH = 800


def srcset(renditions: Sequence[Rendition]) -> str:
    """Return renditions as a `srcset`.

    >>> srcset([Rendition("/pictures/tea-480.jpg", 480, 320)])
    '/pictures/tea-480.jpg 480w'
    """
    return ", ".join(f"{each.link} {each.width}w" for each in renditions)
