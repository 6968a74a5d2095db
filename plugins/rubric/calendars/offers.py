"""Tells each page the calendars it offers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rubric.calendars.entries import CalendarEvent
from rubric.calendars.links import (
    google_event_url,
    google_subscribe_url,
    outlook_event_url,
    outlook_subscribe_url,
    webcal_url,
)
from rubric.calendars.sheets import Sheet
from rubric.model.edition import PlacePage, TagPage
from rubric.model.entry import Entry
from rubric.model.view import CalendarLink, View


def attach_offers(sheets: Iterable[Sheet], views: Iterable[View]) -> None:
    """Fill `calendars` of the views: a page's own first, the edition's on home pages."""
    offers: dict[str, tuple[CalendarLink, ...]] = {}
    for sheet in sheets:
        offers[sheet.page] = (*offers.get(sheet.page, ()), _offer(sheet))
    for view in views:
        subject, template = view.subject, view.template
        if template == "home":
            view.calendars = offers.get(f"{view.edition.home}events/", ())[:1]
        elif isinstance(subject, Entry) or template == "events":
            view.calendars = offers.get(view.url, ())
        elif isinstance(subject, TagPage | PlacePage):
            view.calendars = offers.get(subject.url, ())


def _offer(sheet: Sheet) -> CalendarLink:
    if sheet.calendar.is_single:
        return EventOffer(sheet.title, sheet.url, sheet.calendar.events[0])
    return CalendarOffer(sheet.title, sheet.url, sheet.calendar.source)


@dataclass(frozen=True, slots=True)
class EventOffer:
    """One event, to be added to a reader's calendar."""

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
class CalendarOffer:
    """A calendar to subscribe to; `source` is its own absolute address."""

    title: str
    url: str
    source: str

    @property
    def is_single(self) -> bool:
        return False

    @property
    def google(self) -> str:
        return google_subscribe_url(self._safe_source)

    @property
    def outlook(self) -> str:
        return outlook_subscribe_url(self._safe_source, self.title)

    @property
    def webcal(self) -> str:
        return webcal_url(self._safe_source)

    @property
    def _safe_source(self) -> str:
        # Calendar services fetch over https alone; a site tried at home has no such address yet.
        return self.source.replace("http://", "https://", 1)
