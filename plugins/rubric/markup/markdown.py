"""The Markdown extension; see the package."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from rubric.markup.block_kinds import block_counts
from rubric.markup.blocks import register_blocks
from rubric.markup.content_blocks import ContentBlocks
from rubric.markup.figures import Figures
from rubric.markup.framing import FocusableCode, Frames
from rubric.markup.inline import register_inline, skip_plain_text
from rubric.markup.limits import check_blocks, drop_blank_lines
from rubric.markup.raw_blocks import RawBlocks
from rubric.markup.typesetting import Typesetting
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
        # Replaces Python-Markdown's; other extensions place their preprocessors relative to it.
        md.preprocessors.register(_BlockLimits(md), "html_block", 20)
        register_blocks(md)
        register_inline(md)
        # Before inline patterns (20), so that these apply to the joined lines.
        md.treeprocessors.register(_HanLines(md), "han_lines", 25)
        md.treeprocessors.register(ContentBlocks(md), "content_blocks", 17)
        md.treeprocessors.register(_FileLinks(md), "file_links", 15)
        md.treeprocessors.register(Frames(md), "frames", 9)
        md.treeprocessors.register(Typesetting(md), "typesetting", 6)
        md.postprocessors.register(FocusableCode(md), "focusable_code", 10)
        # After attributes (8), which may follow an image, and before unescaping (0).
        md.treeprocessors.register(Figures(md), "figures", 5)
        skip_plain_text(md)


def _take_processor(registry: Any, name: str) -> Any:
    """Remove a processor from a registry and return it; None if it is missing."""
    if name not in registry:
        return None
    processor = registry[name]
    registry.deregister(name)
    return processor


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
    """Checks limits after code was removed from the text (29); resets the counts of blocks."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.parser = md

    def run(self, lines: list[str]) -> list[str]:
        block_counts(self.parser).clear()
        check_blocks(lines)
        return drop_blank_lines(lines)


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
