"""Detects whether other plugins process written files."""

from __future__ import annotations

from blinker import Signal

_OWN = ("rubric.bridge.receivers",)
"""Modules of this project whose receivers of these signals do not change files."""


def has_foreign(signal: Signal) -> bool:
    """Return whether receivers of `finalized` or `content_written` may change files.

    pelican-granular-signals has no receiver; it replaces the method `send`.
    """
    is_replaced = getattr(signal.send, "__func__", None) is not type(signal).send
    receivers = signal.receivers_for(None)
    return is_replaced or any(getattr(each, "__module__", "") not in _OWN for each in receivers)
