"""Functions on the elements that Python-Markdown makes of a text."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree.ElementTree import Element, SubElement

Parts = list[str | Element]
"""The content of an element: pieces of text and child elements."""


def text_of(element: Element) -> str:
    """Return the text of an element without markup, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def parts_of(element: Element) -> Parts:
    """Remove and return the content of an element. Children lose their tails."""
    parts: Parts = [element.text or ""]
    for child in list(element):
        parts += [child, child.tail or ""]
        child.tail = None
        element.remove(child)
    element.text = None
    return [part for part in parts if not isinstance(part, str) or part]


def fill(element: Element, parts: Parts) -> Element:
    """Append content to an element and return it. Text at both ends is stripped."""
    while parts and isinstance(parts[0], str) and not parts[0].strip():
        parts = parts[1:]
    while parts and isinstance(parts[-1], str) and not parts[-1].strip():
        parts = parts[:-1]
    for number, part in enumerate(parts):
        if isinstance(part, str):
            text = part.lstrip() if number == 0 else part
            _append_text(element, text.rstrip() if number == len(parts) - 1 else text)
        else:
            element.append(part)
    return element


def _append_text(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def lines_of(parts: Parts) -> list[Parts]:
    """Split content at line ends; empty lines are left out."""
    lines: list[Parts] = [[]]
    for part in parts:
        if isinstance(part, str):
            first, *rest = part.split("\n")
            lines[-1].append(first)
            lines += [[line] for line in rest]
        elif part.tag == "br":
            lines.append([])
        else:
            lines[-1].append(part)
    return [line for line in lines if any(not isinstance(p, str) or p.strip() for p in line)]


def plain(parts: Parts) -> str:
    """Return the text of some content, with single spaces."""
    texts = (part if isinstance(part, str) else "".join(part.itertext()) for part in parts)
    return " ".join("".join(texts).split())


def take(parent: Element, wanted: Callable[[Element], bool]) -> Element | None:
    """Remove and return the first descendant that is wanted; the text after it is kept."""
    for holder in list(parent.iter()):
        for place, child in enumerate(list(holder)):
            if wanted(child):
                tail, child.tail = child.tail or "", None
                holder.remove(child)
                if place:
                    holder[place - 1].tail = (holder[place - 1].tail or "") + tail
                else:
                    holder.text = (holder.text or "") + tail
                return child
    return None


def is_empty(element: Element) -> bool:
    """True if an element shows nothing."""
    return not text_of(element) and not any(child.tag == "img" for child in element.iter())


def has_only_links(element: Element) -> bool:
    """True if a paragraph or item consists of links, with nothing but signs between them."""
    links = [child for child in element if child.tag == "a"]
    between = [element.text or "", *(child.tail or "" for child in element)]
    return len(links) == len(element) > 0 and not re.search(r"\w", "".join(between))


def as_buttons(links: list[Element], name: str = "buttons") -> Element:
    """Return a list of links that look like buttons."""
    row = Element("ul", {"class": name})
    for link in links:
        link.set("class", "button")
        link.tail = None
        SubElement(row, "li").append(link)
    return row
