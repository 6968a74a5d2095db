"""Blocks as in CommonMark and GFM: where they begin, lists, quotations and admonitions.

Python-Markdown requires four spaces per nesting level. No maintained extension parses lists
like GitHub: mdx_truly_sane_lists (last release 2022) requires exactly two spaces,
pymdownx.fancylists four.
"""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockprocessors import BlockProcessor, BlockQuoteProcessor, HashHeaderProcessor
from markdown.extensions.def_list import DefListIndentProcessor
from markdown.extensions.tables import TableProcessor

from rubric.markup.block_kinds import KINDS, check_name, make_box
from rubric.markup.limits import check_depth
from rubric.markup.syntax import (
    CONTAINER,
    HEADING,
    LIST_MARKER,
    PLACEHOLDER,
    QUOTE,
    RULE,
    content_offset,
    interrupts,
    list_marker,
)

_DEFINITION = re.compile(r" {0,3}: {1,3}\S")
_MAY_INTERRUPT = re.compile(
    r"\n {0,3}(?:[-+*](?: |\n|$)|\d{1,9}[.)](?: |\n|$)|[-*_|:>]|#{1,6}[ \t]|\x02wzxhzdk:)"
    r"|^ {0,3}(?:\x02wzxhzdk:|:::)"
)
_DELIMITER_ROW = re.compile(r" {0,3}\|?(?: *:?-+:? *\|)+(?: *:?-+:? *)?\|? *| {0,3}\| *:?-+:? *")
_LIST = re.compile(r" {0,3}(?:[-+*]|\d{1,9}[.)])(?: |\n|$)")
_OPENING = re.compile(
    rf"(?P<colons>:{{3,}})[ \t]*(?P<kind>{'|'.join(KINDS)})(?=[ \t\[{{\n]|$)"
    r"(?:[ \t]*\[(?P<label>[^\n]*)\]|[ \t]+(?P<title>[^\n{]+))?[ \t]*(?:\{[^\n]*\})?[ \t]*(?=\n|$)",
    re.IGNORECASE,
)
_ANY_OPENING = re.compile(r"(?P<colons>:{3,})[ \t]*\w")
_CLOSING = re.compile(r"(?P<colons>:{3,})[ \t]*")
_ALERT = re.compile(r"\[!(?P<kind>[A-Za-z-]+)\][ \t]*(?P<title>[^\n]*)(?:\n|$)")


def register_blocks(md: Markdown) -> None:
    """Replace block processors of Python-Markdown, and add new ones with suitable priorities."""
    blocks = md.parser.blockprocessors
    for name in ("indent", "ulist"):
        blocks.deregister(name, strict=False)
    blocks.register(_Lists(md.parser), "olist", 99)
    blocks.register(_BlockStarts(md.parser), "block_starts", 98)
    blocks.register(_Admonitions(md.parser), "containers", 97)
    blocks.register(_Heading(md.parser), "hashheader", 70)
    blocks.register(_Quotes(md.parser), "quote", 20)
    if "table" in blocks and isinstance(tables := blocks["table"], TableProcessor):
        blocks.register(_Tables(md.parser, vars(tables)["config"]), "table", 75)
    if "defindent" in blocks:
        blocks.register(_DefinitionContent(md.parser), "defindent", 85)


class _BlockStarts(BlockProcessor):
    """Splits a block of lines wherever another block begins.

    This takes one pass. Python-Markdown's processors each search a block for their own syntax and
    parse what precedes it, which takes quadratic time.
    """

    def test(self, parent: Element, block: str) -> bool:
        del parent
        return bool(_MAY_INTERRUPT.search(block))

    def run(self, parent: Element, blocks: list[str]) -> bool:
        del parent
        pieces = _split_block(blocks[0].split("\n"))
        if len(pieces) == 1:
            return False
        blocks[0:1] = pieces
        return True


def _split_block(lines: list[str]) -> list[str]:
    """Split lines without blank ones between them into blocks."""
    pieces: list[str] = []
    piece: list[str] = []

    def cut() -> None:
        if piece:
            pieces.append("\n".join(piece))
            piece.clear()

    is_table = False
    for number, line in enumerate(lines):
        if PLACEHOLDER.fullmatch(line) or HEADING.match(line) or _is_rule(line, piece):
            cut()
            piece.append(line)
            cut()
        elif (
            CONTAINER.match(line)
            or (piece and QUOTE.match(line) and not QUOTE.match(piece[0]))
            or (not is_table and _begins_table(lines, number))
            or _begins_term(lines, number, piece)
        ):
            cut()
            piece.append(line)
        elif _begins_list(line, piece):
            # The list processor finds the end of the list.
            cut()
            return [*pieces, "\n".join(lines[number:])]
        else:
            piece.append(line)
            continue
        is_table = "|" in line and not PLACEHOLDER.fullmatch(line)
    cut()
    return pieces


