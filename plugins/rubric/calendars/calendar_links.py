"""Links to calendars that each page offers, in the shape of `rubric.model.view.CalendarLink`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rubric.calendars.calendar_files import CalendarFile
from rubric.calendars.model import CalendarEvent
from rubric.calendars.service_urls import (
    google_event_url,
    google_subscribe_url,
    outlook_event_url,
    outlook_subscribe_url,
    webcal_url,
)
from rubric.model.edition import PlacePage, TagPage
from rubric.model.entry import Entry
from rubric.model.view import CalendarLink, View


def attach_calendar_links(files: Iterable[CalendarFile], views: Iterable[View]) -> None:
    """Set `calendars` of the views, in the order of `files`.

    A home page gets the first calendar of its edition's events page. Pages of events, groups,
    tags and places get the calendars that were planned for them.
    """
    links: dict[str, tuple[CalendarLink, ...]] = {}
    for file in files:
        calendar = file.calendar
        event = calendar.events[0] if calendar.is_single else None
        link = ServiceLinks(file.title, file.url, calendar.source, event)
        links[file.page] = (*links.get(file.page, ()), link)
    for view in views:
        subject, template = view.subject, view.template
        if template == "home":
            view.calendars = links.get(f"{view.edition.home}events/", ())[:1]
        elif isinstance(subject, Entry) or template == "events":
            view.calendars = links.get(view.url, ())
        elif isinstance(subject, TagPage | PlacePage):
            view.calendars = links.get(subject.url, ())


@dataclass(frozen=True, slots=True)
class ServiceLinks:
    """Links that add one event to a reader's calendar, or subscribe to a calendar of several.

    `url` is the path of the .ics file below the site's root, `source` its absolute URL. Links
    are built when a page shows them.
    """

    title: str
    url: str
    source: str
    event: CalendarEvent | None

    @property
    def is_single(self) -> bool:
        return self.event is not None

    @property
    def google(self) -> str:
        if self.event:
            return google_event_url(self.event)
        return google_subscribe_url(self._https_source)

    @property
    def outlook(self) -> str:
        if self.event:
            return outlook_event_url(self.event)
        return outlook_subscribe_url(self._https_source, self.title)

    @property
    def webcal(self) -> str:
        return "" if self.event else webcal_url(self._https_source)

    @property
    def _https_source(self) -> str:
        # Calendar services only accept https. SITEURL is http during local development.
        return self.source.replace("http://", "https://", 1)
