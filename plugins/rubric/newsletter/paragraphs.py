"""Converts the HTML of an entry to plain-text paragraphs that contain every URL."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from rubric.model.html_tree import parse, remove_comments

if TYPE_CHECKING:
    from bs4 import Tag

_BLOCKS = [
    *("p", "div", "section", "article", "figure", "figcaption", "blockquote", "pre", "table"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "dt", "dd", "li", "tr", "hr"),
    *("details", "summary"),
]


def to_paragraphs(html: str) -> list[str]:
    """Return the paragraphs of a text; list items begin with `- ` or `1. `, quotations with `> `.

    A link is followed by its URL in angle brackets (RFC 3986, appendix C), unless its text is
    the URL; an image is replaced by its description and its URL. Code keeps its line ends.
    """
    tree = parse(html)
    remove_comments(tree)
    _collapse_blanks(tree)
    _write_out(tree)
    return list(_paragraphs(tree))


def _collapse_blanks(tree: Tag) -> None:
    """Replace runs of white space by one space, except for line ends in code."""
    for text in tree.find_all(string=True):
        blanks = r"[ \t\r]+" if text.find_parent("pre") else r"[ \t\r\n]+"
        text.replace_with(re.sub(blanks, " ", text))


def _write_out(tree: Tag) -> None:
    """Replace or supplement elements by text."""
    for unseen in tree.find_all(["script", "style", "template"]):
        unseen.decompose()
    for image in tree.find_all("img"):
        image.replace_with(f" {image.get('alt', '')} <{image.get('src', '')}> ")
    for line_break in tree.find_all("br"):
        line_break.replace_with("\n")
    for link in tree.find_all("a", href=True):
        url = str(link["href"])
        if url and link.get_text().strip() not in (url, url.removeprefix("mailto:")):
            link.append(f" <{url}>")
    for cell in tree.find_all(["td", "th"]):
        # Cells that contain paragraphs are not written on one line.
        if cell.find_previous_sibling() and not cell.find(_BLOCKS):
            cell.insert(0, " | ")


def _paragraphs(tree: Tag) -> Iterator[str]:
    """Yield the texts between starts and ends of blocks."""
    for block in tree.find_all(_BLOCKS):
        block.append(" ")  # so that an empty block also separates the texts around it
    marks = _find_marks(tree)
    texts = tree.find_all(string=True)
    for _, group in groupby(texts, lambda text: id(text.find_parent(_BLOCKS))):
        run = list(group)
        paragraph = "\n".join(line.strip() for line in "".join(run).split("\n")).strip()
        if paragraph:
            mark = marks.pop(id(run[0].find_parent("li")), "")
            yield "> " * len(run[0].find_parents("blockquote")) + mark + paragraph


def _find_marks(tree: Tag) -> dict[int, str]:
    """Return the mark of each list item by the id of its element."""
    marks = {id(item): "- " for item in tree.find_all("li")}
    for numbered in tree.find_all("ol"):
        for number, item in enumerate(numbered.find_all("li", recursive=False), 1):
            marks[id(item)] = f"{number}. "
    return marks
