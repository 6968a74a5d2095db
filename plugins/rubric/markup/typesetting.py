"""Applies the typography of a text's language to its running text.

Code, addresses, hashtags, attributes and HTML blocks are left as they are. A quotation mark that
is escaped by a backslash stays straight.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

from rubric.model.typography import NBSP, OBJECT, TAG, Typography, apply_edits, find_edits, typeset

_INLINE_NAMES = (
    "a abbr b bdi bdo big cite del dfn em font i ins label mark q ruby s small span strike strong "
    "sub sup time u"
)
_LITERAL_NAMES = "code kbd math pre samp script style svg textarea var"
_INLINE, _LITERAL = frozenset(_INLINE_NAMES.split()), frozenset(_LITERAL_NAMES.split())
_PLACEHOLDER = re.compile("\x02(?:wzxhzdk:(?P<number>\\d+)|[^\x03]*)\x03")
_RAW_TAG = re.compile(r"<(?P<end>/?)(?P<name>[A-Za-z][\w-]*)")


class Typesetting(Treeprocessor):
    """Runs after attribute lists (8), and before the ids of headings (5), which do not change."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.parser = md

    def run(self, root: Element) -> None:
        language = getattr(self.parser, "text_language", None)
        if language is None or language.typography is None:
            return
        stash = [str(html) for html in self.parser.htmlStash.rawHtmlBlocks]
        _Typesetter(language.typography, stash).set_block(root)


Setter = Callable[[str], None]


@dataclass(slots=True)
class _Run:
    """The running text of one paragraph: pieces, and functions that replace them.

    `masked` is the text without what must not be changed, of the same length.
    """

    masked: list[str] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    setters: list[Setter | None] = field(default_factory=list)

    def add(self, piece: str, masked: str, setter: Setter | None) -> None:
        self.pieces.append(piece)
        self.masked.append(masked)
        self.setters.append(setter)


@dataclass(slots=True)
class _Typesetter:
    typography: Typography
    stash: list[str]
    _literal: str = ""
    """The element of raw HTML whose content is literal, while it is open."""

    def set_block(self, element: Element) -> None:
        """Correct the text of a block and of all blocks in it."""
        if element.tag in _LITERAL:
            return
        if not len(element) and element.text and "\x02" not in element.text:
            if not isinstance(element.text, AtomicString):
                element.text = typeset(element.text, self.typography)
            return
        run = _Run()
        self._add_text(run, element)
        for child in element:
            run = self._add_child(run, child)
        self._finish(run)

    def _add_child(self, run: _Run, child: Element) -> _Run:
        """Add a child and the text after it; returns the run that continues."""
        if child.tag in _LITERAL or child.get("class") == "hashtag" or child.tag == "img":
            run.add("", OBJECT, None)
        elif child.tag == "br":
            run.add("", "\n", None)
        elif child.tag in _INLINE:
            self._add_text(run, child)
            for grandchild in child:
                run = self._add_child(run, grandchild)
        else:
            self._finish(run)
            self.set_block(child)
            run = _Run()
        if child.tail:

            def set_tail(text: str) -> None:
                child.tail = text

            self._add(run, child.tail, set_tail)
        return run

    def _add_text(self, run: _Run, element: Element) -> None:
        if not element.text:
            return

        def set_text(text: str) -> None:
            element.text = text

        self._add(run, element.text, set_text)

    def _add(self, run: _Run, text: str, setter: Setter) -> None:
        if isinstance(text, AtomicString):
            run.add(text, OBJECT * len(text), None)
        else:
            masked = self._mask(text) if "\x02" in text or self._literal else text
            run.add(text, masked, setter)

    def _mask(self, text: str) -> str:
        """Replace placeholders of Python-Markdown, and literal text of raw HTML."""
        parts, position = [], 0
        for match in _PLACEHOLDER.finditer(text):
            parts.append(self._mask_plain(text[position : match.start()]))
            raw = self.stash[int(match["number"])] if match["number"] else ""
            sign, length = self._follow(raw), len(match[0])
            parts.append(OBJECT * (length - 1) + sign if sign == NBSP else sign * length)
            position = match.end()
        return "".join([*parts, self._mask_plain(text[position:])])

    def _mask_plain(self, text: str) -> str:
        return OBJECT * len(text) if self._literal else text

    def _follow(self, raw: str) -> str:
        """Return the character that represents raw HTML, and follow literal elements."""
        tag = _RAW_TAG.match(raw)
        if tag is None:
            return NBSP if raw and unescape(raw).isspace() else OBJECT
        name = tag["name"].lower()
        if tag["end"] and name == self._literal:
            self._literal = ""
        elif not tag["end"] and not self._literal and name in _LITERAL:
            self._literal = name
        return OBJECT if self._literal or name in _LITERAL else TAG

    def _finish(self, run: _Run) -> None:
        self._literal = ""
        text = "".join(run.masked)
        edits = list(find_edits(text, self.typography))
        if not edits:
            return
        # Pieces of code and images are longer or shorter than the characters in their place.
        padded = [piece or mask for piece, mask in zip(run.pieces, run.masked, strict=True)]
        for old, new, setter in zip(padded, apply_edits(padded, edits), run.setters, strict=True):
            if setter is not None and new != old:
                setter(new)
