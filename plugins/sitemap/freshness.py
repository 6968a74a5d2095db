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
    newest = None
    for entry in shown_on(view, editions):
        date = entry.modified or entry.date
        if date is not None and (newest is None or date > newest):
            newest = date
    return newest


def shown_on(view: View, editions: Mapping[str, Edition]) -> Iterable[Entry]:
    """Every entry whose words or title stand in the page's own content."""
    subject = view.subject
    if isinstance(subject, Entry):
        return (subject, *_own(view.around))
    if view.template == "search":
        return ()  # it shows what is looked for
    if view.variables:
        return _entries([*view.variables.values(), subject])
    if view.template == "chooser":
        return _entries([[edition.posts, edition.events] for edition in editions.values()])
    return _entries([page.listings for page in view.edition.tags.values()])


def _own(around: Around) -> Iterable[Entry]:
    """A group's own events and posts; what is only offered to read next is no content."""
    if around.upcoming or around.past or around.posts:
        return _entries([around.upcoming, around.past, around.posts])
    return ()


def _entries(values: Iterable[Any]) -> Iterator[Entry]:
    """All entries in values of any depth, in no order."""
    waiting = [values]
    while waiting:
        for value in waiting.pop():
            if isinstance(value, Listing):
                yield value.entry
            elif isinstance(value, Entry):
                yield value
            elif isinstance(value, Occasion):
                yield value.listing.entry
            elif isinstance(value, PlacePage):
                waiting.append([value.groups, value.events])
            elif isinstance(value, Mapping):
                waiting.append(value.values())
            elif isinstance(value, list | tuple):
                waiting.append(value)
            elif hasattr(value, "groups") and not isinstance(value, TagPage | AuthorPage):
                waiting.append(value.groups)  # what a finder chooses from
