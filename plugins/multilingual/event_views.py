"""Views of what happens where: events, their years, groups, countries and cities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from plugins.model.edition import Edition, Listing, PlacePage, past, upcoming
from plugins.model.view import View
from plugins.multilingual.frames import Frames


def make_event_views(frames: Frames) -> Iterator[View]:
    """The lists of events and groups, and a page for each country and city."""
    years = {
        edition.lang: _by_year(past(edition.events, frames.site.now))
        for edition in frames.editions.values()
    }
    for edition in frames.editions.values():
        yield _events(frames, edition, years[edition.lang])
        for year, listings in years[edition.lang].items():
            view = frames.make_list(
                edition,
                "events_year",
                f"events/{year}/",
                f"{edition.gettext('Events')} {year}",
                edition.gettext("All past events of %(year)s.") % {"year": year},
                langs=[lang for lang in years if year in years[lang]],
            )
            view.variables = {"year": year, "listings": listings}
            yield view
        yield _groups(frames, edition)
        yield from _places(frames, edition)


def _events(frames: Frames, edition: Edition, years: dict[int, list[Listing]]) -> View:
    _ = edition.gettext
    view = frames.make_list(edition, "events", "events/", _("Events"))
    view.description = _("Meetups, talks and workshops: the next dates, and what was.")
    now = frames.site.now
    view.variables = {
        "upcoming": upcoming(edition.events, edition.groups, now, promises=1),
        "past": past(edition.events, now)[: frames.page_size],
        "years": years,
        "finder": _finder(edition, with_months=True, now=now),
    }
    return view


def _groups(frames: Frames, edition: Edition) -> View:
    _ = edition.gettext
    view = frames.make_list(edition, "groups", "groups/", _("User groups"))
    view.description = _("Find the group that meets near you, in your language.")
    view.variables = {"finder": _finder(edition, with_months=False, now=frames.site.now)}
    return view


def _places(frames: Frames, edition: Edition) -> Iterator[View]:
    now = frames.site.now
    for key, page in edition.places.items():
        view = frames.make_list(
            edition,
            "place",
            f"places/{key}/",
            page.name,
            edition.gettext("User groups and events: %(place)s") % {"place": page.name},
            subject=page,
            langs=[e.lang for e in frames.editions.values() if key in e.places],
            document_title=_full_name(edition, page),
        )
        view.variables = {
            "upcoming": upcoming(page.events, page.groups, now, promises=1),
            "past": past(page.events, now),
        }
        yield view


def _full_name(edition: Edition, page: PlacePage) -> str:
    """A country's name; a city's with its country: cities of two countries share a name, and
    so do some cities and their country.
    """
    country = edition.places.get(page.country.lower()) if page.city else None
    words = {"city": page.name, "country": country.name if country else ""}
    return edition.gettext("%(city)s, %(country)s") % words if country else page.name


@dataclass(frozen=True, slots=True)
class Finder:
    """What a reader can choose from when searching; empty `months` where only groups are."""

    languages: list[str]
    countries: list[str]
    groups: list[Listing]
    months: list[tuple[int, int]]


def _finder(edition: Edition, *, with_months: bool, now: datetime) -> Finder:
    occasions = upcoming(edition.events, edition.groups, now, promises=1) if with_months else []
    groups = [item.entry.group for item in edition.groups if item.entry.group]
    events = [o.listing.event for o in occasions if o.meeting is None]
    languages = {code for group in groups for code in group.languages}
    languages |= {code for event in events for code in event.languages + event.interpretation}
    countries = {group.country for group in groups} | {event.place.country for event in events}
    return Finder(
        languages=sorted(languages),
        countries=sorted(countries - {""}),
        groups=edition.groups,
        months=sorted({(o.starts_at.year, o.starts_at.month) for o in occasions}),
    )


def _by_year(listings: list[Listing]) -> dict[int, list[Listing]]:
    return {
        year: list(items)
        for year, items in groupby(listings, lambda item: item.event.starts_at.year)
    }
