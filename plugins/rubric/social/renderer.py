"""Renders images, using the cache of earlier builds."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from rubric.social.cache import Cache
from rubric.social.card_images import CardImage
from rubric.social.drawing import CardPainter


@dataclass(frozen=True, slots=True)
class CardRenderer:
    """Renders images. Cache and painter do not affect the result, so they are not compared."""

    cache: Cache = field(compare=False)
    painter: CardPainter = field(compare=False)

    def render(self, picture: CardImage) -> bytes:
        """Return an image as a PNG file."""
        return self.cache.get(picture.digest, partial(self.painter.paint, picture.card))
