"""Names of the blocks that authors write as `> [!NAME]` or `:::name`."""

from __future__ import annotations

from collections import Counter
from difflib import get_close_matches
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown

from rubric.model.errors import TextProblem

ADMONITIONS = (
    *("note", "tip", "info", "important", "warning", "caution", "danger", "success", "secondary"),
)
"""Blocks of text with a colour; they need nothing but text."""
BLOCKS = (
    *("quote", "action", "link", "ask", "poll", "csat", "nps", "steps", "compare", "timeline"),
    "newsletter",
)
"""Blocks that `rubric.markup.content_blocks` transforms when their content has been parsed."""
KINDS = (*ADMONITIONS, "details", *BLOCKS)

KIND, SOURCE, PLACE = "data-block", "data-source", "data-place"
"""Attributes of a block until it is transformed: its kind, its first line, and which of the
lines that read the same it is."""


def make_box(md: Markdown, parent: Element, kind: str, title: str, source: str) -> Element:
    """Add the element of a block; its content is parsed into it.

    `source` is the first line of the block as it was written, without `>`.
    """
    if kind == "details":
        box = SubElement(parent, "details")
        if title:
            SubElement(box, "summary").text = title
        return box
    if kind in ADMONITIONS:
        box = SubElement(parent, "div", {"class": f"admonition {kind}", "role": "note"})
        name = "admonition-title"
    else:
        seen = block_counts(md)
        box = SubElement(parent, "div", {KIND: kind, SOURCE: source, PLACE: str(seen[source])})
        seen[source] += 1
        name = "block-title"
    if title:
        SubElement(box, "p", {"class": name}).text = title
    return box


def check_name(name: str, source: str) -> None:
    """Raise TextProblem for a misspelt name. Other unknown names are text of a quotation."""
    if near := get_close_matches(name.lower(), KINDS, 1, 0.75):
        raise TextProblem(
            f"“[!{name}]” is not a block.",
            f"Did you mean [!{near[0].upper()}]? docs/blocks.md lists all blocks.",
            source,
        )


def block_counts(md: Markdown) -> Counter[str]:
    """Return how often a block began with each line, in the text that is being parsed."""
    counts: Counter[str] | None = getattr(md, "block_counts", None)
    if counts is None:
        counts = Counter()
        md.block_counts = counts  # type: ignore[attr-defined]
    return counts
