"""The outline of a text, for its table of contents, and the place of a sign-up form in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rubric.model.markup import to_text

_HEADING = re.compile(r"<h(?P<level>[23])\b(?P<attributes>[^<>]*)>(?P<html>.*?)</h[23]>", re.DOTALL)
_ID = re.compile(r'\bid="(?P<id>[^"]+)"')
_OWN_CONTENTS = '<div class="toc">'
_SIGNUP = re.compile(r'<p class="signup-link">.*?</p>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a text. `level` is 1 for main headings, and 2 for those below them.

    `id` is escaped as in HTML.
    """

    id: str
    text: str
    level: int


def outline(html: str, fewest: int) -> tuple[Heading, ...]:
    """Return the headings of a text; none if there are fewer than `fewest`.

    A text with a table of contents of its own (`[TOC]`) has none either, and 0 disables all.
    """
    if not fewest or html.count("<h") < fewest or _OWN_CONTENTS in html:
        return ()
    found = [
        (int(match["level"]), anchor["id"], to_text(match["html"]))
        for match in _HEADING.finditer(html)
        if (anchor := _ID.search(match["attributes"]))
    ]
    if len(found) < fewest:
        return ()
    top = min(level for level, _, _ in found)
    return tuple(Heading(id, text, 1 + level - top) for level, id, text in found)


def split_at_signup(html: str) -> list[str]:
    """Split a text at the links of its newsletter blocks, which are left out."""
    return _SIGNUP.split(html)
