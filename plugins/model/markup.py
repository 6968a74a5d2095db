"""HTML as text: changes inside its tags, none in what readers read."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urljoin

# Everything outside of XML 1.0's Char production (XML 1.0, 2.2).
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINK = re.compile(r'(?<![\w-])(href|src|poster)="(?![a-zA-Z][a-zA-Z0-9+.-]*:)([^"]*)"')
_TAG = re.compile(r"<[a-zA-Z](?:[^<>\"]|\"[^\"]*\")*>")


def to_xml_text(text: str) -> str:
    """Leave out characters that no XML document may hold."""
    return _ILLEGAL.sub("", text)


def has_pictures(html: str) -> bool:
    return "<img" in html.lower()


def replace_in_tags(
    pattern: re.Pattern[str], replace: Callable[[re.Match[str]], str], html: str
) -> str:
    """Replace matches of `pattern` in start tags alone; text that looks like one stays."""
    return _TAG.sub(lambda tag: pattern.sub(replace, tag[0]), html)


def widen_links(html: str, page: str, origin: str) -> str:
    """Give every link its whole address, for who reads the HTML somewhere else.

    `page` is the absolute address the HTML stands at, `origin` scheme and host.
    """

    def widen(match: re.Match[str]) -> str:
        name, address = match.groups()
        if address.startswith("#"):
            return f'{name}="{page}{address}"'
        if address.startswith("/") and not address.startswith("//"):
            return f'{name}="{origin}{address}"'
        try:
            return f'{name}="{urljoin(page, address)}"'
        except ValueError:  # such as `//[`, which leads nowhere
            return match[0]

    return replace_in_tags(_LINK, widen, html)
