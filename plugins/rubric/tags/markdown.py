"""Markdown extension that turns hashtags into tags and links.

After `convert()`, the parser's `hashtags` contains the names found, in order; at most a few
more than `MOST_TAGS`, since Python-Markdown takes quadratic time to replace them. A last
paragraph that consists of hashtags is removed from the text. A hashtag inside a sentence
becomes a `{tag}` link, which rubric.markup resolves to the tag page of the entry's language.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.util import AtomicString

from rubric.model.tag import MOST_TAGS, parse_tag
from rubric.tags.scan import HASHES, find_hashtags, match_hashtag, only_hashtags

_CODE_LINE = re.compile(r" {4}|\t")


class HashtagExtension(Extension):
    """Finds hashtags; see the module."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        md.registerExtension(self)
        self.md = md
        self.reset()
        # Before fenced code (25) and HTML blocks (20), which replace text by placeholders.
        md.preprocessors.register(_ExtractTagParagraph(md), "hashtag_paragraph", 28)
        # After these, so that hashtags in code are not counted.
        md.preprocessors.register(_HashtagLimit(md), "hashtag_limit", 15)
        # After code (190), escapes (180), links (160), automatic links (120, 110), and
        # emphasis (60, 50), so that *#tag* is one.
        md.inlinePatterns.register(_InlineHashtag(rf"[{HASHES}]", md), "hashtag", 45)

    def reset(self) -> None:
        self.md.hashtags = []  # type: ignore[attr-defined]


class _ExtractTagParagraph(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        end = len(lines)
        while end and not lines[end - 1].strip():
            end -= 1
        start = end
        while start and lines[start - 1].strip():
            start -= 1
        paragraph = lines[start:end]
        if any(_CODE_LINE.match(line) for line in paragraph):
            return lines
        names = only_hashtags("\n".join(paragraph))
        if names is None:
            return lines
        self.md.hashtags.extend(names)  # type: ignore[attr-defined]
        return lines[:start]


class _HashtagLimit(Preprocessor):
    """Drops the text if it has too many hashtags, which is an error, to limit the run time.

    Lines that may contain code or links are counted later, one hashtag at a time.
    """

    def run(self, lines: list[str]) -> list[str]:
        names = [
            found.name
            for line in lines
            if not _CODE_LINE.match(line) and not any(sign in line for sign in "`[<")
            for found in find_hashtags(line)
        ]
        if len(names) <= MOST_TAGS:
            return lines
        self.md.hashtags.extend(names)  # type: ignore[attr-defined]
        return []


class _InlineHashtag(InlineProcessor):
    ANCESTOR_EXCLUDES = ("a", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6")

    def handleMatch(  # type: ignore[override]  # noqa: N802 (Python-Markdown's name)
        self, m: re.Match[str], data: str
    ) -> tuple[Element | None, int | None, int | None]:
        too_many = len(self.md.hashtags) > MOST_TAGS  # type: ignore[attr-defined]
        found = None if too_many else match_hashtag(data, m.start(0))
        if found is None:
            return None, None, None
        self.md.hashtags.append(found.name)  # type: ignore[attr-defined]
        link = Element("a", {"class": "hashtag", "href": f"{{tag}}{parse_tag(found.name).slug}"})
        link.text = AtomicString(f"#{found.name}")
        return link, found.start, found.end


def makeExtension(**kwargs: Any) -> HashtagExtension:  # noqa: N802 (Python-Markdown's name)
    """Make the extension for Python-Markdown."""
    return HashtagExtension(**kwargs)
