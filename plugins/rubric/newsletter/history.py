"""What earlier issues of a list contained, read from the issue files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from rubric.model.entry import Entry
from rubric.model.event import EventFacts
from rubric.model.metadata import IssueMetadata
from rubric.model.newsletter import MailingList
from rubric.newsletter.windows import instant, step_back


@dataclass(slots=True)
class ListHistory:
    """All posts and events that issues of a list, of any status, offered to their editors.

    `posts` are translation keys. `events` maps translation keys to the schedule last announced
    (see `describe_schedule`), empty if an editor added the event by hand. `first_start` is the
    start of the first issue's window, `last_end` the end of the last one; None without issues.
    """

    posts: set[str] = field(default_factory=set)
    events: dict[str, str] = field(default_factory=dict)
    first_start: datetime | None = None
    last_end: datetime | None = None

    def is_announced(self, key: str, event: EventFacts) -> bool:
        """True if the event was announced with its present schedule."""
        known = self.events.get(key)
        if known is None:
            return False
        # Events added by hand record no schedule: announce again only those that are
        # cancelled, postponed or moved.
        return event.status == "scheduled" if not known else known == describe_schedule(event)


def find_issues(mailing: MailingList, entries: Iterable[Entry]) -> list[Entry]:
    """Return the issue files of a list, of any status, oldest first."""
    found = [
        entry
        for entry in entries
        if isinstance(entry.metadata, IssueMetadata) and entry.metadata.list == mailing.key
    ]
    return sorted(found, key=_place)


def _place(entry: Entry) -> tuple[bool, float, str]:
    end = end_of(entry)
    return end is None, end.timestamp() if end else 0, entry.source


def end_of(entry: Entry) -> datetime | None:
    """Return the end of an issue's window: `window_end` if set, else the date."""
    metadata = entry.metadata
    assert isinstance(metadata, IssueMetadata)
    return metadata.window_end or entry.date


def read_history(mailing: MailingList, entries: Iterable[Entry], zone: ZoneInfo) -> ListHistory:
    """Collect the history of a list from all entries of the site."""
    history = ListHistory()
    for entry in find_issues(mailing, entries):
        metadata, end = entry.metadata, end_of(entry)
        assert isinstance(metadata, IssueMetadata)
        history.posts.update(selected.key for selected in metadata.posts)
        for selected in metadata.events:
            history.events.setdefault(selected.key, "")
        for item in metadata.considered:
            key, is_event, schedule = item.partition("@")
            if is_event:
                history.events[key] = schedule
            else:
                history.posts.add(key)
        start = metadata.window_start or (end and step_back(end, mailing.cadence, zone))
        starts, ends = [history.first_start, start], [history.last_end, end]
        history.first_start = min(filter(None, starts), key=instant, default=None)
        history.last_end = max(filter(None, ends), key=instant, default=None)
    return history


def describe_schedule(event: EventFacts) -> str:
    """Return the time and status of an event as one line.

    The time is in the event's own time zone, so that later changes of zone rules do not change
    the line: `2026-12-05T11:00/2026-12-05T14:00 Europe/Berlin cancelled`.
    """
    form = "%Y-%m-%d" if event.all_day else "%Y-%m-%dT%H:%M"
    times = [event.starts_at, *([event.ends_at] if event.has_stated_end else [])]
    span = "/".join(_spell(time, form) for time in times)
    return f"{span} {event.zone.key} {event.status}"


def _spell(time: datetime, form: str) -> str:
    # Mark the second occurrence of a repeated time (PEP 495).
    return f"{time:{form}}{'*' if time.fold else ''}"
