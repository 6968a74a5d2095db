"""Quotations: who said what."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rubric.model.script import QUOTATION_MARKS, SENTENCE_ENDINGS

_MARKS = QUOTATION_MARKS
_END = SENTENCE_ENDINGS
_DASH = r"[-–—―]{1,2}"
_BEFORE_NAME = re.compile(rf"\n|\s*(?:{_DASH}|©|\([cC]\))")
_ALL_MARKS = {*_MARKS, *_MARKS.values()}


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation without its marks, and who said it."""

    text: str
    by: str = ""
    role: str = ""
    source: str = ""
    source_url: str = ""
    portrait: str = ""


def recognize(paragraphs: list[str]) -> Quotation | None:
    """Recognize a text that is nothing but «…» and a name.

    The name stands in a paragraph or on a line of its own, or behind a dash on the
    quotation's last line; a parenthesis or text after a comma is its source. Returns None
    where anything else is in the text, so that an article which opens with a quotation
    stays one.
    """
    text = [paragraph.strip() for paragraph in paragraphs if paragraph.strip()]
    if not text or len(text) > 3 or text[0][0] not in _MARKS:
        return None
    joined = "\n\n".join(text)
    end = _closing_place(joined)
    if end <= 0:
        return None
    inner, tail = joined[1:end].strip(), joined[end + 1 :]
    if tail[:1] in _END and tail[:1]:
        inner += "" if inner[-1:] in _END else tail[0]
        tail = tail[1:]
    if not _BEFORE_NAME.match(tail):
        return None
    return _with_speaker(inner, tail.strip())


def _closing_place(text: str) -> int:
    """Return the position of the closing mark of a quotation; -1 if there is none."""
    opening, closing = text[0], _MARKS[text[0]]
    if opening == closing:
        return text.rfind(closing) if text.count(closing) == 2 else -1
    depth = 0
    for place, char in enumerate(text):
        # English opens every paragraph of a quotation anew, and closes the last one.
        if char == opening and not (depth and text[place - 1] == "\n"):
            depth += 1
        elif char == closing:
            depth -= 1
            if depth == 0:
                return place
    return text.rfind(closing)


def _with_speaker(inner: str, tail: str) -> Quotation | None:
    name = re.sub(rf"^{_DASH}\s*|^©\s*|^\(c\)\s*", "", tail, flags=re.IGNORECASE).strip()
    if not inner or not name or "\n" in name or len(name) > 120:
        return None
    match = re.fullmatch(
        r"(?P<by>[^,，،(（《]+?)\s*(?:[,，،]\s*(?P<after>.+)|[(（](?P<in>.+)[)）]|(?P<book>《.+》))?[.。۔]?",
        name,
    )
    if match is None or len(match["by"]) > 60 or set(match["by"]) & _ALL_MARKS:
        return None
    source = match["after"] or match["in"] or match["book"] or ""
    return Quotation(text=fold_lines(inner), by=match["by"].strip(), source=source.strip())


def fold_lines(text: str) -> str:
    """Undo an author's line wraps; paragraphs stay."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.split("\n\n"))


def strip_marks(text: str) -> str:
    """Take one pair of quotation marks off, since a card draws its own."""
    stripped = text.strip()
    # Russian puts the full stop behind the closing mark, where it would be left alone.
    end = stripped[-1:] if stripped[-1:] in _END else ""
    inner = stripped.removesuffix(end)
    if len(inner) > 2 and inner[0] in _MARKS and _closing_place(inner) == len(inner) - 1:
        said = inner[1:-1].strip()
        return said if said[-1:] in _END else said + end
    return stripped
