"""Markup of a text that the pages' Content-Security-Policy blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape

from rubric.model.elements import URL_ATTRIBUTES, Element, without_ignored

ELEMENTS = frozenset(
    [
        "iframe",
        "frame",
        "frameset",
        "object",
        "embed",
        "applet",
        "portal",
        "fencedframe",
        "style",
        "base",
        "form",
        "meta",
    ]
)
"""Elements that never work in a text."""

_SCHEME = re.compile(r"(javascript|vbscript|data|file|[a-z](?=:[\\/]))(?=:)", re.IGNORECASE)
_SCRIPT_TYPES = ("", "module", "importmap", "speculationrules")


def find_blocked(elements: Iterable[Element]) -> tuple[str, ...]:
    """Return the blocked markup: `<iframe URL`, `style=`, `onclick=` or a URL, each once."""
    return tuple(dict.fromkeys(item for element in elements for item in _blocked(element)))


def _blocked(element: Element) -> Iterator[str]:
    name, attributes = element
    if name in ELEMENTS:
        url = next((attributes[key] for key in ("src", "data", "action") if key in attributes), "")
        yield f"<{name} {unescape(url).strip()}"
    elif name == "script" and "src" not in attributes:
        kind = attributes.get("type", "").strip().lower()
        if kind in _SCRIPT_TYPES or kind.endswith(("javascript", "ecmascript")):
            yield "<script "
    for attribute, value in attributes.items():
        if attribute == "style" or (attribute.startswith("on") and attribute.isalpha()):
            yield f"{attribute}="
        elif attribute in URL_ATTRIBUTES and ":" in (url := unescape(value)):
            scheme = _SCHEME.match(without_ignored(url))
            is_picture = scheme and scheme[1].lower() == "data" and name in ("img", "image")
            if scheme and not is_picture and name not in ELEMENTS:
                yield url
