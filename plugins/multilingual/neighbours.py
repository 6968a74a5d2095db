"""What stands around an entry in its edition: what to read next, a group's events and so on."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from itertools import islice

from plugins.model.edition import Edition, Listing, past, upcoming
from plugins.model.entry import Entry
from plugins.model.metadata import PostMetadata
from plugins.model.view import Around

# How far back each topic is searched; keeps the work the same for any number of posts.
_DEPTH = 24
_RELATED = 3


class Neighbourhood:
    """An edition's entries by what they belong to; made once, asked for every entry."""

    def __init__(self, edition: Edition, now: datetime) -> None:
        self._edition = edition
        self._now = now
        self._groups = {_name(item.entry): item for item in edition.groups}
        self._posts = {_name(item.entry): item for item in edition.posts}
        self._events_of: dict[str, list[Listing]] = {}
        self._posts_of: dict[str, list[Listing]] = {}
        self._recap_of: dict[str, Listing] = {}
        self._series: dict[str, list[Listing]] = {}
        for item in edition.events:
            if item.event.group:
                self._events_of.setdefault(item.event.group, []).append(item)
            if item.event.recap:
                self._recap_of[item.event.recap] = item
        for item in edition.posts:
            self._sort_in(item)

    def of(self, entry: Entry) -> Around:
        """Everything around one entry."""
        event = entry.event
        metadata = entry.metadata if isinstance(entry.metadata, PostMetadata) else None
        group_name = event.group if event else metadata.group if metadata else None
        around = Around(
            group=self._groups.get(group_name or ""),
            recap=self._posts.get(event.recap) if event else None,
            recap_of=self._recap_of.get(_name(entry)) if entry.is_post else None,
            related=self._related(entry) if entry.is_post else [],
            series=self._parts(metadata),
        )
        if entry.kind == "group":
            events = self._events_of.get(_name(entry), [])
            own = Listing(entry, self._edition.lang, entry.url)
            around.upcoming = upcoming(events, [own], self._now)
            around.past = past(events, self._now)
            around.posts = self._posts_of.get(_name(entry), [])
        return around

    def _sort_in(self, item: Listing) -> None:
        metadata = item.entry.metadata
        if not isinstance(metadata, PostMetadata):
            return
        if metadata.series:
            self._series.setdefault(metadata.series, []).append(item)
        # The story of a group's evening is the group's, without being told so.
        recapped = self._recap_of.get(_name(item.entry))
        group = metadata.group or (recapped.event.group if recapped else "")
        if group:
            self._posts_of.setdefault(group, []).append(item)

    def _related(self, entry: Entry) -> list[Listing]:
        """Posts of the edition's own that share most topics, newest first among equals."""
        score: Counter[Listing] = Counter()
        for tag in entry.tags:
            page = self._edition.tags.get(tag.identity)
            for item in islice(page.listings if page else (), _DEPTH):
                if item.entry.is_post and item.entry.key != entry.key and not item.is_fallback:
                    score[item] += 1
        return [item for item, _ in score.most_common(_RELATED)]

    def _parts(self, metadata: PostMetadata | None) -> list[Listing]:
        parts = self._series.get(metadata.series or "", []) if metadata else []
        return sorted(parts, key=_part) if len(parts) > 1 else []


def _name(entry: Entry) -> str:
    """What other files call an entry: its file name without the ending."""
    return entry.key.rpartition("/")[2]


def _part(item: Listing) -> tuple[int, str]:
    metadata = item.entry.metadata
    part = metadata.series_part if isinstance(metadata, PostMetadata) else None
    return part or 0, item.entry.key
