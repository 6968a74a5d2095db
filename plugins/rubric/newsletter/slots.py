"""Slots: what only a provider can fill in, kept apart from what authors write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from html import escape

from rubric.model.newsletter import Issue, Rendering, Slot


def fill(rendering: Rendering, values: Mapping[Slot, str]) -> Rendering:
    """Put plain text or addresses in the place of slots; those not named stay."""
    html, text = rendering.html, rendering.text
    for slot, value in values.items():
        html = html.replace(slot.value, escape(value))
        text = text.replace(slot.value, value)
    return replace(rendering, html=html, text=text)


def refuse_slots_of_authors(issue: Issue, content: str) -> None:
    """Raise ValueError for a text that would be taken for a slot; `content` is the folder."""
    for source, text in _texts(issue):
        for slot in Slot:
            if slot.value in text:
                raise ValueError(
                    f"{content}/{source}: holds “{slot.value}”, which providers would replace "
                    "by an address for each reader. Take it out."
                )


def _texts(issue: Issue) -> Iterator[tuple[str, str]]:
    own, mailing_list = issue.entry, issue.list
    names = [mailing_list.name, mailing_list.description, mailing_list.postal_address]
    for text in (issue.subject, issue.preheader, own.title, own.body, *names):
        yield own.source, text
    for piece in (*issue.posts, *issue.events):
        yield own.source, piece.note
        entry = piece.listing.entry
        # The whole entry as Python shows it: facts of events have many fields.
        shown = (entry.title, entry.url, entry.summary, entry.body, entry.picture)
        yield entry.source, "\n".join([*shown, repr(entry.quotation), repr(entry.event)])
        yield entry.source, repr(entry.metadata)
