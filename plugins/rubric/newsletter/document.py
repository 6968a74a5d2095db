"""Collects the parts of an email's HTML that the checks look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_ADDRESSES = {"href", "src", "background", "action", "poster", "cite", "srcset"}


@dataclass(slots=True)
class Document:
    """Parts of an HTML document.

    `addresses` are triples of element, attribute and URL, e.g. `("a", "href", "https://…")`.
    """

    addresses: list[tuple[str, str, str]] = field(default_factory=list)
    images: list[dict[str, str | None]] = field(default_factory=list)
    styles: list[str] = field(default_factory=list)
    style_sheets: list[str] = field(default_factory=list)
    elements: set[str] = field(default_factory=set)
    comments: int = 0
    text: str = ""


def read_document(html: str) -> Document:
    """Parse an HTML document."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.document


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.document = Document()
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        document = self.document
        document.elements.add(tag)
        self._in_style = tag == "style"
        if tag == "img":
            document.images.append(dict(attrs))
        for name, value in attrs:
            if name in _ADDRESSES:
                document.addresses.append((tag, name, value or ""))
            elif name == "style":
                document.styles.append(value or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "style":
            self._in_style = False

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self.document.style_sheets.append(data)
        else:
            self.document.text += data

    def handle_comment(self, data: str) -> None:
        del data
        self.document.comments += 1
