"""Converts the HTML of an entry to plain-text paragraphs that contain every URL."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_BLOCKS = {
    *("p", "div", "section", "article", "figure", "figcaption", "blockquote", "pre", "table"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "dt", "dd", "li", "tr", "hr"),
}
_UNSEEN = {"script", "style", "template"}


def to_paragraphs(html: str) -> list[str]:
    """Return the paragraphs of a text; list items begin with `- ` or `1. `, quotations with `> `.

    A link is followed by its URL in angle brackets (RFC 3986, appendix C), unless its text is
    the URL; an image is replaced by its description and its URL.
    """
    reader = _Reader()
    reader.feed(html)
    reader.close()
    reader.finish()
    return reader.paragraphs


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.paragraphs: list[str] = []
        self._text, self._mark = "", ""
        # The next item's number of each open list, 0 for bullets.
        self._lists: list[int] = []
        self._links: list[tuple[str, int]] = []
        self._quotes = self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag in _BLOCKS:
            self.finish()
        if tag in ("ul", "ol"):
            self._lists.append(int(tag == "ol"))
        elif tag == "li":
            self._mark = self._next_mark()
        elif tag == "a":
            self._links.append((attributes.get("href", ""), len(self._text)))
        elif tag == "img":
            self._text += f" {attributes.get('alt', '')} <{attributes.get('src', '')}> "
        elif tag == "br":
            self._text += "\n"
        elif tag == "blockquote":
            self._quotes += 1
        elif tag in _UNSEEN:
            self._unseen += 1
        elif tag in ("td", "th") and self._text.strip():
            self._text += " | "

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._links:
            url, start = self._links.pop()
            if url and self._text[start:].strip() not in (url, url.removeprefix("mailto:")):
                self._text += f" <{url}>"
        elif tag in _UNSEEN and self._unseen:
            self._unseen -= 1
        if tag in _BLOCKS:
            self.finish()
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
        elif tag == "blockquote" and self._quotes:
            self._quotes -= 1

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self._text += re.sub(r"[ \t\r\n]+", " ", data)

    def finish(self) -> None:
        """End the current paragraph."""
        text = "\n".join(line.strip() for line in self._text.split("\n")).strip()
        if text:
            self.paragraphs.append("> " * self._quotes + self._mark + text)
            self._mark = ""
        self._text = ""
        self._links = [(url, 0) for url, _ in self._links]

    def _next_mark(self) -> str:
        if not self._lists or not self._lists[-1]:
            return "- "
        self._lists[-1] += 1
        return f"{self._lists[-1] - 1}. "
