"""Questions and answers: the second-level headings of a text, and what follows each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape

from rubric.model.markup import to_text

_HEADING = re.compile(r'<h2(?:\s+id="(?P<id>[^"<>]*)")?[^<>]*>(?P<text>.*?)</h2>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Question:
    """A question; `id` is its fragment, `text` plain, `answer` HTML."""

    id: str
    text: str
    answer: str


def split_questions(html: str) -> tuple[str, tuple[Question, ...]]:
    """Return the text before the first question, and the questions in order."""
    headings = list(_HEADING.finditer(html))
    if not headings:
        return html, ()
    ends = [heading.start() for heading in headings[1:]] + [len(html)]
    return html[: headings[0].start()].strip(), tuple(
        Question(
            id=unescape(heading["id"] or ""),
            text=to_text(heading["text"]).replace("\n", " "),
            answer=html[heading.end() : end].strip(),
        )
        for heading, end in zip(headings, ends, strict=True)
    )
