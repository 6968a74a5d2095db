"""Transforms blocks such as `> [!QUOTE]` after their content has been parsed.

The content of a block is ordinary Markdown, so that it can be read wherever blocks are unknown.
docs/blocks.md describes all blocks. The result is HTML that needs neither script nor style.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from rubric.markup.block import Block
from rubric.markup.block_kinds import KIND, block_counts
from rubric.markup.charts import shape_poll, shape_scale
from rubric.markup.elements import (
    Parts,
    as_buttons,
    fill,
    has_only_links,
    is_empty,
    lines_of,
    parts_of,
    plain,
    take,
    text_of,
)
from rubric.model.text_language import TextLanguage

_DASH = re.compile(r"\s*(?:[–—―]{1,2}|--)\s*")
_NAME_END = re.compile(r"[,،]\s+|，\s*")
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_ISO_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")
_AFTER_DATE = re.compile(r"^\s*[:：,，.–—-]?\s+|^\s*[:：，。]")
_INLINE = ("a", "em", "strong", "code", "del", "abbr", "img", "br", "span", "sup", "sub")


class ContentBlocks(Treeprocessor):
    """Runs after inline markup (20), and before links to files are recognized (15)."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.parser = md

    def run(self, root: Element) -> None:
        if not block_counts(self.parser):
            return
        language = getattr(self.parser, "text_language", None) or TextLanguage()
        # Blocks within a block come before it.
        for element in reversed([each for each in root.iter() if KIND in each.attrib]):
            block = Block.take(element, language)
            _SHAPES[block.kind](block)


_PORTRAIT = {"width": "72", "height": "72"}
_CARD_PICTURE = {"width": "144", "height": "144"}
"""Sizes in CSS pixels; style sheets cut pictures to a square."""


def _shape_quote(block: Block) -> None:
    """A pull quote: paragraphs, then a line `— Name, role`, with a portrait if there is one."""
    portrait = take(block.element, lambda element: element.tag == "img")
    content = [each for each in block.take_content() if not is_empty(each)]
    lines = lines_of(parts_of(content.pop())) if content and content[-1].tag == "p" else []
    start = next((n for n, line in enumerate(lines) if _DASH.match(_first_text(line))), None)
    if start is None:
        raise block.mistake(
            "has a pull quote without a name.", "End it with a line such as “— Ann Lee, editor”."
        )
    if lines[:start]:
        content.append(fill(Element("p"), _join_lines(lines[:start])))
    if not content:
        raise block.mistake("has a pull quote without words.", "Write them above the name.")
    figure = block.become("figure", "pull-quote")
    SubElement(figure, "blockquote").extend(content)
    caption = SubElement(figure, "figcaption")
    if portrait is not None:
        portrait.attrib |= _PORTRAIT
        caption.append(portrait)
    _write_speaker(caption, _join_lines(lines[start:]))


def _first_text(line: Parts) -> str:
    return line[0] if line and isinstance(line[0], str) else ""


def _join_lines(lines: list[Parts]) -> Parts:
    joined: Parts = []
    for line in lines:
        joined += [*line, "\n"]
    return joined[:-1]


def _write_speaker(caption: Element, parts: Parts) -> None:
    """Write name and role, which a comma separates; a link stays around the name."""
    link = next((part for part in parts if isinstance(part, Element) and part.tag == "a"), None)
    text = _DASH.sub("", plain(parts), count=1)
    comma = _NAME_END.search(text)
    name, role = (text[: comma.start()], text[comma.end() :]) if comma else (text, "")
    by = SubElement(caption, "span", {"class": "by"})
    if link is not None:
        by = SubElement(by, "a", {"href": link.get("href", "")})
    by.text = name
    if comma and role:
        caption[-1].tail = comma[0]
        SubElement(caption, "span", {"class": "role"}).text = role


def _shape_action(block: Block) -> None:
    """A call to action: text, and links that become buttons."""
    content = _with_buttons(block, "a call to action")
    block.write("div", "action", content)


def _shape_ask(block: Block) -> None:
    """A question to readers: the question, text, and ways to answer."""
    if block.title is None:
        fix = "Write it after the name: > [!ASK] What would you do?"
        raise block.mistake("has a block for a question to readers without a question.", fix)
    block.write("div", "ask", _with_buttons(block, "a question to readers"))


def _with_buttons(block: Block, name: str) -> list[Element]:
    content, found = [], False
    for element in block.take_content():
        items = [_unwrap(item) for item in element] if element.tag in ("ul", "ol") else [element]
        if element.tag in ("p", "ul", "ol") and all(map(has_only_links, items)):
            links = [link for item in items for link in item]
            content.append(as_buttons(links))
            found = True
        else:
            content.append(element)
    if not found:
        fix = "Write the link in a paragraph of its own, or several links as a list."
        raise block.mistake(f"has {name} without a link.", fix)
    return content


def _unwrap(item: Element) -> Element:
    """Return the only paragraph of a list item, else the item."""
    return item[0] if len(item) == 1 and item[0].tag == "p" else item


