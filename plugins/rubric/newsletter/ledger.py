"""What earlier issues of a list told: read off the issue files, which are the ledger."""

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
class Ledger:
    """Everything a list's issues, of any status, have offered their editors.

    `posts` are translation keys; `events` maps those of events to the schedule they were
    last told with, empty where an editor wrote one in by hand. `first_start` is where the
    list began, `last_end` where the next issue begins; None before the first issue.
    """

    posts: set[str] = field(default_factory=set)
    events: dict[str, str] = field(default_factory=dict)
    first_start: datetime | None = None
    last_end: datetime | None = None

    def has_told(self, key: str, event: EventFacts) -> bool:
        """Whether readers know this event as it stands now."""
        known = self.events.get(key)
        if known is None:
            return False
        # Nobody wrote down what was told, so only what changes a reader's evening is again.
        return event.status == "scheduled" if not known else known == describe_schedule(event)


def find_issues(mailing: MailingList, entries: Iterable[Entry]) -> list[Entry]:
    """The issue files of a list, of any status, the first one first."""
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
    """Where an issue's window ends: stated, else its date."""
    metadata = entry.metadata
    assert isinstance(metadata, IssueMetadata)
    return metadata.window_end or entry.date


def read_ledger(mailing: MailingList, entries: Iterable[Entry], zone: ZoneInfo) -> Ledger:
    """Sum up the list's issues among all entries of a site."""
    ledger = Ledger()
    for entry in find_issues(mailing, entries):
        metadata, end = entry.metadata, end_of(entry)
        assert isinstance(metadata, IssueMetadata)
        ledger.posts.update(pick.key for pick in metadata.posts)
        for pick in metadata.events:
            ledger.events.setdefault(pick.key, "")
        for item in metadata.considered:
            key, is_event, schedule = item.partition("@")
            if is_event:
                ledger.events[key] = schedule
            else:
                ledger.posts.add(key)
        start = metadata.window_start or (end and step_back(end, mailing.cadence, zone))
        starts, ends = [ledger.first_start, start], [ledger.last_end, end]
        ledger.first_start = min(filter(None, starts), key=instant, default=None)
        ledger.last_end = max(filter(None, ends), key=instant, default=None)
    return ledger


def record(key: str, event: EventFacts) -> str:
    """An event as `considered` has it: `events/name@schedule`."""
    return f"{key}@{describe_schedule(event)}"


def describe_schedule(event: EventFacts) -> str:
    """When an event is and whether it takes place, as one line of words and digits.

    In the event's own wall-clock time, so that a zone whose rules change later changes
    nothing here: `2026-12-05T11:00/2026-12-05T14:00 Europe/Berlin cancelled`.
    """
    form = "%Y-%m-%d" if event.all_day else "%Y-%m-%dT%H:%M"
    times = [event.starts_at, *([event.ends_at] if event.has_stated_end else [])]
    span = "/".join(_spell(time, form) for time in times)
    return f"{span} {event.zone.key} {event.status}"


def _spell(time: datetime, form: str) -> str:
    # The second of two equal times of a night is another time.
    return f"{time:{form}}{'*' if time.fold else ''}"
