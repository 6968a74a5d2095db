"""Style sheets joined into one, and names that change with the content."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from hashlib import sha256

from rubric.model.rubric import Rubric

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LAYERS = re.compile(r"@layer\s+([\w\s,-]+);")


def bundle_styles(sheets: Mapping[str, str], rubrics: Iterable[Rubric]) -> str:
    """Join the sheets named by the `@layer a, b, c;` statement of `layers.css`, in order.

    Raises ValueError if a layer has no sheet, or a sheet no layer.
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
    return shrink("\n".join([*parts, rubric_colours(rubrics)]))


def rubric_colours(rubrics: Iterable[Rubric]) -> str:
    """One custom property for each rubric, so that pages need no inline style."""
    return "".join(f'[data-rubric="{r.id}"]{{--rubric:{r.colour}}}' for r in rubrics)


def shrink(css: str) -> str:
    """Take out comments and the white space that never means anything."""
    folded = re.sub(r"\s+", " ", _COMMENT.sub("", css))
    return re.sub(r"\s*([{};,])\s*", r"\1", folded).replace(";}", "}").strip()


def shrink_script(script: str) -> str:
    """Take out indentation and lines that are only a comment; the theme writes no others."""
    lines = (line.strip() for line in script.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")) + "\n"


def hashed_name(name: str, content: bytes) -> str:
    """`site.css` → `site.3f2a9c01.css`."""
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}.{sha256(content).hexdigest()[:8]}{dot}{suffix}"
