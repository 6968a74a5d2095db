"""Cards: the words and colours of one social image."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from hashlib import sha256

WIDTH, HEIGHT = 1200, 630
LAYOUT = 1
"""Raise when the drawing changes, so that cards are drawn anew."""

ALT_LENGTH = 300  # characters; services cut from about 400 on


@dataclass(frozen=True, slots=True)
class Card:
    """Everything that is drawn.

    `tag` is the BCP 47 tag of the words: it chooses the forms of Han characters. `kicker`
    stands over the title in `colour` (`#rrggbb`); a quotation's words are its `title`
    (`is_quotation`); `status` is what has become of an event, `facts` are lines under the
    title, the first one strong; `byline` stands at the foot beside `site_name`.
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
        """Whether there is nothing to read: the default picture, which needs no fonts."""
        return not (self.title or self.site_name)

    @property
    def alt(self) -> str:
        """The card for who can't see it: its words, in their order."""
        words = (self.kicker, self.status, self.title, *self.facts, self.byline, self.site_name)
        text = " ".join(" · ".join(filter(None, words)).split())
        return text if len(text) <= ALT_LENGTH else f"{text[: ALT_LENGTH - 1].rstrip()}…"

    def digest(self, versions: str) -> str:
        """What tells this picture from all others; `versions` are those of fonts and Pillow."""
        drawn = [LAYOUT, versions, {name: getattr(self, name) for name in _FIELDS}]
        return sha256(_ENCODER.encode(drawn).encode()).hexdigest()


_FIELDS = tuple(each.name for each in fields(Card))
_ENCODER = json.JSONEncoder(ensure_ascii=False)
