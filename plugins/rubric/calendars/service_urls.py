"""URLs of calendar services that add an event, or subscribe to a calendar."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import quote, urlencode

from rubric.calendars.model import CalendarEvent, to_utc

_MAX_DESCRIPTION = 500
"""Characters of a description. Percent-encoded Chinese takes 9 of a URL's 8000 bytes each."""


def webcal_url(url: str) -> str:
    """Convert an https URL to the scheme `webcal:`, which opens a calendar program.

    The scheme is never `webcals:`, which iOS refuses. Raises ValueError for other schemes.
    """
    scheme, separator, rest = url.partition("://")
    if not separator or scheme.lower() != "https" or not rest:
        raise ValueError(f"“{url}” is not an https URL.")
    return f"webcal://{rest}"


def google_subscribe_url(url: str) -> str:
    """Return the URL that subscribes to a calendar file in Google Calendar; `url` is https."""
    return f"https://calendar.google.com/calendar/r?cid={quote(webcal_url(url), safe='')}"


def outlook_subscribe_url(url: str, name: str) -> str:
    """Return the URL that subscribes to a calendar file in Outlook on the web; `url` is https."""
    webcal_url(url)  # checks the scheme
    return _build_url("https://outlook.live.com/calendar/0/addfromweb", url=url, name=name)


def google_event_url(event: CalendarEvent) -> str:
    """Return the URL of a form in Google Calendar, filled in with one event.

    Times are in UTC; the end of an all-day event is exclusive.
    """
    form = "%Y%m%d" if event.all_day else "%Y%m%dT%H%M%SZ"
    return _build_url(
        "https://calendar.google.com/calendar/render",
        action="TEMPLATE",
        text=event.summary,
        dates="/".join(f"{time:{form}}" for time in _span(event)),
        details=_details(event),
        location=event.location,
    )


def outlook_event_url(event: CalendarEvent) -> str:
    """Return the URL of a form in Outlook on the web, filled in with one event.

    Times are in UTC; the end of an all-day event is exclusive.
    """
    form = "%Y-%m-%d" if event.all_day else "%Y-%m-%dT%H:%M:%SZ"
    start, end = (f"{time:{form}}" for time in _span(event))
    return _build_url(
        "https://outlook.live.com/calendar/0/deeplink/compose",
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
    """Return the shortened description, followed by the URL of the page exactly once."""
    lines = [line for line in event.description.split("\n") if line.strip() != event.url]
    text = "\n".join(lines).strip()
    if len(text) > _MAX_DESCRIPTION:
        text = text[:_MAX_DESCRIPTION].rpartition(" ")[0] or text[:_MAX_DESCRIPTION]
        text = f"{text}…"
    url = "" if event.url in text.split() else event.url
    return "\n\n".join(filter(None, [text, url]))


def _build_url(base: str, **query: str) -> str:
    """Build a URL from the query fields that are not empty.

    Spaces become `%20`, because Outlook shows a `+` as a plus sign.
    """
    given = {name: value for name, value in query.items() if value}
    return f"{base}?{urlencode(given, quote_via=quote, safe='')}"
