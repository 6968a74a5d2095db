"""What becomes of drafts: their pages, the list of them, and addresses that can't be guessed."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from plugins.model.errors import ErrorLog

_SHORTEST = 16
_FIX = 'Write DRAFTS = {"show": False, "secret": ""}; see docs/settings.md.'


@dataclass(frozen=True, slots=True)
class Drafts:
    """The setting DRAFTS.

    `is_shown` gives each draft a page and lists them, for a preview. With a `secret`, which
    decides about addresses, drafts have pages on a public site, too, but nothing leads there.
    """

    is_shown: bool = False
    secret: str = ""

    @classmethod
    def from_settings(cls, settings: object, errors: ErrorLog) -> Drafts:
        """Read the setting; what is wrong with it is an error, and shows no drafts."""
        if not isinstance(settings, Mapping):
            errors.add("DRAFTS", "is no dict.", _FIX)
            return cls()
        for name in settings.keys() - {"show", "secret"}:
            errors.add("DRAFTS", f"“{name}” is unknown.", _FIX)
        show: Any = settings.get("show", False)
        secret: Any = settings.get("secret", "")
        if not isinstance(show, bool):
            errors.add("DRAFTS", "is neither True nor False.", _FIX, field="show")
            show = False
        if not isinstance(secret, str) or 0 < len(secret) < _SHORTEST:
            problem = f"is not a text of at least {_SHORTEST} characters."
            fix = "Take a long random one, such as `openssl rand -hex 16` prints."
            errors.add("DRAFTS", problem, fix, field="secret")
            secret = ""
        return cls(show, secret)

    @property
    def have_pages(self) -> bool:
        return self.is_shown or bool(self.secret)

    def folder(self, guid: str) -> str:
        """The folder of a draft below /<lang>/drafts/, if addresses are secret."""
        return hmac.new(self.secret.encode(), guid.encode(), sha256).hexdigest()[:32]
