"""Finds titles for messages, which have no title field."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from itertools import accumulate

from rubric.importers.blocks import Block, Line, collapse, text_of
from rubric.importers.hashtags import tags_of
from rubric.model.columns import columns
from rubric.model.quotation import Quotation
from rubric.model.script import CLAUSE_MARKS, QUOTATION_MARKS, SENTENCE_ENDINGS, characters

# In columns: a Han character is as wide as two letters, and carries as much information.
HEADING_LIMIT = 110
CUT_LIMIT = 80
QUOTE_LIMIT = 60
_SENTENCE = re.compile(
    r".*?(?:(?<=[^\W\d_]{2})\.|\.\.\.|[!?…؟۔])[»”\"')]*(?=\s+(?![a-zа-яё]))|.*?[。！？]+[”」』）]*"
)
_URL = re.compile(r"https?://\S+")
_OPENS = re.compile(rf"\W*?[{''.join(QUOTATION_MARKS)}]")
_CLOSES = re.compile(rf"[{''.join(QUOTATION_MARKS.values())}]\W*$")
_INITIALS = re.compile(r"(?:^|\W)(?:\w\.){2,}$")
_CLAUSE = re.compile(
    rf"\s[-–—]\s|[{characters('clause_marks', spaced=True)}]\s"
    rf"|[{characters('clause_marks', spaced=False)}]"
)
_LOOSE = f"{CLAUSE_MARKS}{SENTENCE_ENDINGS} —–-"
_DANGLING = re.compile(r"(?:\s+(?:[-–—]|[^\W\d_]{1,2}))+$")


def take_heading(blocks: list[Block]) -> tuple[str, list[Block], list[str]]:
    """Remove the heading from a text and return it as title.

    The heading is the first line with a letter or digit, if it is a single short sentence
    without links and more text follows. Returns the title, the other blocks, and the hashtags
    of the heading. The title is '' if the text has no heading.
    """
    position = _first_text(blocks)
    if position is None or blocks[position[0]].kind != "text":
        return "", blocks, []
    number, index = position
    block = blocks[number]
    line = block.lines[index]
    title = _clean_title(text_of(_without_hashes(line)))
    rest = (*block.lines[:index], *block.lines[index + 1 :])
    others = blocks[:number] + ([replace(block, lines=rest)] if rest else []) + blocks[number + 1 :]
    followed = any(re.search(r"\w", other.text()) for other in others)
    if not followed or not _is_heading(line, title):
        return "", blocks, []
    return title, others, tags_of(line)


def first_sentence(blocks: list[Block]) -> str:
    """Return the first sentence of a text as title, shortened if necessary."""
    text = collapse(" ".join(block.text() for block in blocks))
    text = _strip_symbols(collapse(_URL.sub("", text)) or text)
    return _clean_title(cut(_first_sentence(text), CUT_LIMIT))


def quotation_title(quotation: Quotation, mark: str) -> str:
    """Return a title such as `Том Питерс: «Превосходные фирмы не верят…»`.

    `mark` is the opening quotation mark of the text.
    """
    quoted = _clean_title(cut(_first_sentence(collapse(quotation.text)), QUOTE_LIMIT))
    return f"{quotation.by}: {mark}{quoted}{QUOTATION_MARKS.get(mark, mark)}"


def cut(text: str, limit: int) -> str:
    """Shorten a text to `limit` columns after a clause, else after a word; add an ellipsis."""
    if columns(text) <= limit:
        return text
    widths = accumulate(map(columns, text))
    head = text[: sum(width < limit for width in widths)]
    space = head.rfind(" ")
    if not text[len(head)].isspace() and space >= len(head) // 2:
        head = head[:space]
    clauses = [match.start() for match in _CLAUSE.finditer(head)]
    if clauses and clauses[-1] >= len(head) // 2:
        head = head[: clauses[-1]]
    head = (_DANGLING.sub("", head) or head).rstrip(_LOOSE) + "…"
    return head + "".join(
        closing
        for mark, closing in QUOTATION_MARKS.items()
        if head.count(mark) > head.count(closing)
    )


def _first_sentence(text: str) -> str:
    match = _SENTENCE.match(text)
    return match[0] if match else text


def _first_text(blocks: list[Block]) -> tuple[int, int] | None:
    """Return the indices of the first block and line with a letter or digit."""
    for number, block in enumerate(blocks):
        for index, line in enumerate(block.lines):
            if any(char.isalnum() for char in text_of(line)):
                return number, index
    return None


def _is_heading(line: Line, title: str) -> bool:
    written = text_of(line).rstrip()
    return (
        any(char.isalnum() for char in title)
        and columns(title) <= HEADING_LIMIT
        and not written.endswith((",", "，", "،", "—", "–"))
        and all(span.kind != "link" for span in line)
        and not (_OPENS.match(written) and _CLOSES.search(written))
        and _first_sentence(title) == title
    )


def _without_hashes(line: Line) -> Line:
    """Remove hashtags around a heading, and the `#` of hashtags inside of it."""
    start, end = 0, len(line)
    while start < end and (line[start].kind == "hashtag" or not line[start].text.strip()):
        start += 1
    while end > start and (line[end - 1].kind == "hashtag" or not line[end - 1].text.strip()):
        end -= 1
    return tuple(
        replace(span, text=span.text[1:]) if span.kind == "hashtag" else span
        for span in line[start:end] or line
    )


def _clean_title(text: str) -> str:
    """Remove emoji and stray punctuation from both ends, and the full stop."""
    text = _strip_symbols(collapse(text)).rstrip(":;|·•-–— ")
    if not _ends_with_full_stop(text):
        return text
    return text.removesuffix(".").removesuffix("。").removesuffix("۔")


def _ends_with_full_stop(text: str) -> bool:
    """Return whether a final dot belongs neither to an ellipsis nor to initials (`B.L.A.S.T.`)."""
    return not text.endswith("..") and not _INITIALS.search(text[-40:])


def _strip_symbols(text: str) -> str:
    start, end = 0, len(text)
    while start < end and (_is_symbol(text[start]) or text[start] in "•·|"):
        start += 1
    while end > start and _is_symbol(text[end - 1]) and not _closes_keycap(text, end):
        end -= 1
    return text[start:end].strip() or text


def _is_symbol(char: str) -> bool:
    """Return whether a character is white space or part of an emoji; `№` and `©` are not."""
    category = unicodedata.category(char)
    return (
        char.isspace()
        or char in "\u200d\ufe0f\ufe0e\u203c\u2049\u20e3"
        or (category in ("So", "Sk", "Cf") and ord(char) >= 0x2190)
    )


def _closes_keycap(text: str, end: int) -> bool:
    return text[end - 1] == "\u20e3" or text[end - 2 : end] == "\ufe0f\u20e3"
