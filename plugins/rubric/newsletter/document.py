"""The parts of an email's HTML that the checks use."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from rubric.model.elements import Element, find_elements

_ADDRESSES = {"href", "src", "background", "action", "poster", "cite", "srcset"}
_STYLE_SHEET = re.compile(r"<style\b[^<>]*>(.*?)</style", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Document:
    """Parts of an HTML document. Attributes of elements are unescaped.

    `addresses` are triples of element, attribute and URL, e.g. `("a", "href", "https://…")`.
    """

    elements: list[Element]
    style_sheets: list[str]
    has_comments: bool

    @property
    def addresses(self) -> list[tuple[str, str, str]]:
        return [
            (element.name, name, value)
            for element in self.elements
            for name, value in element.attributes.items()
            if name in _ADDRESSES
        ]


def read_document(html: str) -> Document:
    """Parse an HTML document."""
    elements = [
        Element(name, {key: unescape(value) for key, value in attributes.items()})
        for name, attributes in find_elements(html)
    ]
    return Document(elements, _STYLE_SHEET.findall(html), "<!--" in html)
