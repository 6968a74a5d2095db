"""Determines when a page's content last changed, from the dates of the entries it shows.

The clock is not used, so the result does not change from build to build.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from rubric.model.edition import AuthorPage, Edition, Listing, Occasion, PlacePage, TagPage
from rubric.model.entry import Entry
from rubric.model.view import EntryContext, View

_NAMED = {"places", "cities"}


def last_modified(view: View, editions: Mapping[str, Edition]) -> datetime | None:
    """Return the newest `modified` or `date` of the entries on a page; None if there is none."""
    subject, context = view.subject, view.context
    if isinstance(subject, Entry) and not (context.upcoming or context.past or context.posts):
        return subject.modified or subject.date  # fast path for most pages
    dates = [entry.modified or entry.date for entry in shown_on(view, editions)]
    return max(filter(None, dates), default=None)


def shown_on(view: View, editions: Mapping[str, Edition]) -> Iterable[Entry]:
    """Return all entries whose text or title is part of the page's own content."""
    subject = view.subject
    if isinstance(subject, Entry):
        return (subject, *_own(view.context))
    if view.template == "search":
        return ()  # its content depends on the query
    if view.template == "tags":
        return _entries([page.listings for page in view.edition.tags.values()])
    if view.variables:
        # Of places, only the names are shown.
        shown = [view.variables[name] for name in view.variables if name not in _NAMED]
        return _entries([*shown, subject])
    if view.template == "chooser":
        return _entries([[edition.posts, edition.events] for edition in editions.values()])
    return _entries([page.listings for page in view.edition.tags.values()])


def _own(context: EntryContext) -> Iterable[Entry]:
    """Yield a group's own events and posts; recommended reading is not page content."""
    if context.upcoming or context.past or context.posts:
        return _entries([context.upcoming, context.past, context.posts])
    return ()


def _entries(values: Iterable[Any]) -> Iterator[Entry]:
    """Yield all entries in nested values, in no particular order."""
    waiting = [values]
    while waiting:
        values = waiting.pop()
        if set(map(type, values)) == {Listing}:  # fast path for long lists
            yield from [listing.entry for listing in values]
            continue
        for value in values:
            if isinstance(value, Listing):
                yield value.entry
            elif isinstance(value, Entry):
                yield value
            elif isinstance(value, Occasion):
                yield value.listing.entry
            else:
                waiting.append(_inside(value))


def _inside(value: Any) -> Iterable[Any]:
    """Return the items of a container."""
    if isinstance(value, PlacePage):
        return [*value.groups, *value.events]
    if isinstance(value, Mapping):
        return value.values()
    if isinstance(value, list | tuple):
        return value
    if hasattr(value, "groups") and not isinstance(value, TagPage | AuthorPage):
        groups: Iterable[Any] = value.groups  # the options of a finder
        return groups
    return ()
