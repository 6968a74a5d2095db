"""Errors of delivery, whose messages never contain secrets."""

from __future__ import annotations

from collections.abc import Iterable


class DeliveryError(Exception):
    """A delivery failed, or its result is unknown; the message has the problem and the fix.

    `status` is the HTTP status or SMTP code, or 0 if there was none.
    """

    def __init__(self, message: str, status: int = 0) -> None:
        self.status = status
        super().__init__(message)


def shorten(text: str, secrets: Iterable[str] = (), limit: int = 200) -> str:
    """Return a server's message on one line of at most `limit` characters, without secrets."""
    for secret in sorted(filter(None, secrets), key=len, reverse=True):
        text = text.replace(secret, "…")
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= limit else f"{line[: limit - 1]}…"
