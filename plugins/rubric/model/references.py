"""References: the URLs in a text's HTML that are resolved when the whole site is known.

These are `{filename}other.md`, `{static}picture.jpg` and `{attach}…`, `{tag}tea`, `{category}…`,
`{author}…` and `{index}`, hashtags (`{tag}…` in links of the class `hashtag`), links within the
site (`/en/about/`, `notes.pdf`), fragments that the text itself does not have, and files of other
sites, which no page may load.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import NamedTuple
from urllib.parse import unquote

from rubric.model.blocked import find_blocked
from rubric.model.elements import (
    Element,
    find_elements,
    remove_links,
    replace_urls,
    urls_of,
    without_ignored,
)

Links = tuple[tuple[str, str], ...]
"""References with the addresses to put in their place, both as HTML has them in quotes.

An empty address removes the link: its page is not published.
"""

_HASHTAG_START = '<a class="hashtag" href="{tag}'
_HASHTAG = re.compile(rf'{re.escape(_HASHTAG_START)}(?P<slug>[^"]*)">(?P<text>[^<]*)</a>')
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//")
_LOADED_RELATIONS = frozenset(
    ("stylesheet", "icon", "preload", "modulepreload", "prefetch", "preconnect", "manifest")
)
FRAGMENT = "{fragment}"
"""Begins a reference to a fragment of the text itself."""


class ImageUse(NamedTuple):
    """An image in a text: its `src` as the HTML has it, and its text alternative.

    `alt` is None if it is missing, and empty if the image has none on purpose.
    """

    source: str
    alt: str | None


class Survey(NamedTuple):
    """What the HTML of a text contains: references, each once; the ids that fragments can
    name; markup that pages block (see `blocked`); and its images in order.
    """

    references: tuple[str, ...]
    anchors: tuple[str, ...]
    blocked: tuple[str, ...]
    images: tuple[ImageUse, ...]


def survey(html: str) -> Survey:
    """Read the HTML of a text once. A hashtag's reference is `#` and its slug."""
    if "<" not in html:
        return Survey((), (), (), ())
    elements = list(find_elements(html))
    anchors = dict.fromkeys(_anchors(elements))
    found = dict.fromkeys(_references(elements, anchors))
    return Survey(tuple(found), tuple(anchors), find_blocked(elements), tuple(_images(elements)))


def find_references(html: str) -> tuple[str, ...]:
    """Return all references in a text."""
    return survey(html).references


def _images(elements: Iterable[Element]) -> Iterator[ImageUse]:
    for name, attributes in elements:
        if name == "img" and attributes.get("src"):
            alt = attributes.get("alt")
            yield ImageUse(attributes["src"].strip(), None if alt is None else unescape(alt))


def _anchors(elements: Iterable[Element]) -> Iterator[str]:
    for name, attributes in elements:
        if attributes.get("id"):
            yield unescape(attributes["id"])
        if name == "a" and attributes.get("name"):
            yield unescape(attributes["name"])


def _references(elements: Iterable[Element], anchors: Iterable[str]) -> Iterator[str]:
    for element in elements:
        for _, url in urls_of(element):
            if url.startswith("{tag}") and element.attributes.get("class") == "hashtag":
                yield f"#{url.removeprefix('{tag}')}"
            elif url.startswith("#"):
                if not has_fragment(unescape(url[1:]), anchors):
                    yield f"{FRAGMENT}{url}"
            elif _SCHEME.match(without_ignored(unescape(url))):
                if is_foreign(url) and _loads(element):
                    yield url
            elif url and not url.startswith("?"):
                yield url


def is_foreign(url: str) -> bool:
    """Return whether a URL has a scheme and host."""
    return url.lower().startswith(("https:", "http:", "//"))


def _loads(element: Element) -> bool:
    """Return whether browsers load the URL of an element without an action of the reader."""
    name, attributes = element
    if name == "link":
        return not _LOADED_RELATIONS.isdisjoint(attributes.get("rel", "").lower().split())
    return name not in ("a", "area", "iframe", "frame", "embed", "object", "base", "form")


def has_fragment(fragment: str, anchors: Iterable[str]) -> bool:
    """Return whether a fragment exists on a page with these IDs (HTML, 7.4.6.3)."""
    return (
        fragment in ("", "top")
        or fragment.startswith(":~:")
        or fragment in anchors
        or unquote(fragment) in anchors
    )


def put_links(html: str, links: Links) -> str:
    """Replace references in HTML by links; if a link is empty, only its text remains."""
    addresses = dict(links)
    dead = {name for name, address in links if not address and not name.startswith("#")}
    if dead:
        html = remove_links(html, dead)

    def put_hashtag(match: re.Match[str]) -> str:
        slug, text = match.groups()
        address = addresses.get(f"#{slug}")
        if address is None:
            return match[0]
        if not address:
            return f'<span class="hashtag">{text}</span>'
        return f'<a class="hashtag" rel="tag" href="{address}">{text}</a>'

    # Hashtags come last: their links look like ones from the root, and have the site's path.
    return _HASHTAG.sub(put_hashtag, replace_urls(html, lambda url: addresses.get(url, url)))
