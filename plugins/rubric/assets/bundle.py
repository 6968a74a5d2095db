"""Joins and minifies style sheets, minifies scripts, and adds hashes to file names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256

from rubric.model.rubric import Rubric

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LAYERS = re.compile(r"@layer\s+([\w\s,-]+);")


def bundle_styles(sheets: Mapping[str, str], rubrics: Iterable[Rubric]) -> str:
    """Join the style sheets in the order of the `@layer a, b, c;` statement of `layers.css`.

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
    return minify_css("\n".join([*parts, rubric_colours(rubrics)]))


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
