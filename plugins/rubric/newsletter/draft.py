"""Writes the draft of an issue file."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from rubric.model.edition import Listing
from rubric.model.issue_fields import MAX_SUBJECT
from rubric.model.newsletter import MailingList
from rubric.newsletter.select import Selection
from rubric.newsletter.windows import format_time

_JOINER = "\u200d"


def name_issue(mailing: MailingList, selection: Selection) -> str:
    """Return the file name without suffix: `weekly-2026-11-20` for the list `weekly-ru`.

    The language is omitted because the folder states it: issues of the same day in several
    languages have the same name and are therefore translations of each other.
    """
    stem = mailing.key.removesuffix(f"-{mailing.lang}")
    return f"{stem}-{selection.window_end:%Y-%m-%d}"


def write_draft(mailing: MailingList, selection: Selection, title: str, zone: ZoneInfo) -> str:
    """Return the text of the file; the editor's introduction follows its front matter.

    `title` is the heading of the issue's page. The subject is proposed from the title of the
    first entry, the preheader from the following titles. The same selection gives the same
    text.
    """
    titles = [item.entry.title for item in (*selection.posts, *selection.events)]
    end = format_time(selection.window_end, zone)
    lines = [
        "---",
        f"title: {_quote(title)}",
        f"date: {end}",
        "status: draft # delete this line when the issue is sent",
        f"list: {mailing.key}",
        f"subject: {_quote(cut(titles[0]))}",
        f"preheader: {_quote(cut(' · '.join(titles[1:4])))}" if titles[1:] else "preheader:",
        *_entry_lines("posts", selection.posts),
        *_entry_lines("events", selection.events),
        "# Written by the draft task; the next draft reads it. Leave it as it is.",
        f"window_start: {format_time(selection.window_start, zone)}",
        f"window_end: {end}",
        "considered:",
        *(f"  - {_quote(item)}" for item in selection.considered),
        "---",
        "",
    ]
    return "\n".join(lines)


def cut(text: str, limit: int = MAX_SUBJECT) -> str:
    """Shorten a subject to `limit` characters without splitting a grapheme cluster.

    The rule is simpler than that of UAX 29: combining marks, zero-width joiners, variation
    selectors and skin tones stay with their base character, and flags are not split.
    """
    folded = " ".join(text.split())
    if len(folded) <= limit:
        return folded
    end = limit - 1
    while end and (
        _is_attached(folded[end]) or folded[end - 1] == _JOINER or _is_flag(folded[end])
    ):
        end -= 1
    return folded[:end].rstrip() + "…"


def _is_attached(char: str) -> bool:
    """True if a character belongs to the preceding one."""
    is_skin = "\U0001f3fb" <= char <= "\U0001f3ff"
    return char == _JOINER or unicodedata.category(char).startswith("M") or is_skin


def _is_flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _entry_lines(name: str, items: Iterable[Listing]) -> list[str]:
    """Write each key with its title as a comment, so that the editor can identify it."""
    lines = [f"  - {_quote(item.entry.key)} # {_note(item.entry.title)}" for item in items]
    return [f"{name}:", *lines]


def _note(title: str) -> str:
    return "".join(char if char.isprintable() else " " for char in title)


def _quote(text: str) -> str:
    """Write a YAML string (1.2, 7.3.1): JSON, with unprintable characters escaped."""
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9/_-]*", text):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(
        char
        if char.isprintable() or unicodedata.category(char) == "Zs"
        else char.encode("unicode_escape").decode()
        for char in quoted
    )
