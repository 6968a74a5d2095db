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
        links[file.page] = (*links.get(file.page, ()), _link(file))
    for view in views:
        subject, template = view.subject, view.template
        if template == "home":
            view.calendars = links.get(f"{view.edition.home}events/", ())[:1]
        elif isinstance(subject, Entry) or template == "events":
            view.calendars = links.get(view.url, ())
        elif isinstance(subject, TagPage | PlacePage):
            view.calendars = links.get(subject.url, ())


def _link(file: CalendarFile) -> CalendarLink:
    if file.calendar.is_single:
        return EventLink(file.title, file.url, file.calendar.events[0])
    return SubscriptionLink(file.title, file.url, file.calendar.source)


@dataclass(frozen=True, slots=True)
class EventLink:
    """Links that add one event to a reader's calendar; `url` is the .ics file."""

    title: str
    url: str
    event: CalendarEvent

    @property
    def is_single(self) -> bool:
        return True

    @property
    def google(self) -> str:
        return google_event_url(self.event)

    @property
    def outlook(self) -> str:
        return outlook_event_url(self.event)

    @property
    def webcal(self) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class SubscriptionLink:
    """Links that subscribe to a calendar.

    `url` is the path of the .ics file below the site's root, `source` its absolute URL.
    """

    title: str
    url: str
    source: str

    @property
    def is_single(self) -> bool:
        return False

    @property
    def google(self) -> str:
        return google_subscribe_url(self._https_source)

    @property
    def outlook(self) -> str:
        return outlook_subscribe_url(self._https_source, self.title)

    @property
    def webcal(self) -> str:
        return webcal_url(self._https_source)

    @property
    def _https_source(self) -> str:
        # Calendar services only accept https. SITEURL is http during local development.
        return self.source.replace("http://", "https://", 1)
