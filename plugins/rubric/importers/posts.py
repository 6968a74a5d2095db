"""A message → the file of a post: front matter, body, name."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from unidecode import unidecode

from rubric.importers.blocks import Block, split_blocks
from rubric.importers.entities import render
from rubric.importers.hashtags import gather_hashtags, unique
from rubric.importers.lines import text_of
from rubric.importers.telegram import Message
from rubric.importers.titles import first_sentence, quotation_title, take_heading
from rubric.model.moment import format_offset
from rubric.model.quotation import Quotation, recognize

_SLUG_LENGTH = 60
# Words that YAML reads as they stand; whatever else is in a value, it gets quotes.
_PLAIN = re.compile(r"[\w«](?:[\w «»()!?.,…%/–—-]|:(?=\S))*(?<!\s)")


@dataclass(frozen=True, slots=True)
class Post:
    """A post's address and the bytes of its file, as text."""

    slug: str
    text: str


def build_post(
    message: Message, chat: int, zone: ZoneInfo, authors: Sequence[str] = (), slug: str = ""
) -> Post | None:
    """Make the post of a message, dated in `zone`; None if it has no words.

    `slug` is the one it has already: an address stays when the title changes. Raises
    ValueError if the message has no date.
    """
    blocks, tags = gather_hashtags(split_blocks(message.spans))
    if not any(char.isalnum() for block in blocks for char in block.text()):
        return None
    quotation = _recognize(blocks)
    if quotation:
        title = quotation_title(quotation, blocks[0].text()[0])
        blocks = _set_quotation(blocks, quotation)
    else:
        title, blocks, named = take_heading(blocks)
        tags = unique(named + tags)
        title = title or first_sentence(blocks)
    slug = slug or f"{make_slug(title)}-{message.id}"
    header = [
        "---",
        f"title: {_scalar(title)}",
        f"date: {_date(message, zone)}",
        f"slug: {slug}",
        *([f"authors: [{', '.join(map(_item, authors))}]"] if authors else []),
        f"translation_key: telegram/{chat}/{message.id}",
        "---",
    ]
    body = "\n\n".join(filter(None, [render(blocks), " ".join(tags)]))
    text = "\n".join(header) + f"\n\n{body}\n"
    return Post(slug, unicodedata.normalize("NFC", text))


def make_slug(title: str) -> str:
    """Spell a title in ASCII words, the last of them whole; `post` if none is left."""
    # A soft sign becomes an apostrophe, which is no end of a word.
    words = re.findall(r"[a-z0-9]+", unidecode(title).lower().replace("'", ""))
    slug = "-".join(words)
    if len(slug) > _SLUG_LENGTH:
        head = slug[: _SLUG_LENGTH + 1]
        slug = (head.rpartition("-")[0] or head[:_SLUG_LENGTH]).strip("-")
    return slug or "post"


def _recognize(blocks: list[Block]) -> Quotation | None:
    """The quotation a text is, read as the site will read it.

    A lowercase word where the name should be is a definition: «Лёд» — это вода.
    """
    if any(block.kind == "code" for block in blocks):
        return None
    quotation = recognize(["\n".join(map(text_of, block.lines)) for block in blocks])
    return None if quotation is None or quotation.by[0].islower() else quotation


def _set_quotation(blocks: list[Block], quotation: Quotation) -> list[Block]:
    """Paragraphs, the name in one of its own: the form the site recognizes."""
    blocks = [replace(block, kind="text") for block in blocks]
    blocks = [replace(block, lines=tuple(line for line in block.lines if line)) for block in blocks]
    *before, last = blocks
    if len(last.lines) > 1 and quotation.by in text_of(last.lines[-1]):
        quoted, name = replace(last, lines=last.lines[:-1]), replace(last, lines=last.lines[-1:])
        if recognize([*(block.text() for block in before), quoted.text(), name.text()]):
            return [*before, quoted, name]
    return blocks


def _date(message: Message, zone: ZoneInfo) -> str:
    try:
        if message.unixtime is None:
            local = datetime.fromisoformat(message.local).replace(tzinfo=zone).astimezone(UTC)
        else:
            local = datetime.fromtimestamp(message.unixtime, UTC)
        local = local.astimezone(zone)
    except (OverflowError, OSError):
        raise ValueError("no time of this calendar") from None
    # The second of two equal times, when clocks go back, is told by its offset.
    offset = format_offset(local.utcoffset()) if local.fold else ""
    return local.replace(tzinfo=None).isoformat(" ", "seconds") + offset


def _scalar(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)


def _item(value: str) -> str:
    """A value inside brackets, where a comma would part it."""
    return json.dumps(value, ensure_ascii=False) if "," in value else _scalar(value)
