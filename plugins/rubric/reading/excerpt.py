"""Extracts plain text from rendered HTML: paragraphs, and a default summary."""

from __future__ import annotations

import re
from html import unescape

from rubric.model.markup import strip_footnote_marks, to_text
from rubric.model.script import CLAUSE_MARKS, UNSPACED, main_script, sentence_end

# Tags contain no `<`, and paragraphs are not nested, so matching takes linear time.
_PARAGRAPH = re.compile(r"<p(?:\s[^<>]*)?>([^<]*(?:<(?!/?p[\s>])[^<]*)*)</p>")
_TAG = re.compile(r"<[^<>]+>")
# A Han character or kana carries about as much information as two letters.
_DENSE = re.compile(f"[{UNSPACED}]")
_LOOSE = f"{CLAUSE_MARKS} —–-"


def paragraphs(html: str) -> list[str] | None:
    """Return the text of each paragraph with line breaks; None if there are other blocks."""
    if _TAG.sub("", _PARAGRAPH.sub("", html)).strip() or re.search(
        r"<(?:img|h\d|ul|ol|pre|table|blockquote|iframe|video)\b", html
    ):
        return None
    return [_lines(match) for match in _PARAGRAPH.findall(html)]


def _lines(html: str) -> str:
    broken = re.sub(r"<br\s*/?>\s*", "\n", strip_footnote_marks(html))
    return "\n".join(" ".join(line.split()) for line in unescape(_TAG.sub("", broken)).split("\n"))


def summarize(html: str, limit: int = 220) -> str:
    """Return the first paragraph, cut after a sentence (else a word) within `limit` characters.

    For Han and kana, the limit is halved.
    """
    texts = (to_text(paragraph[1]).replace("\n", " ") for paragraph in _PARAGRAPH.finditer(html))
    # Skip paragraphs without letters, such as a single emoji.
    text = next((text for text in texts if any(map(str.isalnum, text))), "")
    if len(_DENSE.findall(text)) * 2 > len(text):
        limit //= 2
    if len(text) <= limit:
        return text
    end_of_sentence = sentence_end(main_script(text[:limit]))
    ends = [match.end() for match in end_of_sentence.finditer(text, 0, limit)]
    if ends and ends[-1] >= limit // 3:
        return text[: ends[-1]].strip()
    head = text[:limit]
    cut = head.rfind(" ") if " " in head[limit // 2 :] else limit
    return head[:cut].rstrip(_LOOSE) + "…"
