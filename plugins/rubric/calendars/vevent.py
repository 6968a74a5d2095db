"""Builds the VEVENT component of one event (RFC 5545, 3.6.1)."""

from __future__ import annotations

from datetime import datetime

from icalendar import Event
from icalendar.prop import vCategory, vDate, vDatetime, vDuration, vGeo, vInt

from rubric.calendars.model import CalendarEvent, to_utc, tzid_of
from rubric.calendars.text import Text, add_text, add_url, clean

_STATUS = {"cancelled": "CANCELLED", "postponed": "TENTATIVE", "tentative": "TENTATIVE"}


def build_vevent(event: CalendarEvent) -> Event:
    """Build the VEVENT of an event that passed `check_event`."""
    entry = Event()
    status = _STATUS.get(event.status, "CONFIRMED")
    changed_at = vDatetime(to_utc(event.changed_at))
    add_text(entry, "UID", event.uid)
    entry.add("DTSTAMP", changed_at, encode=False)
    entry.add("LAST-MODIFIED", changed_at, encode=False)
    entry.add("SEQUENCE", vInt(event.sequence), encode=False)
    _add_times(entry, event)
    add_text(entry, "STATUS", status)
    # All-day and unconfirmed events do not block free/busy time.
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


def _add_times(entry: Event, event: CalendarEvent) -> None:
    """Add DTSTART, and DTEND or DURATION.

    All-day events get dates and an exclusive DTEND. Others get DTEND if the author stated the
    end, else DURATION (RFC 5545, 3.6.1): without either, Apple and Google show an event of no
    length, and Exchange refuses to import it.
    """
    if event.all_day:
        for name, time in (("DTSTART", event.starts_at), ("DTEND", event.ends_at)):
            entry.add(name, vDate(time.date(), {"VALUE": "DATE"}), encode=False)
        return
    entry.add("DTSTART", _time(event.starts_at), encode=False)
    if event.has_stated_end:
        entry.add("DTEND", _time(event.ends_at), encode=False)
    else:
        # DURATION is elapsed time, so it is computed in UTC: a clock change does not alter it.
        length = to_utc(event.ends_at) - to_utc(event.starts_at)
        entry.add("DURATION", vDuration(length), encode=False)


def _time(time: datetime) -> vDatetime:
    zone = tzid_of(time)
    if zone is None:
        return vDatetime(to_utc(time))
    value = vDatetime(time.replace(tzinfo=None, microsecond=0))
    value.params["TZID"] = zone
    return value


class _Geo(vGeo):
    """A GEO value with six decimals and never an exponent (RFC 5545, 3.8.1.6)."""

    def to_ical(self) -> str:
        return f"{self.latitude:.6f};{self.longitude:.6f}"
