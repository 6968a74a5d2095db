"""What stands around an entry in its edition: what to read next, a group's events and so on."""

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
from rubric.model.view import Around

# How far back each topic is searched; keeps the work the same for any number of posts.
_DEPTH = 24
_RELATED = 3


class Neighbourhood:
    """An edition's entries by what they belong to; made once, asked for every entry."""

    def __init__(self, edition: Edition, now: datetime) -> None:
        self._edition = edition
        self._now = now
        self._groups = {_name(item.entry): item for item in edition.groups}
        self._events_of: dict[str, list[Listing]] = {}
        self._posts_of: dict[str, list[Listing]] = {}
        self._recap_of: dict[str, Listing] = {}
        self._series: dict[str, list[Listing]] = {}
        self._nearest: dict[tuple[str, ...], _Nearest] = {}
        self._known: dict[tuple[int, ...], Around] = {}
        self._newest = {identity: _newest_own(page) for identity, page in edition.tags.items()}
        for item in edition.events:
            if item.event.group:
                self._events_of.setdefault(item.event.group, []).append(item)
            if item.event.recap:
                self._recap_of[item.event.recap] = item
        for item in edition.posts:
            self._sort_in(item)
        for parts in self._series.values():
            parts.sort(key=_part)

    def of(self, entry: Entry) -> Around:
        """Everything around one entry; entries with the same around them have it in common."""
        event = entry.event
        metadata = entry.metadata if isinstance(entry.metadata, PostMetadata) else None
        group_name = event.group if event else metadata.group if metadata else None
        group = self._groups.get(group_name or "")
        recap = self._posts.get(event.recap) if event and event.recap else None
        if entry.kind.section == "groups":
            return self._around_group(entry)
        recap_of = self._recapped_by(entry)
        related = self._related(entry) if entry.is_post else ()
        series = self._parts(metadata)
        # These live as long as the edition, so their ids tell them apart.
        key = (id(group), id(recap), id(recap_of), id(related), id(series))
        around = self._known.get(key)
        if around is None:
            around = self._known[key] = Around(group, recap, recap_of, related, series)
        return around

    def _around_group(self, entry: Entry) -> Around:
        events = self._events_of.get(_name(entry), [])
        own = Listing(entry, self._edition.lang, entry.url)
        return Around(
            upcoming=upcoming(events, [own], self._now),
            past=past(events, self._now),
            posts=self._posts_of.get(_name(entry), []),
        )

    @cached_property
    def _posts(self) -> dict[str, Listing]:
        """Posts by name; asked for only where an event has a recap."""
        return {_name(item.entry): item for item in self._edition.posts}

    def _sort_in(self, item: Listing) -> None:
        metadata = item.entry.metadata
        if not isinstance(metadata, PostMetadata):
            return
        if metadata.series:
            self._series.setdefault(metadata.series, []).append(item)
        # The story of a group's evening is the group's, without being told so.
        recapped = self._recapped_by(item.entry)
        group = metadata.group or (recapped.event.group if recapped else "")
        if group:
            self._posts_of.setdefault(group, []).append(item)

    def _recapped_by(self, entry: Entry) -> Listing | None:
        """The event that a post tells of."""
        return self._recap_of.get(_name(entry)) if self._recap_of and entry.is_post else None

    def _related(self, entry: Entry) -> Sequence[Listing]:
        """Posts of the edition's own that share most topics, newest first among equals."""
        topics = tuple([tag.identity for tag in entry.tags])
        nearest = self._nearest.get(topics)
        if nearest is None:
            nearest = self._nearest[topics] = self._near(topics)
        return nearest.without.get(entry.key, nearest.first)

    def _near(self, topics: tuple[str, ...]) -> _Nearest:
        """What is nearest to texts with these topics: one more, for it may be such a text."""
        found: dict[str, Listing] = {}
        score: Counter[str] = Counter()
        for topic in topics:
            for item in self._newest.get(topic, ()):
                found[item.entry.key] = item
                score[item.entry.key] += 1
        keys = [key for key, _ in score.most_common(_RELATED + 1)]
        without = {key: tuple(found[other] for other in keys if other != key) for key in keys}
        return _Nearest(tuple(found[key] for key in keys[:_RELATED]), without)

    def _parts(self, metadata: PostMetadata | None) -> Sequence[Listing]:
        parts = self._series.get(metadata.series or "", ()) if metadata else ()
        return parts if len(parts) > 1 else ()


class _Nearest(NamedTuple):
    """What is nearest to some topics, and to each that is among them."""

    first: tuple[Listing, ...]
    without: Mapping[str, tuple[Listing, ...]]


def _newest_own(page: TagPage) -> list[Listing]:
    """The posts in the edition's language among the newest under a topic."""
    newest = islice(page.listings, _DEPTH)
    return [item for item in newest if item.entry.is_post and not item.is_fallback]


def _name(entry: Entry) -> str:
    """What other files call an entry: its file name without the ending."""
    return entry.key.rpartition("/")[2]


def _part(item: Listing) -> tuple[int, str]:
    metadata = item.entry.metadata
    part = metadata.series_part if isinstance(metadata, PostMetadata) else None
    return part or 0, item.entry.key
