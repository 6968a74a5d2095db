"""Calendar files: events as iCalendar (RFC 5545) with what subscribers need (RFC 7986)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import icalendar
from icalendar.prop import vDuration, vUri

from rubric.calendars.entries import Calendar, CalendarEvent, check, to_utc, tzid_of
from rubric.calendars.text import add_text, add_url, clean_url
from rubric.calendars.vevent import build_vevent
from rubric.calendars.vtimezone import build_vtimezone

_HOURLY = timedelta(hours=1)


def render(calendar: Calendar, prodid: str) -> bytes:
    """Write one calendar; see `CalendarWriter`, which writes many for less."""
    return CalendarWriter(prodid).write(calendar)


@dataclass(slots=True)
class CalendarWriter:
    """Writes calendars; an event that stands in several is put into text once."""

    prodid: str
    _entries: dict[CalendarEvent, bytes] = field(default_factory=dict, compare=False)
    _zones: dict[tuple[str, int, int], bytes] = field(default_factory=dict, compare=False)

    def write(self, calendar: Calendar) -> bytes:
        """Equal input gives equal bytes, in whatever order events come.

        Raises ValueError for times without a zone of the tzdata package, for an event that
        doesn't end after its start, and for two events of one UID.
        """
        events = sorted(calendar.events, key=lambda event: (to_utc(event.starts_at), event.uid))
        if len({event.uid for event in events}) < len(events):
            raise ValueError(f"{calendar.source}: two events have the same UID.")
        head: bytes = _head(calendar, self.prodid).to_ical(sorted=False)
        opening = head.removesuffix(b"END:VCALENDAR\r\n")
        zones = [
            self._zone(zone, min(times), max(times))
            for zone, times in sorted(_zones(events).items())
        ]
        entries = [self._entry(event) for event in events]
        return b"".join([opening, *zones, *entries, b"END:VCALENDAR\r\n"])

    def _entry(self, event: CalendarEvent) -> bytes:
        if event not in self._entries:
            check(event)
            self._entries[event] = build_vevent(event).to_ical(sorted=False)
        return self._entries[event]

    def _zone(self, name: str, first: datetime, last: datetime) -> bytes:
        """A zone's rules for whole years, so that most calendars share them."""
        key = (name, first.year, last.year)
        if key not in self._zones:
            since, until = (
                datetime(key[1], 1, 1, tzinfo=UTC),
                datetime(key[2] + 1, 1, 1, tzinfo=UTC),
            )
            self._zones[key] = build_vtimezone(name, since, until).to_ical(sorted=False)
        return self._zones[key]


def _head(calendar: Calendar, prodid: str) -> icalendar.Calendar:
    head = icalendar.Calendar()
    add_text(head, "VERSION", "2.0")
    add_text(head, "PRODID", prodid)
    add_text(head, "CALSCALE", "GREGORIAN")
    add_text(head, "METHOD", "PUBLISH")
    if not calendar.is_single:
        add_text(head, "NAME", calendar.name, calendar.language)
        add_text(head, "X-WR-CALNAME", calendar.name)
        add_text(head, "DESCRIPTION", calendar.description, calendar.language)
        add_text(head, "X-WR-CALDESC", calendar.description)
    if calendar.source:
        source = vUri(clean_url(calendar.source), params={"VALUE": "URI"})
        head.add("SOURCE", source, encode=False)
    add_url(head, calendar.url)
    refresh = vDuration(_HOURLY, {"VALUE": "DURATION"})
    head.add("REFRESH-INTERVAL", refresh, encode=False)
    head.add("X-PUBLISHED-TTL", vDuration(_HOURLY), encode=False)
    return head


def _zones(events: Iterable[CalendarEvent]) -> dict[str, list[datetime]]:
    """Which instants are written in which zone; dates have none."""
    found: dict[str, list[datetime]] = {}
    for event in events:
        if event.all_day:
            continue
        ends = [event.ends_at] if event.has_stated_end else []
        for time in (event.starts_at, *ends):
            zone = tzid_of(time)
            if zone is not None:
                found.setdefault(zone, []).append(to_utc(time))
    return found
