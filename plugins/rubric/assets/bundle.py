"""Joins and minifies style sheets and scripts, and adds hashes to file names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256

from rubric.model.edition import Edition
from rubric.model.rubric import Rubric

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPECIAL = re.compile(r'[\x00-\x1f"\\<>]')
_LAYERS = re.compile(r"@layer\s+([\w\s,-]+);")


def bundle_styles(
    sheets: Mapping[str, str], rubrics: Iterable[Rubric], added: Iterable[str] = ()
) -> str:
    """Join the style sheets in the order of the `@layer a, b, c;` statement of `layers.css`.

    `added` are sheets of child themes. They follow without a layer, so that their rules have
    precedence over those of the theme, whatever their selectors.

    Raises ValueError if a layer has no style sheet, or a style sheet no layer.
    """
    statement = _LAYERS.search(sheets.get("layers", ""))
    if statement is None:
        raise ValueError("theme/static/css/layers.css: has no “@layer a, b;” statement.")
    layers = [name.strip() for name in statement[1].split(",")]
    stray = set(sheets) - set(layers) - {"layers"}
    missing = [name for name in layers if name not in sheets]
    if stray or missing:
        raise ValueError(
            f"theme/static/css: layers without a sheet: {missing}; sheets without a layer: "
            f"{sorted(stray)}. Name them alike in layers.css."
        )
    parts = [sheets["layers"], *(f"@layer {name}{{{sheets[name]}}}" for name in layers)]
    return minify_css("\n".join([*parts, rubric_colours(rubrics), *added]))


def page_styles(sheet: str) -> str:
    """Return a style sheet that only some pages load, in the layer of components."""
    return minify_css(f"@layer components{{{sheet}}}")


def rubric_colours(rubrics: Iterable[Rubric]) -> str:
    """Return a custom property for each rubric, so that pages need no inline styles."""
    return "".join(f'[data-rubric="{r.id}"]{{--rubric:{r.colour}}}' for r in rubrics)


def minify_css(css: str) -> str:
    """Remove comments and insignificant white space."""
    folded = re.sub(r"\s+", " ", _COMMENT.sub("", css))
    return re.sub(r"\s*([{};,])\s*", r"\1", folded).replace(";}", "}").strip()


def minify_script(script: str) -> str:
    """Remove indentation and comment lines; the theme has no other comments."""
    lines = (line.strip() for line in script.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"


def hashed_name(name: str, content: bytes) -> str:
    """Add a hash to a file name: `site.css` → `site.3f2a9c01.css`."""
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}.{sha256(content).hexdigest()[:8]}{dot}{suffix}"


def feed_stylesheet(sheet: str, edition: Edition) -> tuple[str, bytes]:
    """Return address and content of the style sheet for an edition's feeds in a browser.

    It shows the explanation by `var(--about)`. CSS has no access to the language of RSS, so
    each language has its own style sheet.
    """
    about = edition.gettext(
        "This is a feed. Copy the address below into a feed reader, and new texts arrive "
        "there by themselves."
    )
    tag = edition.language.tag
    body = sheet.replace(f":root:lang({tag})", ":root:root")
    # Appended after minifying, which would remove white space from the text.
    content = f"{minify_css(body)}:root{{--about:{_string(about)}}}".encode()
    return f"theme/{hashed_name(f'feed-{edition.lang}.css', content)}", content


def _string(text: str) -> str:
    """Return a CSS string (CSS Syntax 3, 4.3.5) with special characters escaped."""
    return '"' + _SPECIAL.sub(lambda match: f"\\{ord(match[0]):x} ", text) + '"'
