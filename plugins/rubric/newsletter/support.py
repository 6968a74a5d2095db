"""What mail programs leave out, reviewed against caniemail.com's data of 2025-09.

Listed is what breaks a letter where it is missing: in Gmail, Outlook for Windows (Word),
Outlook.com or mail.ru. What merely looks plainer there (rounded corners) may be used.
"""

from __future__ import annotations

import re

FORBIDDEN_PROPERTIES = frozenset(
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
FORBIDDEN_VALUES = {
    "display": re.compile(r"flex|grid|contents|flow-root"),
    "margin": re.compile(r"-\d"),
    "": re.compile(
        r"url\(|var\(|calc\(|clamp\(|\bmin\(|\bmax\(|color-mix\(|light-dark\(|rgba?\(|hsla?\(|"
        r"\d(?:rem|vh|vw|vmin|vmax|ch)\b|expression\("
    ),
}
"""By property; the empty name stands for all of them."""

FORBIDDEN_AT_RULES = frozenset({"import", "font-face", "keyframes", "supports", "layer"})

FORBIDDEN_ELEMENTS = frozenset(
    [
        *("script", "iframe", "object", "embed", "applet", "form", "input", "button", "select"),
        *("textarea", "video", "audio", "source", "picture", "svg", "math", "canvas", "link"),
        *("base", "frame", "frameset", "noscript", "template", "marquee"),
    ]
)


def unfit_declarations(style: str) -> list[str]:
    """The declarations of a style that some mail program leaves out, as written."""
    found = []
    for declaration in style.split(";"):
        name, colon, value = (part.strip().lower() for part in declaration.partition(":"))
        if not colon:
            continue
        patterns = [FORBIDDEN_VALUES[""], FORBIDDEN_VALUES.get(name)]
        if name in FORBIDDEN_PROPERTIES or any(p and p.search(value) for p in patterns):
            found.append(declaration.strip())
    return found
