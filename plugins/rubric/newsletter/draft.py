"""The text of an issue file, for an editor to complete."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from rubric.model.edition import Listing
from rubric.model.newsletter import MailingList
from rubric.model.picks import MAX_SUBJECT
from rubric.newsletter.select import Selection
from rubric.newsletter.windows import spell

_JOINER = "\u200d"


def name_issue(mailing: MailingList, selection: Selection) -> str:
    """The file's name without its ending: `weekly-2026-11-20` for the list weekly-ru.

    The language is the folder's to say; issues of one day in several languages are each
    other's translations by their name.
    """
    stem = mailing.key.removesuffix(f"-{mailing.lang}")
    return f"{stem}-{selection.window_end:%Y-%m-%d}"


def write_draft(mailing: MailingList, selection: Selection, title: str, zone: ZoneInfo) -> str:
    """The file: a draft that ends where the editor's introduction begins.

    `title` is the heading of its page. Subject and preheader are proposals: the first
    post's title, and the titles after it. The same selection gives the same text.
    """
    titles = [item.entry.title for item in (*selection.posts, *selection.events)]
    end = spell(selection.window_end, zone)
    lines = [
        "---",
        f"title: {_quote(title)}",
        f"date: {end}",
        "status: draft # delete this line when the issue is sent",
        f"list: {mailing.key}",
        f"subject: {_quote(cut(titles[0]))}",
        f"preheader: {_quote(cut(' · '.join(titles[1:4])))}" if titles[1:] else "preheader:",
        *_picks("posts", selection.posts),
        *_picks("events", selection.events),
        "# Written by the draft task; the next draft reads it. Leave it as it is.",
        f"window_start: {spell(selection.window_start, zone)}",
        f"window_end: {end}",
        "considered:",
        *(f"  - {_quote(item)}" for item in selection.considered),
        "---",
        "",
    ]
    return "\n".join(lines)


def cut(text: str, limit: int = MAX_SUBJECT) -> str:
    """Shorten a subject to `limit` characters; no letter is parted from its marks.

    What is left of the text ends before a character that doesn't lean on the one before
    (a simpler rule than Unicode's grapheme clusters, UAX 29, and never a finer one for
    marks, joiners, variation selectors and skin tones).
    """
    folded = " ".join(text.split())
    if len(folded) <= limit:
        return folded
    end = limit - 1
    while end and (_leans(folded[end]) or folded[end - 1] == _JOINER or _is_flag(folded[end])):
        end -= 1
    return folded[:end].rstrip() + "…"


def _leans(char: str) -> bool:
    """Whether a character belongs to the one before it."""
    is_skin = "\U0001f3fb" <= char <= "\U0001f3ff"
    return char == _JOINER or unicodedata.category(char).startswith("M") or is_skin


def _is_flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"


def _picks(name: str, items: Iterable[Listing]) -> list[str]:
    """Each key with the title after it as a note, so that the editor needn't look it up."""
    lines = [f"  - {_quote(item.entry.key)} # {_note(item.entry.title)}" for item in items]
    return [f"{name}:", *lines]


def _note(title: str) -> str:
    return "".join(char if char.isprintable() else " " for char in title)


def _quote(text: str) -> str:
    """A YAML string (1.2, 7.3.1): JSON's, with what YAML doesn't print or folds escaped."""
    if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9/_-]*", text):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return "".join(
        char
        if char.isprintable() or unicodedata.category(char) == "Zs"
        else char.encode("unicode_escape").decode()
        for char in quoted
    )
