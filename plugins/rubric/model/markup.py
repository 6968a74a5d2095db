"""HTML as text: changes inside its tags, none in what readers read."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import urljoin

from rubric.model.elements import replace_urls

# Everything outside of XML 1.0's Char production (XML 1.0, 2.2).
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BREAK = re.compile(
    r"<(?:/?(?:p|div|h\d|li|ul|ol|dl|dt|dd|tr|td|th|table|pre|figure|figcaption)|"
    r"summary|blockquote|br|hr|img)\b[^<>]*>"
)
_UNREAD = re.compile(r"<(script|style|template)\b.*?</\1\s*>", re.DOTALL)
_TAG = re.compile(r"<[^<>]+>")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
# Python-Markdown's footnotes: the mark in the text, and the links back from the notes.
_FOOTNOTE_MARK = re.compile(r'\s*<sup id="fnref\d*:[^"<>]*">.*?</sup>', re.DOTALL)
_FOOTNOTE_RETURN = re.compile(
    r'(?:&#160;|&nbsp;|\s)*<a [^<>]*\bclass="footnote-backref"[^<>]*>[^<]*</a>', re.DOTALL
)


def to_xml_text(text: str) -> str:
    """Leave out characters that no XML document may hold."""
    return _ILLEGAL.sub("", text)


def has_pictures(html: str) -> bool:
    return "<img" in html.lower()


def strip_footnote_marks(html: str) -> str:
    """HTML without the marks of footnotes (`1`) and the links back to them (`↩`)."""
    if "fnref" not in html:
        return html
    return _FOOTNOTE_RETURN.sub("", _FOOTNOTE_MARK.sub("", html))


def to_text(html: str) -> str:
    r"""Convert HTML to text with one line per block; inline tags do not split words.

    Footnotes are kept, but not their numbers and back links. Example:
    `to_text("<p>One <b>&amp;</b> two</p><p>Three</p>") == "One & two\nThree"`.
    """
    html = _UNREAD.sub("", strip_footnote_marks(html)).replace("\n", " ")
    text = unescape(_TAG.sub("", _BREAK.sub("\n", html)))
    return "\n".join(line for part in text.split("\n") if (line := " ".join(part.split())))


def widen_links(html: str, page: str, origin: str) -> str:
    """Make every URL absolute, `srcset` included, for HTML that is read elsewhere.

    `page` is the absolute address of the page that has this HTML, `origin` its scheme and host.
    """

    def widen(url: str) -> str:
        if _SCHEME.match(url):
            return url
        if url.startswith("#"):
            return f"{page}{url}"
        if url.startswith("/") and not url.startswith("//"):
            return f"{origin}{url}"
        try:
            return urljoin(page, url)
        except ValueError:  # such as `//[`
            return url

    return replace_urls(html, widen)
