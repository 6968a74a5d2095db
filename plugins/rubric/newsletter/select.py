"""Selects new posts and events for the next issue of a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from rubric.model.edition import Edition, Listing
from rubric.model.metadata import PostMetadata
from rubric.model.newsletter import MailingList
from rubric.newsletter.history import ListHistory, describe_schedule
from rubric.newsletter.windows import format_time, instant, step_back, truncate_to_minute


@dataclass(frozen=True, slots=True)
class Selection:
    """Entries offered to the editor of an issue, for the half-open window [start, end) (zoned).

    Posts are sorted newest first, events by start. `considered` is stored in the issue for later
    drafts: keys of posts, and `key@schedule` of events.
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
    mailing: MailingList, edition: Edition, history: ListHistory, until: datetime, zone: ZoneInfo
) -> Selection:
    """Select entries for an issue whose window ends at `until` (zoned; truncated to the minute).

    A post is selected if it is dated since the list began, before `until`, and no earlier issue
    offered it in any language. Posts that were published late or did not fit are therefore
    selected for a later issue. Events are selected if they begin after `until` and are new or
    have changed.

    Raises ValueError if `until` isn't after the end of the list's last issue.
    """
    until = truncate_to_minute(until, zone)
    if history.last_end is not None and instant(until) <= instant(history.last_end):
        raise ValueError(
            f"The last issue of {mailing.key} ends at {format_time(history.last_end, zone)}, so "
            f"the next can't end at {format_time(until, zone)}. Give a later --until."
        )
    start = history.last_end or step_back(until, mailing.cadence, zone)
    begun = min(instant(history.first_start or start), instant(start))
    groups = _groups_of_recaps(edition.events)
    posts = [
        item
        for item in _allowed(mailing, edition.posts)
        if item.entry.date is not None
        and begun <= _date(item) < instant(until)
        and item.entry.key not in history.posts
        and _matches_list(mailing, item, groups)
    ]
    chosen = _newest_first(_fitting(posts, start, mailing.max_posts))
    events = _choose_events(mailing, edition, history, until)
    schedules = [f"{item.entry.key}@{describe_schedule(item.event)}" for item in events]
    keys = [item.entry.key for item in chosen]
    return Selection(start, until, tuple(chosen), tuple(events), (*keys, *schedules))


def _fitting(posts: list[Listing], start: datetime, limit: int) -> list[Listing]:
    """Return at most `limit` posts: first those from before `start`, oldest first, then the newest.

    If the newest always came first, a list with too many posts for each issue would never
    include some of them.
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
    mailing: MailingList, edition: Edition, history: ListHistory, until: datetime
) -> list[Listing]:
    """Return events by start. If not all fit, changed events (e.g. cancelled) have priority."""
    found = [
        item
        for item in _allowed(mailing, edition.events)
        if instant(item.event.starts_at) >= instant(until)
        and item.entry.date is not None
        and _date(item) < instant(until)
        and not history.is_announced(item.entry.key, item.event)
        and _matches_list(mailing, item, {})
    ]
    urgent = [item for item in found if item.event.status != "scheduled"]
    others = [item for item in found if item.event.status == "scheduled"]
    fitting = [*sorted(urgent, key=_start), *sorted(others, key=_start)][: mailing.max_events]
    return sorted(fitting, key=_start)


def _start(item: Listing) -> tuple[datetime, str]:
    return instant(item.event.starts_at), item.entry.key


def _allowed(mailing: MailingList, listings: Iterable[Listing]) -> list[Listing]:
    return [item for item in listings if mailing.fallback == "list" or not item.is_fallback]


def _matches_list(mailing: MailingList, item: Listing, recapped: dict[str, str]) -> bool:
    """True if the list accepts the entry, by any of its tags or groups."""
    if not (mailing.tags or mailing.groups):
        return True
    entry, metadata = item.entry, item.entry.metadata
    group = entry.event.group if entry.event else ""
    if isinstance(metadata, PostMetadata):
        group = metadata.group or recapped.get(entry.key.rpartition("/")[2], "")
    return group in mailing.groups or any(tag.identity in mailing.tags for tag in entry.tags)


def _groups_of_recaps(events: Iterable[Listing]) -> dict[str, str]:
    """Map the file name of each recap post to the group of its event."""
    return {item.event.recap: item.event.group for item in events if item.event.recap}
