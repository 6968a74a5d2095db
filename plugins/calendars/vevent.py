"""VEVENT: one event as a calendar entry (RFC 5545, 3.6.1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from icalendar import Event
from icalendar.prop import vCategory, vDate, vDatetime, vDuration, vGeo, vInt

from plugins.calendars.text import Text, add_text, add_url, clean

CalendarStatus = Literal["scheduled", "cancelled", "postponed", "moved", "tentative"]

_STATUS = {"cancelled": "CANCELLED", "postponed": "TENTATIVE", "tentative": "TENTATIVE"}
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


def check(event: CalendarEvent) -> None:
    """Raises ValueError for times without a named zone, and an end not after the start."""
    for time in (event.starts_at, event.ends_at):
        if not getattr(time.tzinfo, "key", None):
            raise ValueError(f"{event.uid}: {time} has no time zone with a name.")
    if to_utc(event.ends_at) <= to_utc(event.starts_at):
        raise ValueError(f"{event.uid}: ends at {event.ends_at}, not after its start.")


def build_vevent(event: CalendarEvent) -> Event:
    """The entry of an event that was checked."""
    entry = Event()
    status = _STATUS.get(event.status, "CONFIRMED")
    changed_at = vDatetime(to_utc(event.changed_at))
    add_text(entry, "UID", event.uid)
    entry.add("DTSTAMP", changed_at, encode=False)
    entry.add("LAST-MODIFIED", changed_at, encode=False)
    entry.add("SEQUENCE", vInt(event.sequence), encode=False)
    _put_times(entry, event)
    add_text(entry, "STATUS", status)
    # Days, and what may not happen, keep nobody's time from other meetings.
    is_busy = status == "CONFIRMED" and not event.all_day
    add_text(entry, "TRANSP", "OPAQUE" if is_busy else "TRANSPARENT")
    add_text(entry, "CLASS", "PUBLIC")
    add_text(entry, "SUMMARY", event.summary, event.language)
    add_text(entry, "DESCRIPTION", event.description, event.language)
    add_text(entry, "LOCATION", event.location, event.language)
    if event.latitude is not None and event.longitude is not None:
        entry.add("GEO", _Geo((event.latitude, event.longitude)), encode=False)
    add_url(entry, event.url)
    names = [Text(name) for name in event.categories if clean(name).strip()]
    if names:
        categories = vCategory([])
        categories.cats = [*names]
        entry.add("CATEGORIES", categories, encode=False)
    return entry


def _put_times(entry: Event, event: CalendarEvent) -> None:
    """Days always with their exclusive end; hours with DTEND if it is stated, else DURATION.

    Without either an event is a point in time: Apple and Google show it without height, and
    Exchange refuses to import it. All three read DURATION (RFC 5545, 3.6.1), and it leaves
    DTEND to the ends that an author stated.
    """
    if event.all_day:
        for name, time in (("DTSTART", event.starts_at), ("DTEND", event.ends_at)):
            entry.add(name, vDate(time.date(), {"VALUE": "DATE"}), encode=False)
        return
    entry.add("DTSTART", _time(event.starts_at), encode=False)
    if event.has_stated_end:
        entry.add("DTEND", _time(event.ends_at), encode=False)
    else:
        # A length is elapsed time, so clocks that change meanwhile don't count.
        length = to_utc(event.ends_at) - to_utc(event.starts_at)
        entry.add("DURATION", vDuration(length), encode=False)


def _time(time: datetime) -> vDatetime:
    zone = tzid_of(time)
    if zone is None:
        return vDatetime(to_utc(time))
    value = vDatetime(time.replace(tzinfo=None, microsecond=0))
    value.params["TZID"] = zone
    return value


def tzid_of(time: datetime) -> str | None:
    """The zone a time is written in; None for UTC.

    A local time that happens twice means the first (RFC 5545, 3.3.5), but not to every
    calendar, and one that clocks jump over means anything: both are written in UTC.
    """
    zone = getattr(time.tzinfo, "key", None)
    is_clear = time.replace(fold=0).utcoffset() == time.replace(fold=1).utcoffset()
    return zone if zone not in _UTC_NAMES and is_clear else None


class _Geo(vGeo):
    """Degrees to six decimals, never with an exponent (RFC 5545, 3.8.1.6)."""

    def to_ical(self) -> str:
        return f"{self.latitude:.6f};{self.longitude:.6f}"


def to_utc(time: datetime) -> datetime:
    """The instant in UTC, to the second: iCalendar has no fractions."""
    return time.astimezone(UTC).replace(microsecond=0)
