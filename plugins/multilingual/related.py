"""What to read next: neighbours by topic, the parts of a series, a group's events."""

from __future__ import annotations

from collections import Counter
from itertools import islice

from plugins.model.edition import Edition, Listing
from plugins.model.entry import Entry
from plugins.model.metadata import PostMetadata

# How far back each topic is searched; keeps the work the same for any number of posts.
_DEPTH = 24


def find_related(edition: Edition, entry: Entry, count: int = 3) -> list[Listing]:
    """Posts of the edition that share most topics with `entry`; of a group, its events."""
    if entry.kind == "group":
        name = entry.key.rpartition("/")[2]
        return [
            item for item in edition.events if item.entry.event and item.entry.event.group == name
        ]
    if not entry.is_post:
        return []
    score: Counter[Listing] = Counter()
    for tag in entry.tags:
        page = edition.tags.get(tag.identity)
        for item in islice(page.listings if page else (), _DEPTH):
            if item.entry.is_post and item.entry.key != entry.key and not item.is_fallback:
                score[item] += 1
    # most_common keeps the order of first sight among equals: newest first.
    return [item for item, _ in score.most_common(count)]


def find_series(edition: Edition, entry: Entry) -> list[Listing]:
    """All parts of the entry's series in the edition, in order; empty for a single part."""
    name = _series(entry)
    if not name:
        return []
    parts = [item for item in edition.posts if _series(item.entry) == name]
    parts.sort(key=lambda item: (_part(item.entry), item.entry.date, item.entry.key))
    return parts if len(parts) > 1 else []


def _series(entry: Entry) -> str | None:
    return entry.metadata.series if isinstance(entry.metadata, PostMetadata) else None


def _part(entry: Entry) -> int:
    part = entry.metadata.series_part if isinstance(entry.metadata, PostMetadata) else None
    return part or 0
