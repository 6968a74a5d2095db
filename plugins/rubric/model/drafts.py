"""What becomes of drafts: their pages, the list of them, and addresses that can't be guessed."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True)
class Drafts:
    """The settings DRAFTS and WITH_FUTURE_DATES.

    `is_shown` gives each draft a page and lists them, for a preview. With a `secret`, which
    decides about addresses, drafts have pages on a public site, too, but nothing leads there.
    `has_future` makes texts with a date in the future drafts until then (WITH_FUTURE_DATES).
    """

    is_shown: bool = False
    secret: str = ""
    has_future: bool = True

    @property
    def have_pages(self) -> bool:
        return self.is_shown or bool(self.secret)

    def folder(self, guid: str) -> str:
        """Return the folder of a draft below /<lang>/drafts/, if addresses are secret."""
        return hmac.new(self.secret.encode(), guid.encode(), sha256).hexdigest()[:32]
