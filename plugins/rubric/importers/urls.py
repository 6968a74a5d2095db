"""Checks URLs in imported, untrusted text."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from rubric.importers.telegram import Span

_SCHEMES = ("https", "http", "mailto", "tel", "tg")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# White space, control characters, and characters with a meaning in Markdown or HTML.
_UNSAFE = re.compile(r"[\s\x00-\x20\x7f<>\"'`\\()\[\]{}|^]")
_USER = re.compile(r"@[A-Za-z][A-Za-z0-9_]{2,31}")


def url_of(span: Span) -> str:
    """Return the safe URL to which a span links, or '' if it has none."""
    text = span.text.strip()
    match span.kind:
        case "text_link":
            return safe_url(span.href)
        case "link":
            return safe_url(text)
        case "email":
            return safe_url(f"mailto:{text}")
        case "phone":
            digits = re.sub(r"[^0-9+]", "", text)
            return f"tel:{digits}" if digits else ""
        case "mention":
            return f"https://t.me/{text[1:]}" if _USER.fullmatch(text) else ""
    return ""


def safe_url(text: str) -> str:
    """Return a URL with an allowed scheme, percent-encoded so that it is safe in Markdown.

    A text without scheme, such as `example.com`, gets https. Returns '' for other schemes such
    as `javascript:`, and for text that is not a URL.
    """
    url = text.strip()
    if not _SCHEME.match(url):
        url = f"https://{url}"
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme not in _SCHEMES:
        return ""
    if parts.scheme.startswith("http") and "." not in parts.netloc.strip("."):
        return ""
    return _UNSAFE.sub(lambda match: quote(match[0], safe=""), url)
