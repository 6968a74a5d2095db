"""Adds what keyboards and screen readers need to tables, code and footnotes of a text."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.postprocessors import Postprocessor
from markdown.treeprocessors import Treeprocessor

from rubric.markup.elements import text_of
from rubric.model.text_language import TextLanguage

_CODE = re.compile(r'(<div class="codehilite">(?:<span class="filename">[^<]*</span>)?<pre)>')
_NOT_FRAMED = "block poll"


class Frames(Treeprocessor):
    """Puts each table into a container that scrolls, and names the parts of footnotes.

    The name of a container are the headings of the table's columns.
    """

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.parser = md

    def run(self, root: Element) -> None:
        if next(root.iter("table"), None) is not None:
            for parent in list(root.iter()):
                if parent.get("class") != _NOT_FRAMED:
                    _frame_tables(parent)
        for notes in root.iter("div"):
            if notes.get("class") == "footnote":
                self._name_footnotes(root, notes)

    def _name_footnotes(self, root: Element, notes: Element) -> None:
        language = getattr(self.parser, "text_language", None) or TextLanguage()
        notes.set("role", "doc-endnotes")
        notes.set("aria-label", language.labels["footnotes"])
        for link in root.iter("a"):
            if link.get("class") == "footnote-ref":
                link.set("role", "doc-noteref")
            elif link.get("class") == "footnote-backref":
                link.attrib.pop("title", None)
                link.set("role", "doc-backlink")
                link.set("aria-label", language.labels["back"])


def _frame_tables(parent: Element) -> None:
    for place, child in enumerate(list(parent)):
        if child.tag != "table":
            continue
        frame = Element("div", {"class": "table", "tabindex": "0"})
        if name := ", ".join(filter(None, (text_of(cell) for cell in child.iter("th")))):
            frame.attrib.update({"role": "region", "aria-label": name})
        frame.tail, child.tail = child.tail, None
        parent[place] = frame
        frame.append(child)


class FocusableCode(Postprocessor):
    """Lets code that is wider than the page be scrolled by keyboard."""

    def run(self, text: str) -> str:
        return _CODE.sub(r'\1 tabindex="0">', text) if "<pre>" in text else text
