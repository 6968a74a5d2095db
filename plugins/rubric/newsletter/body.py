"""Converts the HTML of an entry to HTML for emails."""

from __future__ import annotations

from collections.abc import Callable
from html import escape, unescape
from html.parser import HTMLParser

from rubric.model.elements import find_elements
from rubric.model.image_size import Size
from rubric.model.markup import has_pictures
from rubric.newsletter.addresses import Addresses

Measure = Callable[[str], Size | None]
"""Returns the size of an image by its root-relative path; None if unknown or unsupported."""

_URLS = {"href", "src"}
_DROPPED = {"id", "class", "rel", "target", "srcset", "sizes", "loading"}
_VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}


def to_mail_html(
    html: str, *, page: str, addresses: Addresses, measure: Measure, width: int
) -> str:
    """Make links absolute, add sizes to images and remove comments and unsupported attributes.

    `page` is the address of the text, relative to the root; links are resolved against it.
    Images are scaled down to `width` pixels. Hashtag links become plain text. Comments are
    removed because some providers do not handle them.
    """
    writer = _Writer(page, addresses, measure, width)
    writer.feed(html)
    writer.close()
    return "".join(writer.parts)


def pictures_in(html: str) -> list[str]:
    """Return the `src` of all images of a text, unchanged: those that `to_mail_html` measures."""
    if not has_pictures(html):
        return []
    images = (element for element in find_elements(html) if element.name == "img")
    return [unescape(image.attributes.get("src", "")) for image in images]


class _Writer(HTMLParser):
    def __init__(self, page: str, addresses: Addresses, measure: Measure, width: int) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []
        self._page, self._addresses, self._measure = page, addresses, measure
        self._width = width
        self._hashtags: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes: dict[str, str] = {}
        for name, value in attrs:
            attributes.setdefault(name, value or "")
        if tag == "a":
            self._hashtags.append("hashtag" in attributes.get("class", "").split())
            if self._hashtags[-1]:
                return
        if tag == "img" and (size := self._measure(attributes.get("src", ""))):
            fitting = size.within(self._width)
            attributes |= {"width": str(fitting.width), "height": str(fitting.height)}
        kept = {name: value for name, value in attributes.items() if name not in _DROPPED}
        for name in _URLS & kept.keys():
            if (tag, name) == ("a", "href"):
                kept[name] = self._addresses.resolve(kept[name], self._page)
            else:
                kept[name] = self._addresses.picture(kept[name])
        written = "".join(f' {name}="{escape(value)}"' for name, value in kept.items())
        self.parts.append(f"<{tag}{written}>")

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._hashtags and self._hashtags.pop():
            return
        if tag not in _VOID:
            self.parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        # This would corrupt scripts and style sheets, but the checks reject both.
        self.parts.append(escape(data, quote=False))

    def handle_entityref(self, name: str) -> None:
        self.parts.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.parts.append(f"&#{name};")
