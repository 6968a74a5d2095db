"""Style sheet of feeds, for readers who open one in a browser.

It is CSS because browsers are removing XSLT (W3C, Associating Style Sheets with XML 1.0).
Feed readers ignore processing instructions.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import quoteattr

_DECLARATION = re.compile(rb"\A(?:\xef\xbb\xbf)?<\?xml[^>]*\?>\s*")


def add_stylesheet(document: bytes, stylesheet: str) -> bytes:
    """Add a style sheet to an XML feed; other formats and feeds with one are returned unchanged."""
    start = _DECLARATION.match(document)
    if start is None or not stylesheet or b"<?xml-stylesheet" in document[:500]:
        return document
    instruction = f'<?xml-stylesheet type="text/css" href={quoteattr(stylesheet)}?>\n'.encode()
    declaration = start[0].rstrip() + b"\n"
    return declaration + instruction + document[start.end() :]
