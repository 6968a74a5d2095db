"""Hashtags of a message, gathered into the last line, where the site's authors write them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from rubric.importers.blocks import Block
from rubric.importers.lines import Line, text_of
from rubric.model.script import LIST_SEPARATORS, SENTENCE_ENDINGS
from rubric.model.tag import identify

_BETWEEN = re.compile(rf"[\s#＃;；|/·.\u200b\u2060\u2800\u3164{LIST_SEPARATORS}]*")
_ENDED = re.compile(
    rf"[»”」){SENTENCE_ENDINGS}]\s*$|[\u2600-\u27bf\U0001f000-\U0001faff]\ufe0f?\s*$"
)


def gather_hashtags(blocks: Iterable[Block]) -> tuple[list[Block], list[str]]:
    """Take lines of hashtags alone, and hashtags behind the last sentence, out of the text.

    Returns the other blocks and the hashtags with their `#`, each once.
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
        last, behind = _split_behind(last)
        tags = behind + tags
        rest[-1] = replace(rest[-1], lines=(*before, last))
    return rest, unique(tags)


def tags_of(line: Line) -> list[str]:
    """The hashtags in a line."""
    return [span.text for span in line if span.kind == "hashtag"]


def unique(tags: Iterable[str]) -> list[str]:
    """Hashtags, each once whatever its spelling, the first spelling in the first place."""
    found: dict[str, str] = {}
    for tag in tags:
        found.setdefault(identify(tag), tag)
    return list(found.values())


def _is_hashtags(line: Line) -> bool:
    others = text_of(span for span in line if span.kind != "hashtag")
    return bool(tags_of(line)) and _BETWEEN.fullmatch(others) is not None


def _split_behind(line: Line) -> tuple[Line, list[str]]:
    """Part a line that goes on with hashtags after its sentence has ended."""
    end = len(line)
    while end and (line[end - 1].kind == "hashtag" or _BETWEEN.fullmatch(line[end - 1].text)):
        end -= 1
    if end == len(line) or not _ENDED.search(text_of(line[:end])):
        return line, []
    return line[:end], tags_of(line[end:])
