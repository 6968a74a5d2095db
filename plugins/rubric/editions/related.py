"""Finds what an edition shows around an entry: related posts, series, events of a group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from itertools import islice
from typing import NamedTuple

from rubric.model.edition import Edition, Listing, TagPage, past, upcoming
from rubric.model.entry import Entry
from rubric.model.metadata import PostMetadata
from rubric.model.view import EntryContext

# Only this many posts of each tag are searched, so the time per post is constant.
_DEPTH = 24
_RELATED = 3


class RelatedIndex:
    """An index of an edition's entries by group, recap, series and tag.

    Built once for each edition: `index.context_of(entry).related` are related posts.
    """

    def __init__(self, edition: Edition, now: datetime) -> None:
        self._edition = edition
        self._now = now
        self._groups = {_name(item.entry): item for item in edition.groups}
        self._events_of: dict[str, list[Listing]] = {}
        self._posts_of: dict[str, list[Listing]] = {}
        self._recap_of: dict[str, Listing] = {}
        self._series: dict[str, list[Listing]] = {}
        self._related_to: dict[tuple[str, ...], _Related] = {}
        self._contexts: dict[tuple[int, ...], EntryContext] = {}
        self._newest = {identity: _newest_own(page) for identity, page in edition.tags.items()}
        for item in edition.events:
            if item.event.group:
                self._events_of.setdefault(item.event.group, []).append(item)
            if item.event.recap:
                self._recap_of[item.event.recap] = item
        for item in edition.posts:
            self._add_post(item)
        for parts in self._series.values():
            parts.sort(key=_part)

    def context_of(self, entry: Entry) -> EntryContext:
        """Return the context of an entry. Entries with equal contexts share one object."""
        if entry.kind.section == "groups":
            return self._context_of_group(entry)
        event = entry.event
        metadata = entry.metadata if isinstance(entry.metadata, PostMetadata) else None
        group_name = event.group if event else metadata.group if metadata else None
        group = self._groups.get(group_name or "")
        recap = self._posts.get(event.recap) if event and event.recap else None
        recap_of = self._recapped_by(entry)
        related = self._related(entry) if entry.is_post else ()
        parts = self._series.get(metadata.series or "", ()) if metadata else ()
        series = parts if len(parts) > 1 else ()
        # These objects exist as long as the edition, so their ids are unique.
        key = (id(group), id(recap), id(recap_of), id(related), id(series))
        if key not in self._contexts:
            self._contexts[key] = EntryContext(group, recap, recap_of, related, series)
        return self._contexts[key]

    def _context_of_group(self, entry: Entry) -> EntryContext:
        events = self._events_of.get(_name(entry), [])
        own = Listing(entry, self._edition.lang, entry.url)
        return EntryContext(
            upcoming=upcoming(events, [own], self._now),
            past=past(events, self._now),
            posts=self._posts_of.get(_name(entry), []),
        )

    @cached_property
    def _posts(self) -> dict[str, Listing]:
        """Posts by name, built only if an event has a recap."""
        return {_name(item.entry): item for item in self._edition.posts}

    def _add_post(self, item: Listing) -> None:
        metadata = item.entry.metadata
        if not isinstance(metadata, PostMetadata):
            return
        if metadata.series:
            self._series.setdefault(metadata.series, []).append(item)
        # A recap of a group's event belongs to the group.
        recapped = self._recapped_by(item.entry)
        group = metadata.group or (recapped.event.group if recapped else "")
        if group:
            self._posts_of.setdefault(group, []).append(item)

    def _recapped_by(self, entry: Entry) -> Listing | None:
        """Return the event that a post recaps."""
        return self._recap_of.get(_name(entry)) if self._recap_of and entry.is_post else None

    def _related(self, entry: Entry) -> Sequence[Listing]:
        """Return posts in the edition's language that share most tags, then the newest."""
        tags = tuple([tag.identity for tag in entry.tags])
        if tags not in self._related_to:
            self._related_to[tags] = self._find_related(tags)
        related = self._related_to[tags]
        return related.without.get(entry.key, related.first)

    def _find_related(self, tags: tuple[str, ...]) -> _Related:
        found: dict[str, Listing] = {}
        score: Counter[str] = Counter()
        for tag in tags:
            for item in self._newest.get(tag, ()):
                found[item.entry.key] = item
                score[item.entry.key] += 1
        # One more than shown, because a text is not related to itself.
        keys = [key for key, _ in score.most_common(_RELATED + 1)]
        without = {key: tuple(found[other] for other in keys if other != key) for key in keys}
        return _Related(tuple(found[key] for key in keys[:_RELATED]), without)


class _Related(NamedTuple):
    """Posts related to a list of tags: the first ones, and for each of them the others, by key."""

    first: tuple[Listing, ...]
    without: Mapping[str, tuple[Listing, ...]]


def _newest_own(page: TagPage) -> list[Listing]:
    """Return posts in the edition's language among the newest of a tag."""
    newest = islice(page.listings, _DEPTH)
    return [item for item in newest if item.entry.is_post and not item.is_fallback]


def _name(entry: Entry) -> str:
    """Return the name by which other files refer to an entry: its file name without suffix."""
    return entry.key.rpartition("/")[2]


def _part(item: Listing) -> tuple[int, str]:
    metadata = item.entry.metadata
    part = metadata.series_part if isinstance(metadata, PostMetadata) else None
    return part or 0, item.entry.key
