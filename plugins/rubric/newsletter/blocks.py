"""Simplifies the content blocks of texts for mail programs.

Mail programs show no hidden answers, no drawings and no columns. docs/blocks.md describes each
block in an email.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

KEPT_CLASSES = frozenset({"button", "block-title"})
"""Classes that have rules in the style sheet of emails."""
_SPACE = "\N{NO-BREAK SPACE} "
_WITH_ROLES = "div.table, div.footnote, a.footnote-ref, a.footnote-backref, pre"
_UNUSED = ("role", "tabindex", "aria-label", "aria-hidden")


def simplify_blocks(tree: BeautifulSoup) -> None:
    """Replace what mail programs do not show; changes the tree."""
    for drawing in tree.select("svg.bar"):
        drawing.decompose()
    for answer in tree.find_all("details"):
        _open(tree, answer)
    for row in tree.select("ul.buttons, ul.scores"):
        _join_links(tree, row)
    for when in tree.select("ul.events > li > p.event-date"):
        _put_date_before_text(tree, when)
    for frame in tree.select(_WITH_ROLES):
        for name in _UNUSED:
            frame.attrs.pop(name, None)
    for image in tree.select("figure.pull-quote img, .link-card > img"):
        image["width"] = "72"
        image.attrs.pop("height", None)  # it follows from the width


def _open(tree: BeautifulSoup, answer: Tag) -> None:
    """Show a hidden answer below its question."""
    answer.name, answer.attrs = "div", {}
    for summary in answer.find_all("summary", recursive=False):
        summary.name, summary.attrs = "p", {}
        strong = tree.new_tag("strong")
        strong.extend(list(summary.contents))
        summary.append(strong)


def _put_date_before_text(tree: BeautifulSoup, when: Tag) -> None:
    """Write the date of a timeline and its text in one paragraph."""
    strong = tree.new_tag("strong")
    strong.string = when.get_text()
    when.clear()
    when.append(strong)
    text = when.find_next_sibling()
    if text is not None and text.name == "p":
        when.append(" — ")
        when.extend(list(text.contents))
        text.decompose()


def _join_links(tree: BeautifulSoup, row: Tag) -> None:
    """Write links of a row in one paragraph, with spaces between them."""
    paragraph = tree.new_tag("p")
    links = row.find_all("a")
    for link in links:
        if len(paragraph.contents):
            paragraph.append(_SPACE)
        paragraph.append(link)
    row.replace_with(paragraph)
