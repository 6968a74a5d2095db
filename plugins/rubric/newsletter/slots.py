"""Slots: placeholders in a rendering that only a provider can fill in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape

from rubric.model.newsletter import Issue, Rendering, Slot


def fill(rendering: Rendering, values: Mapping[Slot, str]) -> Rendering:
    """Replace slots with plain text or URLs; slots without a value are kept."""
    html, text = rendering.html, rendering.text
    for slot, value in values.items():
        html = html.replace(slot.value, escape(value))
        text = text.replace(slot.value, value)
    return replace(rendering, html=html, text=text)


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
