"""Colours of the site in a mail, which knows no variables and no color-mix()."""

from __future__ import annotations

ACCENT = "#0d6558"
_SHARE = 0.48


def lighten(colour: str) -> str:
    """A `#rrggbb` as text on dark paper: nearly half white, as the site's own style mixes it."""
    digits = colour.lstrip("#")
    parts = [int(digits[place : place + 2], 16) for place in (0, 2, 4)]
    mixed = [round(part + (255 - part) * _SHARE) for part in parts]
    return "#" + "".join(f"{part:02x}" for part in mixed)
