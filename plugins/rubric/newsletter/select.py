"""Chooses what the next issue of a list tells: posts and events nobody was told of yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from rubric.model.edition import Edition, Listing
from rubric.model.metadata import PostMetadata
from rubric.model.newsletter import MailingList
from rubric.newsletter.ledger import Ledger, record
from rubric.newsletter.windows import instant, spell, step_back, to_minute


@dataclass(frozen=True, slots=True)
class Selection:
    """What an issue offers its editor; times zoned, the window without its end.

    Posts are newest first, events by start. `considered` is what the next drafts look at:
    keys of posts, and `key@schedule` of events.
    """

    window_start: datetime
    window_end: datetime
    posts: tuple[Listing, ...]
    events: tuple[Listing, ...]
    considered: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.posts or self.events)


def select(
    mailing: MailingList, edition: Edition, ledger: Ledger, until: datetime, zone: ZoneInfo
) -> Selection:
    """Choose for an issue that ends at `until` (zoned; cut to the minute).

    A post is chosen once: if it is dated since the list began, before `until`, and no
    earlier issue offered it in any language. So posts that came late, or didn't fit, come
    in a later issue. Events are those that begin after `until` and are new or have changed.

    Raises ValueError if `until` isn't after the end of the list's last issue.
    """
    until = to_minute(until, zone)
    if ledger.last_end is not None and instant(until) <= instant(ledger.last_end):
        raise ValueError(
            f"The last issue of {mailing.key} ends at {spell(ledger.last_end, zone)}, so the "
            f"next can't end at {spell(until, zone)}. Give a later --until."
        )
    start = ledger.last_end or step_back(until, mailing.cadence, zone)
    begun = min(instant(ledger.first_start or start), instant(start))
    groups = _groups_of_recaps(edition.events)
    posts = [
        item
        for item in _allowed(mailing, edition.posts)
        if item.entry.date is not None
        and begun <= _date(item) < instant(until)
        and item.entry.key not in ledger.posts
        and _takes(mailing, item, groups)
    ]
    chosen = _newest_first(_fitting(posts, start, mailing.max_posts))
    events = _choose_events(mailing, edition, ledger, until)
    told = [record(item.entry.key, item.event) for item in events]
    keys = [item.entry.key for item in chosen]
    return Selection(start, until, tuple(chosen), tuple(events), (*keys, *told))


def _fitting(posts: list[Listing], start: datetime, limit: int) -> list[Listing]:
    """As many as fit: what waited since an earlier window, longest first, then the newest.

    If the newest always went first, a list that has too much for every issue would never
    tell some of it.
    """
    waiting = [item for item in posts if _date(item) < instant(start)]
    fresh = [item for item in posts if _date(item) >= instant(start)]
    return [*reversed(_newest_first(waiting)), *_newest_first(fresh)][:limit]


def _newest_first(posts: Iterable[Listing]) -> list[Listing]:
    by_key = sorted(posts, key=lambda item: item.entry.key)
    return sorted(by_key, key=_date, reverse=True)


def _date(item: Listing) -> datetime:
    assert item.entry.date is not None
    return instant(item.entry.date)


def _choose_events(
    mailing: MailingList, edition: Edition, ledger: Ledger, until: datetime
) -> list[Listing]:
    """By start. Where not all fit, what readers planned and must not go to comes first."""
    found = [
        item
        for item in _allowed(mailing, edition.events)
        if instant(item.event.starts_at) >= instant(until)
        and item.entry.date is not None
        and _date(item) < instant(until)
        and not ledger.has_told(item.entry.key, item.event)
        and _takes(mailing, item, {})
    ]
    urgent = [item for item in found if item.event.status != "scheduled"]
    others = [item for item in found if item.event.status == "scheduled"]
    fitting = [*sorted(urgent, key=_start), *sorted(others, key=_start)][: mailing.max_events]
    return sorted(fitting, key=_start)


def _start(item: Listing) -> tuple[datetime, str]:
    return instant(item.event.starts_at), item.entry.key


def _allowed(mailing: MailingList, listings: Iterable[Listing]) -> list[Listing]:
    return [item for item in listings if mailing.fallback == "list" or not item.is_fallback]


def _takes(mailing: MailingList, item: Listing, recapped: dict[str, str]) -> bool:
    """Whether the list is about this: by any of its tags, or any of its groups."""
    if not (mailing.tags or mailing.groups):
        return True
    entry, metadata = item.entry, item.entry.metadata
    group = entry.event.group if entry.event else ""
    if isinstance(metadata, PostMetadata):
        group = metadata.group or recapped.get(entry.key.rpartition("/")[2], "")
    return group in mailing.groups or any(tag.identity in mailing.tags for tag in entry.tags)


def _groups_of_recaps(events: Iterable[Listing]) -> dict[str, str]:
    """Which group's evening a post tells of, by the post's file name."""
    return {item.event.recap: item.event.group for item in events if item.event.recap}
