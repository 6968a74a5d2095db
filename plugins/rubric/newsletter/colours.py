"""Colours of the site for emails, where CSS variables and color-mix() are not available."""

from __future__ import annotations

ACCENT = "#0d6558"
_SHARE = 0.48


def lighten(colour: str) -> str:
    """Mix a `#rrggbb` colour with white for text in dark mode, as the site's style sheet does."""
    digits = colour.lstrip("#")
    parts = [int(digits[place : place + 2], 16) for place in (0, 2, 4)]
    mixed = [round(part + (255 - part) * _SHARE) for part in parts]
    return "#" + "".join(f"{part:02x}" for part in mixed)
