"""Data types of calendars. They do not import icalendar; see `LazyWriter`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

CalendarStatus = Literal["scheduled", "cancelled", "postponed", "moved", "tentative"]

_UTC_NAMES = ("UTC", "Etc/UTC")


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """One event as a calendar entry, with texts in one language.

    `starts_at` and `ends_at` have a ZoneInfo. `ends_at` is exclusive, and only an estimate
    unless `has_stated_end`. If `all_day`, both are midnights. `changed_at` is an aware
    datetime in any zone. `language` is a BCP 47 tag; `url` is absolute.
    """

    uid: str
    sequence: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    has_stated_end: bool
    summary: str
    all_day: bool = False
    status: CalendarStatus = "scheduled"
    description: str = ""
    location: str = ""
    latitude: float | None = None
    longitude: float | None = None
    url: str = ""
    categories: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """A calendar file. `url` is the page about it, `source` its own URL; both are absolute.

    A file with a single event (`is_single`) is written without a name, because calendar
    programs create a new calendar when they import a file that has one.
    """

    name: str
    description: str
    language: str
    url: str
    source: str
    events: tuple[CalendarEvent, ...]
    is_single: bool = False

    def __repr__(self) -> str:
        return f"<Calendar {self.source}>"


def check_event(event: CalendarEvent) -> None:
    """Raise ValueError if a time has no named zone or the end is not after the start."""
    for time in (event.starts_at, event.ends_at):
        if not getattr(time.tzinfo, "key", None):
            raise ValueError(f"{event.uid}: {time} has no named time zone.")
    if to_utc(event.ends_at) <= to_utc(event.starts_at):
        raise ValueError(f"{event.uid}: the end, {event.ends_at}, is not after the start.")


def to_utc(time: datetime) -> datetime:
    """Convert an aware datetime to UTC without microseconds, which iCalendar cannot write."""
    return time.astimezone(UTC).replace(microsecond=0)


def tzid_of(time: datetime) -> str | None:
    """Return the name of the zone in which a time is written, or None for UTC.

    Local times that occur twice or not at all, because clocks change, are written in UTC:
    RFC 5545, 3.3.5 defines their meaning, but calendar programs do not agree on it.
    """
    zone = getattr(time.tzinfo, "key", None)
    is_unambiguous = time.replace(fold=0).utcoffset() == time.replace(fold=1).utcoffset()
    return zone if zone not in _UTC_NAMES and is_unambiguous else None
