"""Lists as in CommonMark.

Python-Markdown requires four spaces per nesting level. No maintained extension parses lists
like GitHub: mdx_truly_sane_lists (last release 2022) requires exactly two spaces,
pymdownx.fancylists four.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from markdown.blockprocessors import BlockProcessor
from markdown.extensions.def_list import DefListIndentProcessor

from rubric.markup.limits import check_depth
from rubric.markup.markers import (
    CONTAINER,
    HEADING,
    LIST_MARKER,
    PLACEHOLDER,
    QUOTE,
    RULE,
    content_offset,
)

_LIST = re.compile(r" {0,3}(?:[-+*]|\d{1,9}[.)])(?: |\n|$)")


class Lists(BlockProcessor):
    """Ordered and unordered lists (CommonMark 0.31, 5.2 and 5.3)."""

    def test(self, parent: Element, block: str) -> bool:
        del parent
        return bool(_LIST.match(block)) and not RULE.fullmatch(block.partition("\n")[0])

    def run(self, parent: Element, blocks: list[str]) -> None:
        check_depth(self.parser, blocks[0])
        reader = _ItemReader(blocks)
        items = reader.read()
        first = reader.first
        element = SubElement(parent, "ul" if first["bullet"] else "ol")
        if first["number"] and int(first["number"]) != 1:
            element.set("start", str(int(first["number"])))
        children = []
        for item in items:
            child = SubElement(element, "li")
            self.parser.state.set("item")
            self.parser.parseChunk(child, item)
            self.parser.state.reset()
            children.append(child)
        if not reader.is_loose and not any(_count_paragraphs(child) > 1 for child in children):
            for child in children:
                _unwrap(child)


def _count_paragraphs(item: Element) -> int:
    return sum(child.tag == "p" and not PLACEHOLDER.fullmatch(child.text or "") for child in item)


def _unwrap(item: Element) -> None:
    """Remove the paragraph around the text of an item in a tight list."""
    if len(item) and item[0].tag == "p":
        item.text = item[0].text
        item.remove(item[0])


class _ItemReader:
    """Takes the lines of one list from the blocks."""

    def __init__(self, blocks: list[str]) -> None:
        self._blocks = blocks
        self._lines = blocks.pop(0).split("\n")
        first = LIST_MARKER.match(self._lines[0])
        assert first
        self.first = first
        self.is_loose = False
        self._kind = first["bullet"] or first["delimiter"]

    def read(self) -> list[str]:
        """Return the content of each item."""
        items: list[list[str]] = []
        offset, number = 0, 0
        while number < len(self._lines):
            line = self._lines[number]
            after_blank = bool(number) and not self._lines[number - 1]
            marker = None if RULE.fullmatch(line) else LIST_MARKER.match(line)
            if items and (line.startswith(" " * offset) or not line.strip()):
                items[-1].append(line[offset:])
            elif marker and (marker["bullet"] or marker["delimiter"]) == self._kind:
                self.is_loose |= after_blank
                offset = content_offset(marker)
                items.append([line[offset:]])
            elif marker or after_blank or not _continues(line, items[-1][-1]):
                self._blocks.insert(0, "\n".join(self._lines[number:]))
                break
            else:
                items[-1].append(line if line.startswith("    ") else line.lstrip())
            number += 1
            if number == len(self._lines):
                self._take_next(offset)
        return ["\n".join(item).rstrip() for item in items]

    def _take_next(self, offset: int) -> None:
        """Append the block below a blank line, if it belongs to the list."""
        blocks = self._blocks
        number = next((n for n, block in enumerate(blocks) if block.strip("\n")), None)
        if number is None:
            return
        line = blocks[number].lstrip("\n").partition("\n")[0]
        marker = None if RULE.fullmatch(line) else LIST_MARKER.match(line)
        is_item = marker and (marker["bullet"] or marker["delimiter"]) == self._kind
        if line.startswith(" " * offset) or is_item:
            self._lines.append("")
            self._lines += "\n\n".join(blocks[: number + 1]).split("\n")
            del blocks[: number + 1]


def _continues(line: str, before: str) -> bool:
    """True if a line without indentation continues the text of an item."""
    return bool(before.strip()) and not (
        QUOTE.match(line)
        or CONTAINER.match(line)
        or any(_is_whole_block(each) for each in (before, line))
    )


def _is_whole_block(line: str) -> bool:
    return bool(HEADING.match(line) or RULE.fullmatch(line) or PLACEHOLDER.fullmatch(line))


class DefinitionContent(DefListIndentProcessor):
    """Content indented below a definition belongs to it; other indented content does not."""

    def test(self, parent: Element, block: str) -> bool:
        below = parent[-1] if len(parent) else None
        return (
            block.startswith(" " * self.tab_length)
            and below is not None
            and below.tag == "dl"
            and len(below) > 0
            and below[-1].tag == "dd"
        )

    def run(self, parent: Element, blocks: list[str]) -> None:
        content = []
        while blocks and (blocks[0].startswith(" " * self.tab_length) or not blocks[0]):
            content.append(self.looseDetab(blocks.pop(0)))
        definition = parent[-1][-1]
        if definition.text:
            paragraph = Element("p")
            paragraph.text, definition.text = definition.text, ""
            definition.insert(0, paragraph)
        self.parser.state.set("definition")
        self.parser.parseChunk(definition, "\n\n".join(content))
        self.parser.state.reset()
