"""What went wrong on the way, said without the secrets that were on the way too."""

from __future__ import annotations

from collections.abc import Iterable


class DeliveryError(Exception):
    """Nothing was delivered, or it isn't known; the message says which and the way out.

    `status` is the HTTP status or SMTP code, 0 if there was none.
    """

    def __init__(self, message: str, status: int = 0) -> None:
        self.status = status
        super().__init__(message)


def shorten(text: str, secrets: Iterable[str] = (), limit: int = 200) -> str:
    """What a server said on one line of at most `limit` characters, secrets blanked."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = text.replace(secret, "…")
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"