def _is_rule(line: str, piece: list[str]) -> bool:
    if not RULE.fullmatch(line):
        return False
    # A line of hyphens below a single line of text marks a heading.
    return not (line.startswith("--") and len(piece) == 1 and not QUOTE.match(piece[0]))


def _begins_list(line: str, piece: list[str]) -> bool:
    marker = LIST_MARKER.match(line)
    if marker is None or (piece and "|" in piece[-1] and _DELIMITER_ROW.fullmatch(line)):
        return False
    return not piece or bool(QUOTE.match(piece[0])) or interrupts(marker)


def _begins_term(lines: list[str], number: int, piece: list[str]) -> bool:
    """True if a term of a definition list begins below another definition."""
    return (
        bool(piece)
        and number + 1 < len(lines)
        and bool(_DEFINITION.match(lines[number + 1]))
        and not lines[number].startswith((" ", ":"))
        and any(_DEFINITION.match(line) for line in piece)
    )


def _begins_table(lines: list[str], number: int) -> bool:
    """True if a table begins below a line of text (GFM 4.10)."""
    if "|" not in lines[number] or number + 1 == len(lines):
        return False
    row, delimiters = lines[number].strip(), lines[number + 1].strip()
    if not _DELIMITER_ROW.fullmatch(delimiters):
        return False
    columns = len(re.findall(r"(?<!\\)\|", row.strip("|"))) + 1
    return columns == delimiters.strip("|").count("|") + 1


class _Lists(BlockProcessor):
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

    def _marker_of(self, line: str) -> re.Match[str] | None:
        """Return the marker of a line that begins an item of this list."""
        marker = list_marker(line)
        signs = ("bullet", "delimiter")
        return marker if marker and marker.group(*signs) == self.first.group(*signs) else None

    def read(self) -> list[str]:
        """Return the content of each item."""
        items: list[list[str]] = []
        offset, number = 0, 0
        while number < len(self._lines):
            line = self._lines[number]
            after_blank = bool(number) and not self._lines[number - 1]
            marker = self._marker_of(line)
            if items and (line.startswith(" " * offset) or not line.strip()):
                items[-1].append(line[offset:])
            elif marker:
                self.is_loose |= after_blank
                offset = content_offset(marker)
                items.append([line[offset:]])
            elif list_marker(line) or after_blank or not _continues(line, items[-1][-1]):
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
        if line.startswith(" " * offset) or self._marker_of(line):
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


class _DefinitionContent(DefListIndentProcessor):
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


class _Admonitions(BlockProcessor):
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
        source = opening[0].strip()
        box = make_box(self.parser.md, parent, kind, title, source)
        self.parser.state.set("admonition")
        self.parser.parseChunk(box, content)
        self.parser.state.reset()


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


class _Quotes(BlockQuoteProcessor):
    """Block quotations; those that begin with `[!NOTE]` or similar become blocks."""

    def run(self, parent: Element, blocks: list[str]) -> None:
        check_depth(self.parser, blocks[0])
        block = blocks[0]
        start = self.RE.search(block)
        lines = [self.clean(line) for line in block[start.start() if start else 0 :].split("\n")]
        if lines and not lines[0]:
            del lines[0]  # the pattern begins with the line end before the quotation
        alert = _ALERT.match(lines[0]) if lines else None
        if alert and alert["kind"].lower() not in KINDS:
            check_name(alert["kind"], alert[0].strip())
            alert = None
        if alert is None or start is None:
            super().run(parent, blocks)
            return
        del blocks[0]
        self.parser.parseBlocks(parent, [block[: start.start()]])
        kind, title = alert["kind"].lower(), alert["title"].strip()
        box = make_box(self.parser.md, parent, kind, title, alert[0].strip())
        self.parser.state.set("admonition")
        self.parser.parseChunk(box, "\n".join(lines[1:]))
        self.parser.state.reset()


class _Tables(TableProcessor):
    def test(self, parent: Element, block: str) -> bool:
        """Check for `|` first: upstream always splits the block into cells."""
        return "|" in block and super().test(parent, block)


class _Heading(HashHeaderProcessor):
    """A heading has a space after its hashes (CommonMark 0.31, 4.2); `#tag` has none.

    Closing hashes are preceded by a space, so that `## About C#` is kept.
    """

    RE = re.compile(r"(?:^|\n) {0,3}(?P<level>#{1,6})[ \t]+(?P<header>[^\n]*)(?:\n|$)")
    CLOSING = re.compile(r"(?<![^ \t])#+$")

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Remove closing hashes here: upstream's pattern for them takes quadratic time."""
        super().run(parent, blocks)
        heading = parent[-1]
        heading.text = self.CLOSING.sub("", heading.text or "").rstrip()
