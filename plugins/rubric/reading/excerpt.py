"""Extracts plain text from rendered HTML: paragraphs, and a default summary."""

from __future__ import annotations

import re
from html import unescape

from rubric.model.markup import strip_footnote_marks

# Tags contain no `<`, and paragraphs are not nested, so matching takes linear time.
_PARAGRAPH = re.compile(r"<p(?:\s[^<>]*)?>([^<]*(?:<(?!/?p[\s>])[^<]*)*)</p>")
_TAG = re.compile(r"<[^<>]+>")
_SENTENCE_END = re.compile(r"[.!?…]+[»”\"')\]]*(?=\s)|[。！？…]+[”」』）]*")
# A Han character carries about as much information as two letters.
_HAN = re.compile(r"[\u3400-\u9fff]")


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


def to_text(html: str) -> str:
    """Return text without tags and footnote marks, with white space folded."""
    html = strip_footnote_marks(html)
    return " ".join(unescape(_TAG.sub("", html.replace("<br", "\n<br"))).split())


def summarize(html: str, limit: int = 220) -> str:
    """Return the first paragraph, cut after a sentence (else a word) within `limit` characters.

    For Han text, the limit is halved.
    """
    texts = (to_text(paragraph[1]) for paragraph in _PARAGRAPH.finditer(html))
    # Skip paragraphs without letters, such as a single emoji.
    text = next((text for text in texts if any(map(str.isalnum, text))), "")
    if len(_HAN.findall(text)) * 2 > len(text):
        limit //= 2
    if len(text) <= limit:
        return text
    ends = [match.end() for match in _SENTENCE_END.finditer(text, 0, limit)]
    if ends and ends[-1] >= limit // 3:
        return text[: ends[-1]].strip()
    head = text[:limit]
    cut = head.rfind(" ") if " " in head[limit // 2 :] else limit
    return head[:cut].rstrip(" ,;:—–-，、；：") + "…"
