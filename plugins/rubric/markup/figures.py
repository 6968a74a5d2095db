r"""Figures, galleries and recordings: paragraphs that consist of pictures or media files.

| Markdown | HTML |
|---|---|
| `![alt](a.jpg "caption \| credit")` alone in a paragraph or a list item | `figure` |
| several of them in one paragraph | `div.gallery` of figures |
| `![title](talk.mp3)`, `![title](talk.mp4 "caption \| credit")` | `audio`, `video` in a `figure` |
| an image within text | `img` |

`![](a.jpg)` becomes an `img` without `alt`, which is an error of the text (rubric.markup.links).
`![ ](a.jpg)` is an image that is left out by screen readers on purpose.
"""

from __future__ import annotations

from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement

from markdown.treeprocessors import Treeprocessor

from rubric.model.media import media_type

_CONTAINERS = frozenset(("li", "dd"))
_BLOCKS = frozenset(
    (
        *("blockquote", "div", "dl", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr"),
        *("ol", "p", "pre", "table", "ul"),
    )
)


class Caption(NamedTuple):
    """The parts of a title such as `Our desk at nine | Photo: Ann Lee`."""

    text: str
    credit: str


def parse_caption(title: str) -> Caption:
    """Split a title at its last bar.

    >>> parse_caption("Our desk at nine | Photo: Ann Lee")
    Caption(text='Our desk at nine', credit='Photo: Ann Lee')
    """
    text, bar, credit = title.rpartition("|")
    if not bar:
        text, credit = credit, ""
    return Caption(text.strip(), credit.strip())


class Figures(Treeprocessor):
    """Makes figures. It runs after `attr_list`, whose attributes may follow an image."""

    def run(self, root: Element) -> None:
        for image in root.iter("img"):
            _set_alternative(image)
        for parent in list(root.iter()):
            for child in list(parent):
                if child.tag == "p" and (pictures := _pictures_of(child, is_whole=True)):
                    block = _make_block(pictures)
                    _move_attributes(child, block)
                    block.tail = child.tail
                    parent[list(parent).index(child)] = block
            if parent.tag in _CONTAINERS and (pictures := _pictures_of(parent, is_whole=False)):
                for node in _leading(parent):
                    parent.remove(node)
                parent.text = "\n"
                block = _make_block(pictures)
                block.tail = "\n"
                parent.insert(0, block)
        for parent in list(root.iter()):
            for place, child in enumerate(list(parent)):
                if child.tag == "img" and media_type(child.get("src", "")):
                    parent[place] = _make_player(child)


def _set_alternative(image: Element) -> None:
    """Remove `alt` if no text is given; keep an empty one that is given by a space."""
    text = image.get("alt", "")
    if not text:
        image.attrib.pop("alt", None)
    elif not text.strip():
        image.set("alt", "")


def _is_blank(text: str | None) -> bool:
    return not (text or "").strip()


def _leading(element: Element) -> list[Element]:
    """Return the children of a list item before its first block."""
    found = []
    for child in element:
        if child.tag in _BLOCKS:
            break
        found.append(child)
    return found


def _pictures_of(element: Element, *, is_whole: bool) -> list[Element]:
    """Return the images, linked or not, of which a paragraph consists; empty if it has text.

    If `is_whole` is false, blocks may follow, such as a list in a list item.
    """
    if not _is_blank(element.text):
        return []
    nodes = list(element) if is_whole else _leading(element)
    if any(not _is_blank(node.tail) for node in nodes):
        return []
    pictures = [node for node in nodes if node.tag != "br"]
    return pictures if all(map(_is_picture, pictures)) else []


def _is_picture(node: Element) -> bool:
    if node.tag == "a":
        return len(node) == 1 and node[0].tag == "img" and _is_blank(node.text) and (
            _is_blank(node[0].tail)
        )  # fmt: skip
    return node.tag == "img"


def _make_block(pictures: list[Element]) -> Element:
    figures = [_make_figure(picture) for picture in pictures]
    if len(figures) == 1:
        return figures[0]
    gallery = Element("div", {"class": "gallery"})
    gallery.text = "\n"
    for figure in figures:
        figure.tail = "\n"
        gallery.append(figure)
    return gallery


def _make_figure(picture: Element) -> Element:
    image = picture if picture.tag == "img" else picture[0]
    title = image.attrib.pop("title", "")
    is_recording = picture is image and bool(media_type(image.get("src", "")))
    figure = Element("figure", {"class": "recording" if is_recording else "picture"})
    _move_attributes(image, figure)
    picture.tail = None
    figure.append(picture)
    caption = parse_caption(title)
    name = image.get("alt", "") if is_recording else ""
    if name or any(caption):
        _add_caption(figure, caption, name, image.get("src", ""))
    return figure


def _add_caption(figure: Element, caption: Caption, name: str, source: str) -> None:
    """Add a caption. That of a recording begins with its name, as a link to the file."""
    below = SubElement(figure, "figcaption")
    last: Element | None = None
    if name:
        last = SubElement(below, "a", {"href": source})
        last.text = name
    if caption.text:
        if last is None:
            below.text = caption.text
        else:
            last.tail = f" {caption.text}"
    if caption.credit:
        if last is not None:
            last.tail = f"{last.tail or ''} "
        elif below.text:
            below.text += " "
        SubElement(below, "small", {"class": "credit"}).text = caption.credit


def _move_attributes(source: Element, target: Element) -> None:
    """Move `id` and classes that `attr_list` has given, such as `{.wide}`."""
    if name := source.attrib.pop("id", ""):
        target.set("id", name)
    if classes := source.attrib.pop("class", ""):
        target.set("class", f"{target.get('class', '')} {classes}".strip())


def _make_player(image: Element) -> Element:
    """Replace an image whose source is a recording. Nothing is loaded before it is played."""
    source, name = image.get("src", ""), image.get("alt", "")
    kind = media_type(source).partition("/")[0]
    player = Element(kind, {"controls": "", "preload": "none", "src": source})
    if name:
        player.set("aria-label", name)
    player.tail = image.tail
    return player
