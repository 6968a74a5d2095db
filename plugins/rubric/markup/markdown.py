"""The Markdown extension; see the package."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import HashHeaderProcessor
from markdown.extensions import Extension
from markdown.extensions.tables import TableProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from rubric.markup.admonitions import Admonitions, Quotes
from rubric.markup.block_starts import BlockStarts
from rubric.markup.inline import register as register_inline
from rubric.markup.limits import check_blocks, drop_blank_lines
from rubric.markup.lists import DefinitionContent, Lists
from rubric.markup.plain_text import skip_plain_text
from rubric.markup.raw_blocks import RawBlocks
from rubric.model.script import SQUARES

# Two spaces at the end of a line are a line break, so they are kept.
_LINE_JOIN = re.compile(rf"(?<=[{SQUARES}])[ \t]?\n[ \t]*(?=[{SQUARES}])")


class MarkdownExtension(Extension):
    """CommonMark headings and lists, Han line joins, links to files; see the package."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        # Before hashtags (28), so that hashtags in code are ignored.
        fences = _take_processor(md.preprocessors, "fenced_code_block")
        md.preprocessors.register(RawBlocks(md, fences), "verbatim", 29)
        if fences is not None:
            md.preprocessors.register(_Fences(fences), "fenced_code_block", 25)
        _take_processor(md.preprocessors, "html_block")
        md.preprocessors.register(_BlockLimits(md), "block_limits", 15)
        _register_blocks(md)
        register_inline(md)
        # Before inline patterns (20), so that these apply to the joined lines.
        md.treeprocessors.register(_HanLines(md), "han_lines", 25)
        md.treeprocessors.register(_FileLinks(md), "file_links", 15)
        skip_plain_text(md)


def _register_blocks(md: Markdown) -> None:
    blocks = md.parser.blockprocessors
    for name in ("indent", "ulist"):
        _take_processor(blocks, name)
    blocks.register(Lists(md.parser), "olist", 99)
    blocks.register(BlockStarts(md.parser), "block_starts", 98)
    blocks.register(Admonitions(md.parser), "containers", 97)
    blocks.register(_Heading(md.parser), "hashheader", 70)
    blocks.register(Quotes(md.parser), "quote", 20)
    if "table" in blocks and isinstance(tables := blocks["table"], TableProcessor):
        blocks.register(_Tables(md.parser, vars(tables)["config"]), "table", 75)
    if "defindent" in blocks:
        blocks.register(DefinitionContent(md.parser), "defindent", 85)


def _take_processor(registry: Any, name: str) -> Any:
    """Remove a processor from a registry and return it; None if it is missing."""
    if name not in registry:
        return None
    processor = registry[name]
    registry.deregister(name)
    return processor


class _Tables(TableProcessor):
    def test(self, parent: Element, block: str) -> bool:
        """Check for `|` first: upstream always splits the block into cells."""
        return "|" in block and super().test(parent, block)


class _Fences(Preprocessor):
    """Replaces the preprocessor that renders fences, which are already processed when it runs.

    Superfences looks up its own preprocessor by name.
    """

    def __init__(self, fences: Preprocessor) -> None:
        super().__init__(fences.md)
        self._fences = fences

    def __getattr__(self, name: str) -> Any:
        return getattr(self._fences, name)

    def run(self, lines: list[str]) -> list[str]:
        return lines


class _BlockLimits(Preprocessor):
    """Checks limits after code was removed from the text (29)."""

    def run(self, lines: list[str]) -> list[str]:
        check_blocks(lines)
        return drop_blank_lines(lines)


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


class _HanLines(Treeprocessor):
    """Removes line breaks between Han characters, which are not separated by spaces."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            element.text, element.tail = _join_lines(element.text), _join_lines(element.tail)


def _join_lines(text: str | None) -> str | None:
    if not text or "\n" not in text or isinstance(text, AtomicString):
        return text
    return _LINE_JOIN.sub("", text)


class _FileLinks(Treeprocessor):
    """Converts `[text](other.md)` and `![alt](picture.jpg)` to Pelican's file references."""

    def run(self, root: Element) -> None:
        for element in root.iter("a"):
            element.set("href", _to_reference(element.get("href", ""), only_texts=True))
        for element in root.iter("img"):
            element.set("src", _to_reference(element.get("src", ""), only_texts=False))
            element.set("loading", "lazy")


def _to_reference(address: str, *, only_texts: bool) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    if parts.scheme or parts.netloc or not parts.path or address.startswith(("{", "|")):
        return address
    if parts.path.endswith(".md"):
        return "{filename}" + address
    if only_texts and (parts.path.startswith("/") or parts.path.endswith("/")):
        return address
    return "{static}" + address


def makeExtension(**kwargs: Any) -> MarkdownExtension:  # noqa: N802 (Python-Markdown's name)
    """Create the extension. Called by Python-Markdown."""
    return MarkdownExtension(**kwargs)
