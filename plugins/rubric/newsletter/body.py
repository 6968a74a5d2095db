"""Converts the HTML of an entry to HTML for emails."""

from __future__ import annotations

from html import escape
from html.parser import HTMLParser

from rubric.model.markup import has_pictures
from rubric.newsletter.addresses import Addresses
from rubric.newsletter.images import Measure

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
    finder = _PictureFinder(convert_charrefs=False)
    finder.feed(html)
    finder.close()
    return finder.found


class _PictureFinder(HTMLParser):
    def __init__(self, *, convert_charrefs: bool) -> None:
        super().__init__(convert_charrefs=convert_charrefs)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            self.found.append(dict(attrs).get("src") or "")


class _Writer(HTMLParser):
    def __init__(self, page: str, addresses: Addresses, measure: Measure, width: int) -> None:
        super().__init__(convert_charrefs=False)
        self.parts: list[str] = []
        self._page, self._addresses, self._measure = page, addresses, measure
        self._width = width
        self._hashtags: list[bool] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "a":
            self._hashtags.append("hashtag" in attributes.get("class", "").split())
            if self._hashtags[-1]:
                return
        if tag == "img":
            self._size(attributes)
        kept = {name: value for name, value in attributes.items() if name not in _DROPPED}
        for name in _URLS & kept.keys():
            kept[name] = self._address(tag, name, kept[name])
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

    def _address(self, tag: str, name: str, value: str) -> str:
        if tag == "a" and name == "href":
            return self._addresses.resolve(value, self._page)
        return self._addresses.picture(value)

    def _size(self, attributes: dict[str, str]) -> None:
        size = self._measure(attributes.get("src", ""))
        if size is not None:
            fitting = size.within(self._width)
            attributes["width"], attributes["height"] = (
                str(fitting.width),
                str(fitting.height),
            )
