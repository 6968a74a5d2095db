"""Reads and writes HTML with Beautiful Soup.

It is imported in functions, because that takes 0.3 s and most builds don't need it. For what runs
for every text of a site, see `rubric.model.elements` and `rubric.model.markup`; the reasons are in
docs/decisions/html.md.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

Change = Callable[[str], str]
_DOCTYPE = "<!DOCTYPE html>"
_NBSP = "\N{NO-BREAK SPACE}"


def parse(html: str) -> BeautifulSoup:
    """Parse HTML; white space in documents is kept.

    Of duplicate attributes the first counts, as in browsers.
    """
    from bs4 import BeautifulSoup

    return BeautifulSoup(
        html,
        "html.parser",
        multi_valued_attributes=None,
        on_duplicate_attribute="ignore",
        preserve_whitespace_tags={"html", "pre", "textarea"},
    )


def remove_comments(tree: Tag) -> None:
    """Remove comments, also conditional ones, and declarations."""
    from bs4.element import PreformattedString

    for node in tree.find_all(string=True):
        if isinstance(node, PreformattedString):
            node.extract()


def serialize(
    element: Tag, in_text: Change = str, in_attribute: Change = str, in_style: Change = str
) -> str:
    """Return the content of an element as HTML, written as browsers and css-inline write it.

    The functions change escaped text, escaped values of attributes, and style sheets.
    """
    from bs4.element import NavigableString
    from bs4.formatter import HTMLFormatter

    class Formatter(HTMLFormatter):
        def substitute(self, ns: str) -> str:
            parent = ns.parent if isinstance(ns, NavigableString) else None
            if parent is not None and parent.name in self.cdata_containing_tags:
                return in_style(ns)
            return in_text(_escape(ns))

        def attribute_value(self, value: str) -> str:
            return in_attribute(_escape(value).replace('"', "&quot;"))

        def attributes(self, tag: Tag) -> list[tuple[str, str]]:
            return [(name, str(value)) for name, value in tag.attrs.items()]

    html = element.decode_contents(formatter=Formatter(void_element_close_prefix=""))
    return html.replace(_DOCTYPE + "\n", _DOCTYPE, 1)  # a line end is added to it


def _escape(text: str) -> str:
    return escape(text, quote=False).replace(_NBSP, "&nbsp;")
