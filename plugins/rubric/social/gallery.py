"""The pictures of a site, drawn when they are asked for and no earlier build has drawn them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

from rubric.social.cache import Cache
from rubric.social.drawing import Painter
from rubric.social.naming import Picture


@dataclass(frozen=True, slots=True)
class Gallery:
    """Neither where pictures are kept nor the brush changes what is on them."""

    cache: Cache = field(compare=False)
    painter: Painter = field(compare=False)

    def show(self, picture: Picture) -> bytes:
        """A picture as a PNG file."""
        return self.cache.get(picture.digest, partial(self.painter.paint, picture.card))
