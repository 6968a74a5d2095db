"""Style sheet of feeds, for readers who open one in a browser.

It is CSS because browsers are removing XSLT (W3C, Associating Style Sheets with XML 1.0).
Feed readers ignore processing instructions.
"""

from __future__ import annotations

from xml.sax.saxutils import quoteattr


def add_stylesheet(document: bytes, stylesheet: str) -> bytes:
    """Add the address of a style sheet to an XML document whose first line is its declaration."""
    declaration, _, root = document.partition(b"\n")
    instruction = f'<?xml-stylesheet type="text/css" href={quoteattr(stylesheet)}?>'
    return b"\n".join((declaration, instruction.encode(), root))
