"""Slots: placeholders in a rendering that only a provider can fill in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape

from rubric.model.newsletter import Issue, Rendering, Slot

_PREFIX = "rubric-slot-"  # a fast check, to skip the regular expression for most segments
_TOKEN = re.compile("|".join(map(re.escape, Slot)))


def fill_slots(source: str, fill: Callable[[Slot], str], escape: Callable[[str], str] = str) -> str:
    """Replace the slots of a text and escape everything between them."""
    if _PREFIX not in source:
        return escape(source)
    parts: list[str] = []
    end = 0
    for match in _TOKEN.finditer(source):
        parts += [escape(source[end : match.start()]), fill(Slot(match[0]))]
        end = match.end()
    return "".join([*parts, escape(source[end:])])


def slot_text(rendering: Rendering, slot: Slot, unsubscribe: str = "") -> str:
    """Return the value of a slot without a provider.

    `unsubscribe` is the URL at which readers unsubscribe, if it is known.
    """
    if slot is Slot.BROWSER:
        return rendering.archive
    return rendering.issue.list.postal_address if slot is Slot.ADDRESS else unsubscribe


def slot_html(rendering: Rendering, slot: Slot, unsubscribe: str = "") -> str:
    """Return the value of `slot_text` as HTML."""
    return escape(slot_text(rendering, slot, unsubscribe)).replace("\n", "<br>")


def refuse_slots_of_authors(issue: Issue, content: str) -> None:
    """Raise ValueError if a text contains the value of a slot. `content` is the content folder."""
    for source, text in _texts(issue):
        for slot in Slot:
            if slot.value in text:
                raise ValueError(
                    f"{content}/{source}: contains “{slot.value}”, which providers would replace "
                    "with an address for each reader. Remove it."
                )


def _texts(issue: Issue) -> Iterator[tuple[str, str]]:
    own, mailing_list = issue.entry, issue.list
    names = [mailing_list.name, mailing_list.description, mailing_list.postal_address]
    for text in (issue.subject, issue.preheader, own.title, own.body, *names):
        yield own.source, text
    for piece in (*issue.posts, *issue.events):
        yield own.source, piece.note
        entry = piece.listing.entry
        # repr() covers all fields of an event.
        shown = (entry.title, entry.url, entry.summary, entry.body, entry.picture)
        yield entry.source, "\n".join([*shown, repr(entry.quotation), repr(entry.event)])
        yield entry.source, repr(entry.metadata)
