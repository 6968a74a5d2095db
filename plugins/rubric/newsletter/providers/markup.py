"""HTML cut into text, tags and style sheets, because each needs its own escapes."""

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
class Cut:
    """A stretch of a document: text between tags, one tag (or comment), one style sheet."""

    place: Place
    source: str


def cuts(html: str) -> Iterator[Cut]:
    """A document in stretches, in order; joined again they are the document."""
    end = 0
    for match in _MARKUP.finditer(html):
        if match.start() > end:
            yield Cut("text", html[end : match.start()])
        yield Cut("style" if match["style"] else "tag", match[0])
        end = match.end()
    if end < len(html):
        yield Cut("text", html[end:])


def rewrite(html: str, changes: dict[Place, Callable[[str], str]]) -> str:
    """A document with each stretch changed as its place wants it."""
    return "".join(changes[cut.place](cut.source) for cut in cuts(html))


def fragment(html: str) -> str:
    """What stands in `<body>`, after the document's style sheets: for use inside a page."""
    body = _BODY.search(html)
    if body is None:
        return html
    head = html[: body.start()]
    styles = [cut.source for cut in cuts(head) if cut.place == "style"]
    return "\n".join([*styles, body["inside"].strip()])
