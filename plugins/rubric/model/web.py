"""URLs that readers may follow."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit


def as_web_url(value: Any) -> Any:
    """Validate an absolute http(s) URL. Raises ValueError."""
    return _checked_url(value, ("https", "http"), "Write the whole address, https://…")


def as_link(value: Any) -> Any:
    """Validate a link. Raises ValueError for schemes such as `javascript:`."""
    return _checked_url(
        value,
        ("https", "http", "mailto", "tel", "tg", "geo"),
        "Write an https:, mailto: or tel: address.",
    )


def _checked_url(value: Any, schemes: tuple[str, ...], fix: str) -> Any:
    if not isinstance(value, str):
        return value
    try:
        parts = urlsplit(value.strip())
        bad = parts.scheme not in schemes or (parts.scheme.startswith("http") and not parts.netloc)
    except ValueError:
        bad = True
    if bad or re.search(r"[\s\x00-\x1f<>\"]", value.strip()):
        raise ValueError(f"“{value}” is not an address readers can follow. {fix}")
    return value.strip()
