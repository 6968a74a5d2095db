"""Extracts plain text from rendered HTML: paragraphs, and a default summary."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from itertools import islice
from typing import Any

from rubric.model.markup import strip_footnote_marks, to_text
from rubric.model.pelican_settings import SHORT_LENGTH
from rubric.model.script import CLAUSE_MARKS, UNSPACED, main_script, sentence_end

# Tags contain no `<`, and paragraphs are not nested, so matching takes linear time.
_PARAGRAPH = re.compile(r"<p(?:\s[^<>]*)?>([^<]*(?:<(?!/?p[\s>])[^<]*)*)</p>")
_TAG = re.compile(r"<[^<>]+>")
# A Han character or kana carries about as much information as two letters.
_DENSE = re.compile(f"[{UNSPACED}]")
_WORD = re.compile(rf"[{UNSPACED}]|\w[\w'’-]*")
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


@dataclass(frozen=True, slots=True)
class Summaries:
    """How summaries are made: the settings SUMMARY_… and FORMATTED_FIELDS.

    `words` and `paragraphs` limit a summary that is taken from the text, like in Pelican; without
    both, it is the beginning of the first paragraph. `end` follows a sentence that is cut. If
    `are_formatted`, summaries of front matter are Markdown.
    """

    words: int | None = None
    paragraphs: int | None = None
    end: str = "…"
    are_formatted: bool = False

    @classmethod
    def from_settings(cls, settings: Mapping[str, Any]) -> Summaries:
        """Read the settings. Pelican's default number of words stands for Rubric's own summary."""
        words, count = settings["SUMMARY_MAX_LENGTH"], settings.get("SUMMARY_MAX_PARAGRAPHS")
        if words is None:
            words = sys.maxsize
        return cls(
            words=words if count or words != SHORT_LENGTH else None,
            paragraphs=count,
            end=settings["SUMMARY_END_SUFFIX"],
            are_formatted="summary" in settings["FORMATTED_FIELDS"],
        )

    def of(self, html: str) -> str:
        """Return the summary of a text."""
        if self.words is None:
            return summarize(html, end=self.end)
        found = (to_text(match[1]).replace("\n", " ") for match in _PARAGRAPH.finditer(html))
        text = " ".join(islice(filter(None, found), self.paragraphs))
        words = list(islice(_WORD.finditer(text), min(self.words, len(text)) + 1))
        if len(words) <= self.words:
            return text
        gap = "" if self.end == "…" else " "
        return f"{text[: words[self.words - 1].end()]}{gap}{self.end}".rstrip()


PLAIN = Summaries()
"""Rubric's own summaries."""


def summarize(html: str, limit: int = 220, end: str = "…") -> str:
    """Return the first paragraph, cut after a sentence (else a word) within `limit` characters.

    For Han and kana, the limit is halved. `end` follows a sentence that is cut.
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
    return head[:cut].rstrip(_LOOSE) + end
