"""HTML and CSS that email clients do not support, according to caniemail.com (2025-09).

Listed is what breaks an email if it is ignored: in Gmail, Outlook for Windows (Word),
Outlook.com or mail.ru. Features that degrade gracefully (rounded corners) are allowed.
"""

from __future__ import annotations

import re

UNSUPPORTED_PROPERTIES = frozenset(
    [
        *("position", "inset", "top", "right", "bottom", "left", "z-index", "float", "clear"),
        *("flex", "flex-direction", "flex-wrap", "justify-content", "align-items", "gap"),
        *("grid", "grid-template", "grid-template-columns", "grid-template-rows", "order"),
        *("background-image", "background-size", "background-position", "opacity", "visibility"),
        *("box-shadow", "text-shadow", "filter", "backdrop-filter", "clip-path", "mask-image"),
        *("transform", "transition", "animation", "aspect-ratio", "object-fit", "writing-mode"),
        *("margin-inline", "margin-inline-start", "margin-inline-end", "margin-block"),
        *("padding-inline", "padding-inline-start", "padding-inline-end", "padding-block"),
        *("margin-block-start", "margin-block-end", "padding-block-start", "padding-block-end"),
        *("border-inline-start", "border-inline-end", "border-block-start", "border-block-end"),
        *("inline-size", "block-size", "max-inline-size", "max-block-size", "columns"),
        *("column-count", "text-align-last", "text-emphasis", "line-clamp", "user-select"),
        *("-webkit-line-clamp",),
    ]
)
UNSUPPORTED_VALUES = {
    "display": re.compile(r"flex|grid|contents|flow-root"),
    "margin": re.compile(r"-\d"),
    "": re.compile(
        r"url\(|var\(|calc\(|clamp\(|\bmin\(|\bmax\(|color-mix\(|light-dark\(|rgba?\(|hsla?\(|"
        r"\d(?:rem|vh|vw|vmin|vmax|ch)\b|expression\("
    ),
}
"""Patterns by property; the empty name applies to all properties."""

UNSUPPORTED_AT_RULES = frozenset({"import", "font-face", "keyframes", "supports", "layer"})

UNSUPPORTED_ELEMENTS = frozenset(
    [
        *("script", "iframe", "object", "embed", "applet", "form", "input", "button", "select"),
        *("textarea", "video", "audio", "source", "picture", "svg", "math", "canvas", "link"),
        *("base", "frame", "frameset", "noscript", "template", "marquee"),
    ]
)


def unsupported_declarations(style: str) -> list[str]:
    """Return the declarations of a style that some email client does not support, unchanged."""
    found = []
    for declaration in style.split(";"):
        name, colon, value = (part.strip().lower() for part in declaration.partition(":"))
        if not colon:
            continue
        patterns = [UNSUPPORTED_VALUES[""], UNSUPPORTED_VALUES.get(name)]
        if name in UNSUPPORTED_PROPERTIES or any(p and p.search(value) for p in patterns):
            found.append(declaration.strip())
    return found
