"""Links that put an event, or a whole calendar, into a reader's own calendar."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from urllib.parse import quote, urlencode

from rubric.calendars.entries import CalendarEvent, to_utc

OutlookHost = Literal["outlook.live.com", "outlook.office.com"]
"""Private accounts, and those of firms and schools."""

_LONGEST = 500
"""Characters of a description: in Chinese each takes nine of an address's 8000."""


def webcal_url(url: str) -> str:
    """An https address as one that calendar programs open. Raises ValueError for others.

    Never `webcals:`, which iOS refuses.
    """
    scheme, separator, rest = url.partition("://")
    if not separator or scheme.lower() != "https" or not rest:
        raise ValueError(f"“{url}” is not an https address.")
    return f"webcal://{rest}"


def google_subscribe_url(url: str) -> str:
    """Subscribe to a calendar file in Google Calendar; `url` is https."""
    return f"https://calendar.google.com/calendar/r?cid={quote(webcal_url(url), safe='')}"


def outlook_subscribe_url(url: str, name: str, host: OutlookHost = "outlook.live.com") -> str:
    """Subscribe to a calendar file in Outlook on the web, under a name; `url` is https."""
    webcal_url(url)
    return _address(f"https://{host}/calendar/0/addfromweb", url=url, name=name)


def google_event_url(event: CalendarEvent) -> str:
    """A filled form for one event in Google Calendar; instants in UTC, days exclusive."""
    form = "%Y%m%d" if event.all_day else "%Y%m%dT%H%M%SZ"
    return _address(
        "https://calendar.google.com/calendar/render",
        action="TEMPLATE",
        text=event.summary,
        dates="/".join(f"{time:{form}}" for time in _span(event)),
        details=_details(event),
        location=event.location,
    )


def outlook_event_url(event: CalendarEvent, host: OutlookHost = "outlook.live.com") -> str:
    """A filled form for one event in Outlook on the web; instants in UTC, days exclusive."""
    form = "%Y-%m-%d" if event.all_day else "%Y-%m-%dT%H:%M:%SZ"
    start, end = (f"{time:{form}}" for time in _span(event))
    return _address(
        f"https://{host}/calendar/0/deeplink/compose",
        path="/calendar/action/compose",
        rru="addevent",
        subject=event.summary,
        startdt=start,
        enddt=end,
        allday="true" if event.all_day else "",
        body=_details(event),
        location=event.location,
    )


def _span(event: CalendarEvent) -> tuple[datetime, datetime]:
    if event.all_day:
        return event.starts_at, event.ends_at
    return to_utc(event.starts_at), to_utc(event.ends_at)


def _details(event: CalendarEvent) -> str:
    """The description, shortened, and the address of the page once at the end."""
    lines = [line for line in event.description.split("\n") if line.strip() != event.url]
    text = "\n".join(lines).strip()
    if len(text) > _LONGEST:
        text = text[:_LONGEST].rpartition(" ")[0] or text[:_LONGEST]
        text = f"{text}…"
    url = "" if event.url in text.split() else event.url
    return "\n\n".join(filter(None, [text, url]))


def _address(base: str, **query: str) -> str:
    """An address with every query field that is not empty; Outlook shows `+` as it is."""
    given = {name: value for name, value in query.items() if value}
    return f"{base}?{urlencode(given, quote_via=quote, safe='')}"
