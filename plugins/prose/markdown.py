"""The Markdown extension; see the package."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.blockprocessors import HashHeaderProcessor
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from plugins.prose.plain_text import spare_plain_text

_HAN = r"\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef"
# Two spaces at a line's end are an author's line break, so they are left alone.
_LINE_JOIN = re.compile(rf"(?<=[{_HAN}])[ \t]?\n[ \t]*(?=[{_HAN}])")


class ProseExtension(Extension):
    """CommonMark headings, Han line joins, links to files; see the package."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        md.parser.blockprocessors.register(_Heading(md.parser), "hashheader", 70)
        # Before inline patterns (20), which see the text in its final form.
        md.treeprocessors.register(_HanLines(md), "han_lines", 25)
        md.treeprocessors.register(_FileLinks(md), "file_links", 15)
        spare_plain_text(md)


class _Heading(HashHeaderProcessor):
    """A heading has a space after its hashes (CommonMark 0.31, 4.2); `#tag` has none.

    Hashes that close it have a space before them, so that `## About C#` stays whole.
    """

    RE = re.compile(r"(?:^|\n)(?P<level>#{1,6})[ \t]+(?P<header>[^\n]*)(?:\n|$)")
    CLOSING = re.compile(r"(?<![^ \t])#+$")

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Upstream's own pattern looks for the closing hashes, in quadratic time."""
        super().run(parent, blocks)
        heading = parent[-1]
        heading.text = self.CLOSING.sub("", heading.text or "").rstrip()


class _HanLines(Treeprocessor):
    """A line end between Han characters is where an author wrapped, not a space."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            element.text, element.tail = _join_lines(element.text), _join_lines(element.tail)


def _join_lines(text: str | None) -> str | None:
    if not text or "\n" not in text or isinstance(text, AtomicString):
        return text
    return _LINE_JOIN.sub("", text)


class _FileLinks(Treeprocessor):
    """`[text](other.md)` and `![alt](picture.jpg)` become Pelican's file references."""

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


def makeExtension(**kwargs: Any) -> ProseExtension:  # noqa: N802 (Python-Markdown's name)
    """Make the extension for Python-Markdown."""
    return ProseExtension(**kwargs)
