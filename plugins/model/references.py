"""References: what the HTML of a text leaves open until all of the site is known.

They stand in tags: `{filename}other.md`, `{static}picture.jpg` and `{attach}…`, hashtags
(`{tag}…`), links from the root, and images of other sites, which no page may fetch.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Links = tuple[tuple[str, str], ...]
"""References with the addresses to put in their place, both as HTML has them in quotes."""

_REFERENCE = re.compile(
    r"""(?P<name>\b(?:href|src|poster))=(?P<mark>["'])"""
    r"(?P<value>\{(?:filename|static|attach|tag)\}.*?|/(?!/).*?)(?P=mark)",
    re.DOTALL,
)
_FOREIGN_IMAGE = re.compile(r"""<img\b[^<>]*?\bsrc=["'](?P<url>(?:https?:)?//[^"']*)""")
_HASHTAG_START = '<a class="hashtag" href="{tag}'
_HASHTAG = re.compile(rf'{re.escape(_HASHTAG_START)}(?P<slug>[^"]*)">(?P<text>[^<]*)</a>')
# What looks like a link in a text or a code sample is none: only tags have attributes.
_ELEMENT = re.compile(r"""<[A-Za-z](?:[^<>"']|"[^"]*"|'[^']*')*>""")
_SIGNS = ('="{', "='{", '="/', "='/", "<img")
"""One of these HTML has somewhere if it has references, or tags that could have some."""


def find_references(html: str) -> tuple[str, ...]:
    """All references, each once, as they stand in the HTML; a hashtag's is `#` and its slug."""
    return tuple(dict.fromkeys(_references(html))) if _can_refer(html) else ()


def _references(html: str) -> Iterator[str]:
    for image in _FOREIGN_IMAGE.finditer(html):
        yield image["url"]
    for element in _ELEMENT.finditer(html):
        if _is_referring(element[0]):
            yield from (match["value"] for match in _REFERENCE.finditer(element[0]))
    for match in _HASHTAG.finditer(html):
        yield f"#{match['slug']}"


def _can_refer(html: str) -> bool:
    return any(sign in html for sign in _SIGNS)


def _is_referring(element: str) -> bool:
    return not element.startswith(_HASHTAG_START) and _can_refer(element)


def put_links(html: str, links: Links) -> str:
    """The HTML with links in the place of references; a hashtag whose link is empty is words."""
    addresses = dict(links)

    def put(match: re.Match[str]) -> str:
        name, mark, value = match.groups()
        return f"{name}={mark}{addresses.get(value, value)}{mark}"

    def put_hashtag(match: re.Match[str]) -> str:
        slug, text = match.groups()
        address = addresses.get(f"#{slug}")
        if address is None:
            return match[0]
        if not address:
            return f'<span class="hashtag">{text}</span>'
        return f'<a class="hashtag" rel="tag" href="{address}">{text}</a>'

    def put_all(element: re.Match[str]) -> str:
        return _REFERENCE.sub(put, element[0]) if _is_referring(element[0]) else element[0]

    # Hashtags come last: their links look like ones from the root, and have the site's path.
    return _HASHTAG.sub(put_hashtag, _ELEMENT.sub(put_all, html))
