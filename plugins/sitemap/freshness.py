"""When a page's content last changed, by the dates of what it shows; never by a clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from plugins.model.edition import AuthorPage, Edition, Listing, Occasion, PlacePage, TagPage
from plugins.model.entry import Entry
from plugins.model.view import Around, View


def last_change(view: View, editions: Mapping[str, Edition]) -> datetime | None:
    """The newest `modified` or `date` of what the page shows; None where nothing has one."""
    dates = (entry.modified or entry.date for entry in shown_on(view, editions))
    return max((date for date in dates if date), default=None)


def shown_on(view: View, editions: Mapping[str, Edition]) -> Iterator[Entry]:
    """Every entry whose words or title stand in the page's own content."""
    subject = view.subject
    if isinstance(subject, Entry):
        yield subject
        yield from _around(view.around)
    elif view.variables:
        yield from _entries(view.variables.values())
        yield from _entries([subject])
    elif view.template == "chooser":
        for edition in editions.values():
            yield from _entries([edition.posts, edition.events])
    else:
        yield from _entries([page.listings for page in view.edition.tags.values()])


def _around(around: Around) -> Iterator[Entry]:
    """A group's own events and posts; what is only offered to read next is no content."""
    yield from _entries([around.upcoming, around.past, around.posts])


def _entries(values: Iterable[Any]) -> Iterator[Entry]:
    for value in values:
        if isinstance(value, Entry):
            yield value
        elif isinstance(value, Listing):
            yield value.entry
        elif isinstance(value, Occasion):
            yield value.listing.entry
        elif isinstance(value, PlacePage):
            yield from _entries([*value.groups, *value.events])
        elif isinstance(value, Mapping):
            yield from _entries(value.values())
        elif isinstance(value, list | tuple):
            yield from _entries(value)
        elif hasattr(value, "groups") and not isinstance(value, TagPage | AuthorPage):
            yield from _entries([value.groups])  # what a finder chooses from
