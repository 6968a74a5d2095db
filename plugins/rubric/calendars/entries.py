"""What calendars hold, without the library that writes it: most builds write no calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

CalendarStatus = Literal["scheduled", "cancelled", "postponed", "moved", "tentative"]

_UTC_NAMES = ("UTC", "Etc/UTC")


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEvent:
    """One event as a calendar entry, its texts in one language.

    Times are zoned with ZoneInfo; `ends_at` is exclusive, an estimate unless
    `has_stated_end`, and both are midnights if `all_day`. `changed_at` is aware. `language`
    is BCP 47; `url` absolute.
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
    """A file of events: `url` is its page, `source` its own address, both absolute.

    A file of one event (`is_single`) has no name: importing it must not make a calendar.
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


def check(event: CalendarEvent) -> None:
    """Raises ValueError for times without a named zone, and an end not after the start."""
    for time in (event.starts_at, event.ends_at):
        if not getattr(time.tzinfo, "key", None):
            raise ValueError(f"{event.uid}: {time} has no time zone with a name.")
    if to_utc(event.ends_at) <= to_utc(event.starts_at):
        raise ValueError(f"{event.uid}: ends at {event.ends_at}, not after its start.")


def to_utc(time: datetime) -> datetime:
    """The instant in UTC, to the second: iCalendar has no fractions."""
    return time.astimezone(UTC).replace(microsecond=0)


def tzid_of(time: datetime) -> str | None:
    """The zone a time is written in; None for UTC.

    A local time that happens twice means the first (RFC 5545, 3.3.5), but not to every
    calendar, and one that clocks jump over means anything: both are written in UTC.
    """
    zone = getattr(time.tzinfo, "key", None)
    is_clear = time.replace(fold=0).utcoffset() == time.replace(fold=1).utcoffset()
    return zone if zone not in _UTC_NAMES and is_clear else None
