"""Tells each page the calendars it offers."""

from __future__ import annotations

from collections.abc import Iterable

from plugins.calendars.links import (
    google_event_url,
    google_subscribe_url,
    outlook_event_url,
    outlook_subscribe_url,
    webcal_url,
)
from plugins.calendars.sheets import Sheet
from plugins.model.edition import PlacePage, TagPage
from plugins.model.entry import Entry
from plugins.model.site import Site
from plugins.model.view import CalendarLink, View


def attach_offers(site: Site, sheets: Iterable[Sheet], views: Iterable[View]) -> None:
    """Fill `calendars` of the views: a page's own first, the edition's on home pages."""
    offers: dict[str, tuple[CalendarLink, ...]] = {}
    for sheet in sheets:
        offers[sheet.page] = (*offers.get(sheet.page, ()), _offer(site, sheet))
    for view in views:
        if view.template == "redirect":
            continue
        is_own = isinstance(view.subject, Entry | TagPage | PlacePage)
        page = view.subject.url if isinstance(view.subject, TagPage | PlacePage) else view.url
        if is_own or view.template == "events":
            view.calendars = offers.get(page, ())
        elif view.template == "home":
            view.calendars = offers.get(f"{view.edition.home}events/", ())[:1]


def _offer(site: Site, sheet: Sheet) -> CalendarLink:
    # Calendar services fetch over https alone; a site tried at home has no such address yet.
    source = sheet.calendar.source.replace("http://", "https://", 1)
    if sheet.calendar.is_single:
        event = sheet.calendar.events[0]
        return CalendarLink(
            title=sheet.title,
            url=sheet.url,
            google=google_event_url(event),
            outlook=outlook_event_url(event),
            is_single=True,
        )
    return CalendarLink(
        title=sheet.title,
        url=sheet.url,
        google=google_subscribe_url(source),
        outlook=outlook_subscribe_url(source, sheet.title),
        webcal=webcal_url(source),
    )
