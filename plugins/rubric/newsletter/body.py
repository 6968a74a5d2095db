"""Converts the HTML of an entry to HTML for emails."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import unescape
from types import MappingProxyType

from bs4 import BeautifulSoup, Tag

from rubric.model.elements import find_elements
from rubric.model.html_tree import parse, remove_comments, serialize
from rubric.model.image_size import Size
from rubric.model.markup import has_pictures
from rubric.model.picture import Picture
from rubric.newsletter.addresses import Addresses
from rubric.newsletter.blocks import KEPT_CLASSES, simplify_blocks

Measure = Callable[[str], Size | None]
"""Returns the size of an image by its root-relative path; None if unknown or unsupported."""

_DROPPED = {"id", "class", "rel", "target", "srcset", "sizes", "loading"}
# Others may contain a provider's template syntax, which can't be escaped in a name.
_NAME = re.compile(r"[\w:-]+")


def to_mail_html(
    html: str,
    *,
    page: str,
    addresses: Addresses,
    measure: Measure,
    width: int,
    pictures: Mapping[str, Picture] = MappingProxyType({}),
) -> str:
    """Make links absolute, add sizes to images and remove comments and unsupported attributes.

    `page` is the address of the text, relative to the root; links are resolved against it.
    Images are scaled down to `width` pixels; `pictures` are those with renditions. Recordings
    become links, because mail programs do not play them, unless a caption has the link. Hashtag
    links become plain text. Comments are removed because some providers do not handle them.
    """
    tree = parse(html)
    remove_comments(tree)
    simplify_blocks(tree)
    for element in tree.find_all():
        values = {name: str(value) for name, value in element.attrs.items()}
        if element.name == "a" and "hashtag" in values.get("class", "").split():
            element.unwrap()
            continue
        if element.name in ("audio", "video"):
            _replace_player(tree, element, values)
            continue
        wanted = values.get("width", "")
        most = min(width, int(wanted)) if wanted.isdecimal() else width
        if element.name == "img" and (picture := pictures.get(values.get("src", ""))):
            shown = picture.mail
            fitting = Size(shown.width, shown.height).within(most)
            values |= {"src": shown.link, "width": str(fitting.width)}
            values["height"] = str(fitting.height)
        elif element.name == "img" and (size := measure(values.get("src", ""))):
            fitting = size.within(most)
            values |= {"width": str(fitting.width), "height": str(fitting.height)}
        for name in ("href", "src"):
            if (element.name, name) == ("a", "href") and name in values:
                values[name] = addresses.resolve(values[name], page)
            elif name in values:
                values[name] = addresses.picture(values[name])
        classes = KEPT_CLASSES.intersection(values.get("class", "").split())
        kept = (name for name in values if name not in _DROPPED and _NAME.fullmatch(name))
        element.attrs = {name: values[name] for name in kept}
        if classes:
            element.attrs["class"] = " ".join(sorted(classes))
    return serialize(tree)


def _replace_player(tree: BeautifulSoup, player: Tag, values: Mapping[str, str]) -> None:
    """Remove a player in a figure, whose caption links to the file; replace others by a link."""
    source = values.get("src", "")
    if player.find_parent("figure") or not source:
        player.decompose()
        return
    link = tree.new_tag("a", href=source)
    link.string = values.get("aria-label") or source.rpartition("/")[2]
    player.replace_with(link)


def pictures_in(html: str) -> list[str]:
    """Return the `src` of all images of a text, unchanged: those that `to_mail_html` measures."""
    if not has_pictures(html):
        return []
    images = (element for element in find_elements(html) if element.name == "img")
    return [unescape(image.attributes.get("src", "")) for image in images]
