"""HTML as text: changes inside its tags, none in what readers read."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from rubric.model.elements import replace_urls

# Everything outside of XML 1.0's Char production (XML 1.0, 2.2).
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
# Python-Markdown's footnotes: the mark in the text, and the links back from the notes.
_FOOTNOTE_MARK = re.compile(r'\s*<sup id="fnref\d*:[^"<>]*">.*?</sup>', re.DOTALL)
_FOOTNOTE_RETURN = re.compile(
    r'(?:&#160;|&nbsp;|\s)*<a class="footnote-backref"[^<>]*>[^<]*</a>', re.DOTALL
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
