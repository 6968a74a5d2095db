"""How a feed looks when a browser opens it: a style sheet named before its root element.

Browsers are removing XSLT, so it is CSS (W3C, Associating Style Sheets with XML 1.0).
Feed readers pass over processing instructions.
"""

from __future__ import annotations

import re
from xml.sax.saxutils import quoteattr

_DECLARATION = re.compile(rb"\A(?:\xef\xbb\xbf)?<\?xml[^>]*\?>\s*")


def dress(document: bytes, stylesheet: str) -> bytes:
    """Name a style sheet in an XML feed; what is no XML, or has one already, stays as it is."""
    start = _DECLARATION.match(document)
    if start is None or not stylesheet or b"<?xml-stylesheet" in document[:500]:
        return document
    instruction = f'<?xml-stylesheet type="text/css" href={quoteattr(stylesheet)}?>\n'.encode()
    declaration = start[0].rstrip() + b"\n"
    return declaration + instruction + document[start.end() :]
