"""Addresses that a stranger's text may lead to."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from rubric.importers.telegram import Span

_SCHEMES = ("https", "http", "mailto", "tel", "tg")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# White space, controls, and what Markdown or HTML would read in an address.
_UNSAFE = re.compile(r"[\s\x00-\x20\x7f<>\"'`\\()\[\]{}|^]")
_USER = re.compile(r"@[A-Za-z][A-Za-z0-9_]{2,31}")


def address_of(span: Span) -> str:
    """The safe address a span leads to, or '' if it leads nowhere."""
    text = span.text.strip()
    match span.kind:
        case "text_link":
            return web_address(span.href)
        case "link":
            return web_address(text)
        case "email":
            return web_address(f"mailto:{text}")
        case "phone":
            digits = re.sub(r"[^0-9+]", "", text)
            return f"tel:{digits}" if digits else ""
        case "mention":
            return f"https://t.me/{text[1:]}" if _USER.fullmatch(text) else ""
    return ""


def web_address(text: str) -> str:
    """An address with a scheme readers can follow, percent-encoded where Markdown needs it.

    `example.com` gets https. Returns '' for other schemes, and for what is no address.
    """
    address = text.strip()
    if not _SCHEME.match(address):
        address = f"https://{address}"
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme not in _SCHEMES:
        return ""
    if parts.scheme.startswith("http") and "." not in parts.netloc.strip("."):
        return ""
    return _UNSAFE.sub(lambda found: quote(found[0], safe=""), address)
