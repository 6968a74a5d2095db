"""Renders images, using the cache of earlier builds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from rubric.social.cache import Cache
from rubric.social.card_images import CardImage
from rubric.social.font_files import FontFiles

if TYPE_CHECKING:
    from rubric.social.drawing import CardPainter


@dataclass(frozen=True)
class CardRenderer:
    """Renders images with the fonts that were found."""

    cache: Cache
    fonts: FontFiles

    def render(self, picture: CardImage) -> bytes:
        """Return an image as a PNG file."""
        return self.cache.get(picture.digest, lambda: self._painter.paint(picture.card))

    @cached_property
    def _painter(self) -> CardPainter:
        # Imported here because most builds draw no image.
        from rubric.social.drawing import CardPainter
        from rubric.social.fonts import Fonts

        return CardPainter(Fonts(self.fonts))
