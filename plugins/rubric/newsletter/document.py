"""The parts of an email's HTML that the checks use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

_ADDRESSES = {"href", "src", "background", "action", "poster", "cite", "srcset"}


@dataclass(frozen=True, slots=True)
class Document:
    """Parts of an HTML document.

    `elements` are names with attributes. `addresses` are triples of element, attribute and URL,
    e.g. `("a", "href", "https://…")`.
    """

    elements: list[tuple[str, dict[str, str]]]
    style_sheet: str
    has_comments: bool

    @property
    def addresses(self) -> list[tuple[str, str, str]]:
        return [
            (element, name, value)
            for element, attributes in self.elements
            for name, value in attributes.items()
            if name in _ADDRESSES
        ]


def read_document(tree: BeautifulSoup) -> Document:
    """Collect the parts of a parsed document."""
    from bs4 import Comment

    return Document(
        [(each.name, {k: str(v) for k, v in each.attrs.items()}) for each in tree.find_all()],
        "".join(sheet.get_text() for sheet in tree.find_all("style")),
        any(isinstance(text, Comment) for text in tree.find_all(string=True)),
    )
