"""Splits HTML into text, tags and style sheets, each of which needs its own escapes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

Place = Literal["text", "tag", "style"]

_STYLE = r"(?i:<style\b[^>]*>).*?(?i:</style\s*>)"
_COMMENT = r"<!--.*?-->"
_TAG = r"""</?[a-zA-Z!](?:"[^"]*"|'[^']*'|[^'">])*>"""
_MARKUP = re.compile(f"(?P<style>{_STYLE})|(?P<tag>{_COMMENT}|{_TAG})", re.DOTALL)
_BODY = re.compile(r"<body\b[^>]*>(?P<inside>.*)</body\s*>", re.DOTALL | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a document: text between tags, one tag or comment, or one style sheet."""

    place: Place
    source: str


def segments(html: str) -> Iterator[Segment]:
    """Yield the segments of a document in order; concatenated, they are the document."""
    end = 0
    for match in _MARKUP.finditer(html):
        if match.start() > end:
            yield Segment("text", html[end : match.start()])
        yield Segment("style" if match["style"] else "tag", match[0])
        end = match.end()
    if end < len(html):
        yield Segment("text", html[end:])


def rewrite(html: str, changes: dict[Place, Callable[[str], str]]) -> str:
    """Apply a function to each segment, by its place."""
    return "".join(changes[segment.place](segment.source) for segment in segments(html))


def fragment(html: str) -> str:
    """Return the content of `<body>`, preceded by the style sheets of the document."""
    body = _BODY.search(html)
    if body is None:
        return html
    head = html[: body.start()]
    styles = [segment.source for segment in segments(head) if segment.place == "style"]
    return "\n".join([*styles, body["inside"].strip()])
