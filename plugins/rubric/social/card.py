"""Cards: texts and colours of one preview image."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from hashlib import sha256

WIDTH, HEIGHT = 1200, 630
ACCENT = "#0d6558"
"""The colour of the site (theme/static/css/tokens.css)."""

LAYOUT = 1
"""Increase this if the drawing changes, so that cached images are not reused."""

ALT_LENGTH = 300  # characters; services truncate at about 400


@dataclass(frozen=True, slots=True)
class Card:
    """Everything that an image shows.

    `tag` is the BCP 47 tag of the texts; it selects the variants of Han characters. `kicker` is
    printed above the title in `colour` (`#rrggbb`). For quotations, `title` is the quoted text
    and `is_quotation` is true. `status` is a changed status of an event. `facts` are lines below
    the title, the first one bold. `byline` is printed at the bottom beside `site_name`.
    """

    tag: str
    colour: str
    site_name: str
    title: str
    kicker: str = ""
    status: str = ""
    facts: tuple[str, ...] = ()
    byline: str = ""
    is_quotation: bool = False

    @property
    def is_blank(self) -> bool:
        """True for the default image, which has no text and needs no fonts."""
        return not (self.title or self.site_name)

    @property
    def alt(self) -> str:
        """The alternative text: all texts of the card in reading order."""
        words = (self.kicker, self.status, self.title, *self.facts, self.byline, self.site_name)
        text = " ".join(" · ".join(filter(None, words)).split())
        return text if len(text) <= ALT_LENGTH else f"{text[: ALT_LENGTH - 1].rstrip()}…"

    def digest(self, versions: str) -> str:
        """Return the cache key; `versions` are those of fonts and Pillow."""
        drawn = [LAYOUT, versions, {name: getattr(self, name) for name in _FIELDS}]
        return sha256(_ENCODER.encode(drawn).encode()).hexdigest()


_FIELDS = tuple(each.name for each in fields(Card))
_ENCODER = json.JSONEncoder(ensure_ascii=False)
