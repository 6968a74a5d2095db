"""An author's HTML as a mail takes it."""

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
    """Absolute links, pictures with sizes, no comments (some providers choke on them).

    `page` is the address the text stands at, `width` the room for pictures in pixels.
    Hashtags become plain text: their pages are a click away from the text's own.
    """
    writer = _Writer(page, addresses, measure, width)
    writer.feed(html)
    writer.close()
    return "".join(writer.parts)


def pictures_in(html: str) -> list[str]:
    """What `to_mail_html` measures of a text: the addresses of its pictures, as they stand."""
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
        given = {name: value or "" for name, value in attrs}
        if tag == "a":
            self._hashtags.append("hashtag" in given.get("class", "").split())
            if self._hashtags[-1]:
                return
        if tag == "img":
            self._size(given)
        kept = {name: value for name, value in given.items() if name not in _DROPPED}
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
        # Inside of script and style this would change code, but gates refuse those.
        self.parts.append(escape(data, quote=False))

    def handle_entityref(self, name: str) -> None:
        self.parts.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.parts.append(f"&#{name};")

    def _address(self, tag: str, name: str, value: str) -> str:
        if tag == "a" and name == "href":
            return self._addresses.widen(value, self._page)
        return self._addresses.picture(value)

    def _size(self, given: dict[str, str]) -> None:
        size = self._measure(given.get("src", ""))
        if size is not None:
            fitting = size.within(self._width)
            given["width"], given["height"] = str(fitting.width), str(fitting.height)
