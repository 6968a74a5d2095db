"""Builds the file of a post from a message: front matter, text and slug."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from unidecode import unidecode

from rubric.importers.blocks import Block, split_blocks, text_of
from rubric.importers.hashtags import gather_hashtags, unique
from rubric.importers.markdown import render
from rubric.importers.telegram import Message
from rubric.importers.titles import first_sentence, quotation_title, take_heading
from rubric.model.moment import format_offset
from rubric.model.quotation import Quotation, recognize

_SLUG_LENGTH = 60
# Values that YAML reads unchanged without quotes.
_PLAIN = re.compile(r"[\w«](?:[\w «»()!?.,…%/–—-]|:(?=\S))*(?<!\s)")


@dataclass(frozen=True, slots=True)
class Post:
    """The slug of a post and the text of its file."""

    slug: str
    text: str


def build_post(message: Message, chat: int, zone: ZoneInfo, slug: str = "") -> Post | None:
    """Build the post of a message; None if the message contains no letter or digit.

    Args:
        message: The message.
        chat: The id of its chat, which is part of the translation key.
        zone: The time zone of the date in the front matter.
        slug: The slug of an earlier import, if any. It stays when the title changes.

    Raises:
        ValueError: The message has no valid date.

    """
    blocks, tags = gather_hashtags(split_blocks(message.spans))
    if not any(char.isalnum() for block in blocks for char in block.text()):
        return None
    quotation = _recognize(blocks)
    if quotation:
        title = quotation_title(quotation, blocks[0].text()[0])
        blocks = _format_quotation(blocks, quotation)
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
        f"translation_key: telegram/{chat}/{message.id}",
        "---",
    ]
    body = "\n\n".join(filter(None, [render(blocks), " ".join(tags)]))
    text = "\n".join(header) + f"\n\n{body}\n"
    return Post(slug, unicodedata.normalize("NFC", text))


def make_slug(title: str) -> str:
    """Transliterate a title to ASCII words of at most 60 characters; `post` if none is left."""
    # unidecode turns a soft sign into an apostrophe, which does not end a word.
    words = re.findall(r"[a-z0-9]+", unidecode(title).lower().replace("'", ""))
    slug = "-".join(words)
    if len(slug) > _SLUG_LENGTH:
        head = slug[: _SLUG_LENGTH + 1]
        slug = (head.rpartition("-")[0] or head[:_SLUG_LENGTH]).strip("-")
    return slug or "post"


def _recognize(blocks: list[Block]) -> Quotation | None:
    """Return the quotation if the whole text is one, by the rules of the site.

    A lowercase word instead of a name is a definition: «Лёд» — это вода.
    """
    if any(block.kind == "code" for block in blocks):
        return None
    quotation = recognize(["\n".join(map(text_of, block.lines)) for block in blocks])
    return None if quotation is None or quotation.by[0].islower() else quotation


def _format_quotation(blocks: list[Block], quotation: Quotation) -> list[Block]:
    """Return a quotation as paragraphs with the name in the last, as the site recognizes it."""
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
        raise ValueError("the date is out of range") from None
    # When clocks go back, a local time occurs twice; the second one needs its UTC offset.
    offset = format_offset(local.utcoffset()) if local.fold else ""
    return local.replace(tzinfo=None).isoformat(" ", "seconds") + offset


def _scalar(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)
