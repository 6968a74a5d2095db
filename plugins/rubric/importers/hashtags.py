"""Moves the hashtags of a message to a last line, where the site's authors write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from rubric.importers.blocks import Block, Line, text_of
from rubric.model.script import LIST_SEPARATORS, SENTENCE_ENDINGS
from rubric.model.tag import identify

_BETWEEN = re.compile(rf"[\s#＃;；|/·.\u200b\u2060\u2800\u3164{LIST_SEPARATORS}]*")
_ENDED = re.compile(
    rf"[»”」){SENTENCE_ENDINGS}]\s*$|[\u2600-\u27bf\U0001f000-\U0001faff]\ufe0f?\s*$"
)


def gather_hashtags(blocks: Iterable[Block]) -> tuple[list[Block], list[str]]:
    """Remove lines that only consist of hashtags, and hashtags after the last sentence.

    Hashtags inside a sentence stay in the text. Returns the remaining blocks and the removed
    hashtags with their `#`, each once.
    """
    tags: list[str] = []
    rest: list[Block] = []
    for block in blocks:
        if block.kind != "text":
            rest.append(block)
            continue
        tags += [tag for line in block.lines if _is_hashtags(line) for tag in tags_of(line)]
        lines = tuple(line for line in block.lines if not _is_hashtags(line))
        if lines:
            rest.append(replace(block, lines=lines))
    if rest and rest[-1].kind == "text":
        *before, last = rest[-1].lines
        last, trailing = _split_trailing(last)
        tags = trailing + tags
        rest[-1] = replace(rest[-1], lines=(*before, last))
    return rest, unique(tags)


def tags_of(line: Line) -> list[str]:
    """Return the hashtags in a line."""
    return [span.text for span in line if span.kind == "hashtag"]


def unique(tags: Iterable[str]) -> list[str]:
    """Return each hashtag once, in its first spelling; case and similar variants are ignored."""
    by_identity: dict[str, str] = {}
    for tag in tags:
        by_identity.setdefault(identify(tag), tag)
    return list(by_identity.values())


def _is_hashtags(line: Line) -> bool:
    others = text_of(span for span in line if span.kind != "hashtag")
    return bool(tags_of(line)) and _BETWEEN.fullmatch(others) is not None


def _split_trailing(line: Line) -> tuple[Line, list[str]]:
    """Split off the hashtags that follow the last sentence of a line."""
    end = len(line)
    while end and (line[end - 1].kind == "hashtag" or _BETWEEN.fullmatch(line[end - 1].text)):
        end -= 1
    if end == len(line) or not _ENDED.search(text_of(line[:end])):
        return line, []
    return line[:end], tags_of(line[end:])