def _shape_link(block: Block) -> None:
    """A link card: a link, a description, and a picture if there is one; the host is added."""
    picture = take(block.element, lambda element: element.tag == "img")
    link = take(block.element, lambda element: element.tag == "a" and bool(text_of(element)))
    if link is None:
        fix = "Write its title as a link: [Title](https://example.org/)."
        raise block.mistake("has a link card without a link.", fix)
    content = [each for each in block.take_content() if not is_empty(each)]
    for paragraph in content:
        fill(paragraph, parts_of(paragraph))
    card = block.write("div", "link-card", [])
    if picture is not None:
        picture.attrib |= _CARD_PICTURE
        card.append(picture)
    SubElement(card, "p", {"class": "link-title"}).append(link)
    card.extend(content)
    if host := _host_of(link.get("href", "")):
        SubElement(card, "p", {"class": "link-host"}).text = host


def _host_of(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _shape_steps(block: Block) -> None:
    """Steps: an ordered list with large numbers."""
    content = block.take_content()
    steps = [element for element in content if element.tag == "ol"]
    if len(steps) != 1:
        fix = "Write one list with numbers: 1. First. 2. Second."
        raise block.mistake("has a block for steps without an ordered list.", fix)
    steps[0].set("class", "step-list")
    block.write("div", "steps", content)


def _shape_compare(block: Block) -> None:
    """Before and after: two parts with a horizontal rule between them."""
    parts: list[list[Element]] = [[]]
    for element in block.take_content():
        if element.tag == "hr":
            parts.append([])
        else:
            parts[-1].append(element)
    if len(parts) != 2 or not all(parts):
        raise block.mistake(
            "has a comparison that does not have two parts.",
            "Separate two parts by one line with ---, and an empty line above and below it.",
        )
    columns = Element("div", {"class": "columns"})
    for part in parts:
        column = SubElement(columns, "div")
        first = part[0]
        is_strong = len(first) == 1 and first[0].tag == "strong"
        if first.tag in _HEADINGS or (is_strong and text_of(first) == text_of(first[0])):
            heading = SubElement(column, "p", {"class": "column-title"})
            SubElement(heading, "strong").text = text_of(first)
            column.extend(part[1:])
        else:
            column.extend(part)
    block.write("div", "compare", [columns])


def _shape_timeline(block: Block) -> None:
    """A timeline: a list whose items begin with a date in bold type."""
    content = block.take_content()
    lists = [element for element in content if element.tag in ("ul", "ol")]
    if len(lists) != 1:
        fix = "Write a list: - **2026-03** We opened."
        raise block.mistake("has a timeline without a list.", fix)
    lists[0].tag = "ul"  # feeds would show numbers before the dates
    lists[0].attrib = {"class": "events"}
    for item in lists[0]:
        _shape_event(block, item)
    block.write("div", "timeline", content)


def _shape_event(block: Block, item: Element) -> None:
    holder = item[0] if len(item) and item[0].tag == "p" else item
    is_dated = len(holder) and holder[0].tag == "strong" and not (holder.text or "").strip()
    written = text_of(holder[0]) if is_dated else ""
    if not written:
        problem = f"has a timeline with an item without a date: “{text_of(item)[:40]}”."
        raise block.mistake(problem, "Begin each item with its date in bold: - **2026-03** …")
    text: Parts = []
    blocks: list[Element] = []
    for part in parts_of(item):
        is_block = isinstance(part, Element) and part.tag not in _INLINE
        if isinstance(part, Element) and part is holder:
            text += parts_of(part)
        elif isinstance(part, Element) and is_block:
            blocks.append(part)
        elif not blocks:
            text.append(part)
    text = text[next(n for n, part in enumerate(text) if isinstance(part, Element)) + 1 :]
    if text and isinstance(text[0], str):
        text[0] = _AFTER_DATE.sub("", text[0], count=1)
    when = SubElement(item, "p", {"class": "event-date"})
    if _ISO_DATE.fullmatch(written):
        when = SubElement(when, "time", {"datetime": written})
        try:
            written = block.language.date(written)
        except ValueError:
            problem = f"has a timeline with “{written}”, which is not a date."
            raise block.mistake(problem, "Write it as **2026-03-15** or **2026-03**.") from None
    when.text = written
    paragraph = fill(Element("p"), text)
    item.extend([each for each in (paragraph, *blocks) if not is_empty(each)])


def _shape_newsletter(block: Block) -> None:
    """A newsletter sign-up: text and a link, which pages replace by the form of their edition."""
    paragraph = Element("p", {"class": "signup-link"})
    address = f"/{block.language.key}/newsletter/"
    link = SubElement(paragraph, "a", {"class": "button", "href": address})
    link.text = block.language.labels["subscribe"]
    block.write("div", "signup", [*block.take_content(), paragraph])


_SHAPES: Mapping[str, Callable[[Block], None]] = {
    "quote": _shape_quote,
    "action": _shape_action,
    "ask": _shape_ask,
    "link": _shape_link,
    "poll": shape_poll,
    "csat": shape_scale,
    "nps": shape_scale,
    "steps": _shape_steps,
    "compare": _shape_compare,
    "timeline": _shape_timeline,
    "newsletter": _shape_newsletter,
}
