"""Admonitions: `:::note` (Docusaurus, VitePress) and `> [!NOTE]` (GitHub)."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from markdown.blockprocessors import BlockProcessor, BlockQuoteProcessor

from rubric.markup.limits import check_depth

_KINDS = "note|tip|info|important|warning|caution|danger|success|secondary|details"
_OPENING = re.compile(
    rf"(?P<colons>:{{3,}})[ \t]*(?P<kind>{_KINDS})(?=[ \t\[{{\n]|$)"
    r"(?:[ \t]*\[(?P<label>[^\n]*)\]|[ \t]+(?P<title>[^\n{]+))?[ \t]*(?:\{[^\n]*\})?[ \t]*(?=\n|$)",
    re.IGNORECASE,
)
_ANY_OPENING = re.compile(r"(?P<colons>:{3,})[ \t]*\w")
_CLOSING = re.compile(r"(?P<colons>:{3,})[ \t]*")
_ALERT = re.compile(
    r"\[!(?P<kind>NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(?:\n|$)", re.IGNORECASE
)


class Admonitions(BlockProcessor):
    """`:::note[Title]` or `::: note Title`, followed by text and a line with `:::`."""

    def test(self, parent: Element, block: str) -> bool:
        del parent
        return block.startswith(":::") and bool(_OPENING.match(block))

    def run(self, parent: Element, blocks: list[str]) -> None:
        check_depth(self.parser, blocks[0])
        opening = _OPENING.match(blocks[0])
        assert opening
        content = _take_content(blocks, opening)
        kind, title = opening["kind"].lower(), (opening["label"] or opening["title"] or "").strip()
        box = _make_box(parent, kind, title)
        self.parser.state.set("admonition")
        self.parser.parseChunk(box, content)
        self.parser.state.reset()


def _make_box(parent: Element, kind: str, title: str) -> Element:
    if kind == "details":
        box = SubElement(parent, "details")
        if title:
            SubElement(box, "summary").text = title
        return box
    box = SubElement(parent, "div", {"class": f"admonition {kind}", "role": "note"})
    if title:
        SubElement(box, "p", {"class": "admonition-title"}).text = title
    return box


def _take_content(blocks: list[str], opening: re.Match[str]) -> str:
    """Remove and return the text up to the closing colons, or all text if there are none."""
    taken: list[str] = []
    open_colons = [len(opening["colons"])]
    rest = blocks.pop(0)[opening.end() :].removeprefix("\n")
    while True:
        lines = rest.split("\n")
        for number, line in enumerate(lines):
            closing = _CLOSING.fullmatch(line)
            if closing and len(closing["colons"]) >= open_colons[-1]:
                open_colons.pop()
            elif opened := _ANY_OPENING.match(line):
                open_colons.append(len(opened["colons"]))
            if not open_colons:
                taken.append("\n".join(lines[:number]))
                blocks.insert(0, "\n".join(lines[number + 1 :]))
                return "\n\n".join(taken)
        taken.append(rest)
        if not blocks:
            return "\n\n".join(taken)
        rest = blocks.pop(0)


class Quotes(BlockQuoteProcessor):
    """Block quotations; those that begin with `[!NOTE]` or similar become admonitions."""

    def run(self, parent: Element, blocks: list[str]) -> None:
        check_depth(self.parser, blocks[0])
        super().run(parent, blocks)
        quote = parent[-1]
        first = quote[0] if len(quote) and quote[0].tag == "p" else None
        alert = _ALERT.match(first.text or "") if first is not None else None
        if first is None or alert is None:
            return
        quote.tag = "div"
        quote.attrib.update({"class": f"admonition {alert['kind'].lower()}", "role": "note"})
        first.text = (first.text or "")[alert.end() :]
        if not first.text:
            quote.remove(first)
