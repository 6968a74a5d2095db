"""Renders calendars as iCalendar (RFC 5545) with the properties of RFC 7986 for subscribers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import icalendar
from icalendar.prop import vDuration, vUri

from rubric.calendars.model import Calendar, CalendarEvent, check_event, to_utc, tzid_of
from rubric.calendars.text import add_text, add_url, clean_url
from rubric.calendars.vevent import build_vevent
from rubric.calendars.vtimezone import build_vtimezone
from rubric.model.moment import load_zone

_REFRESH_INTERVAL = timedelta(hours=1)


def render(calendar: Calendar, prodid: str) -> bytes:
    """Render one calendar. For many, use one `CalendarWriter`, which shares their parts."""
    return CalendarWriter(prodid).write(calendar)


@dataclass(slots=True)
class CalendarWriter:
    """Renders calendars. VEVENTs and VTIMEZONEs that several contain are rendered once.

    `prodid` is the PRODID of all calendars.
    """

    prodid: str
    _entries: dict[CalendarEvent, bytes] = field(default_factory=dict, compare=False)
    _zones: dict[tuple[str, int, int], bytes] = field(default_factory=dict, compare=False)

    def write(self, calendar: Calendar) -> bytes:
        """Render a calendar; the order of its events does not change the result.

        Raises ValueError if a time has no zone of the tzdata package, if an event does not end
        after its start, or if two events have the same UID.
        """
        events = sorted(calendar.events, key=lambda event: (to_utc(event.starts_at), event.uid))
        if len({event.uid for event in events}) < len(events):
            raise ValueError(f"{calendar.source}: two events have the same UID.")
        head: bytes = _head(calendar, self.prodid).to_ical(sorted=False)
        opening = head.removesuffix(b"END:VCALENDAR\r\n")
        zones = [
            self._zone(zone, min(times), max(times))
            for zone, times in sorted(_times_by_zone(events).items())
        ]
        entries = [self._entry(event) for event in events]
        return b"".join([opening, *zones, *entries, b"END:VCALENDAR\r\n"])

    def _entry(self, event: CalendarEvent) -> bytes:
        if event not in self._entries:
            check_event(event)
            self._entries[event] = build_vevent(event).to_ical(sorted=False)
        return self._entries[event]

    def _zone(self, name: str, first: datetime, last: datetime) -> bytes:
        """Render a VTIMEZONE for whole years, so that most calendars share it."""
        key = (name, first.year, last.year)
        if key not in self._zones:
            since = datetime(first.year, 1, 1, tzinfo=UTC)
            until = datetime(last.year + 1, 1, 1, tzinfo=UTC)
            self._zones[key] = build_vtimezone(load_zone(name), since, until).to_ical(sorted=False)
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
    refresh = vDuration(_REFRESH_INTERVAL, {"VALUE": "DURATION"})
    head.add("REFRESH-INTERVAL", refresh, encode=False)
    head.add("X-PUBLISHED-TTL", vDuration(_REFRESH_INTERVAL), encode=False)
    return head


def _times_by_zone(events: Iterable[CalendarEvent]) -> dict[str, list[datetime]]:
    """Return the UTC times that are written with a TZID, by zone name; all-day events have none."""
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
