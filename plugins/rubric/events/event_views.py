"""Views of what happens where: events, their years, groups, countries and cities."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from rubric.events.rest_views import Rest
from rubric.model.edition import Edition, Listing, Occasion, PlacePage, past, upcoming
from rubric.model.entry import Entry
from rubric.model.view import View
from rubric.model.view_factory import ViewFactory, by_year

MOST_PLACES = 100
MOST_GROUPS = 100
MOST_MONTHS = 36
"""Choices on one page; more of them would make it too large."""


def show_on_home(factory: ViewFactory, views: Iterable[View], count: int) -> None:
    """Give home pages the next events and dates, of which they show `count`."""
    for view in views:
        if view.template == "home":
            # Twice what is shown: a script fills the place of what has ended since the build.
            occasions = _next(factory, view.edition)[: 2 * count]
            view.variables = {**view.variables, "occasions": occasions, "shown": count}


def _next(factory: ViewFactory, edition: Edition) -> list[Occasion]:
    """Return the upcoming events and meetings."""
    occasions = upcoming(edition.events, edition.groups, factory.site.now, promises=1)
    return [o for o in occasions if o.meeting or o.listing.event.takes_place]


def make_event_views(factory: ViewFactory) -> Iterator[View]:
    """Return the views of lists of events and groups, and of each country and city."""
    years = {
        lang: by_year(past(edition.events, factory.site.now), lambda item: item.event.starts_at)
        for lang, edition in factory.editions.items()
    }
    for edition in factory.editions.values():
        view, *rest = _events(factory, edition, list(years[edition.lang]))
        yield from (view, *rest)
        about = edition.gettext("All past events of %(year)s.")
        yield from factory.split_by_year(view, "events_year", about, years)
        yield from _groups(factory, edition)
        yield from _places(factory, edition)


def make_group_rests(factory: ViewFactory, views: Iterable[View]) -> Iterator[View]:
    """Give the pages of groups the events and posts they show; yields pages with the rest."""
    for view in views:
        if isinstance(view.subject, Entry) and view.subject.kind.section == "groups":
            _ = view.edition.gettext
            rest = Rest(factory, view, factory.page_size)
            dates = rest.dates(view.context.upcoming, view.context.past, view.title)
            label = rest.title(_("From this group"), view.title)
            posts, more_posts_url = rest.continue_by_age(
                view.context.posts, "posts", label, "posts/"
            )
            view.variables = {
                **view.variables,
                **dates,
                "next": next(iter(view.context.upcoming), None),
                "posts": posts,
                "more_posts_url": more_posts_url,
            }
            yield from rest.views


def _events(factory: ViewFactory, edition: Edition, years: list[int]) -> Iterator[View]:
    _ = edition.gettext
    view = factory.make_list(edition, "events", "events/", _("Events"))
    view.description = _("Meetups, talks and workshops: the next dates, and what was.")
    now = factory.site.now
    rest = Rest(factory, view, factory.page_size)
    occasions = upcoming(edition.events, edition.groups, now, promises=1)
    shown, later_url = rest.continue_forward(occasions, "occasions", _("Next dates"))
    view.variables = {
        "upcoming": shown,
        "later_url": later_url,
        "past": past(edition.events, now)[: factory.page_size],
        "years": years,
        "places": _most_visited(edition),
        "finder": _finder(edition, with_months=True, now=now),
    }
    yield view
    yield from rest.views


def _groups(factory: ViewFactory, edition: Edition) -> Iterator[View]:
    _ = edition.gettext
    view = factory.make_list(edition, "groups", "groups/", _("User groups"))
    view.description = _("Find the group that meets near you, in your language.")
    rest = Rest(factory, view, factory.page_size)
    shown, next_url = rest.continue_forward(edition.groups, "groups", view.title)
    view.variables = {
        "listings": shown,
        "next_url": next_url,
        "previous_url": "",
        "is_forward": True,
        "places": _most_visited(edition),
        "finder": _finder(edition, with_months=False, now=factory.site.now),
    }
    yield view
    yield from rest.views


def _places(factory: ViewFactory, edition: Edition) -> Iterator[View]:
    now = factory.site.now
    for key, page in edition.places.items():
        view = factory.make_list(
            edition,
            "place",
            f"places/{key}/",
            page.name,
            edition.gettext("User groups and events: %(place)s") % {"place": page.name},
            subject=page,
            langs=[e.lang for e in factory.editions.values() if key in e.places],
            document_title=_full_name(edition, page),
        )
        rest = Rest(factory, view, factory.page_size)
        coming = upcoming(page.events, page.groups, now, promises=1)
        dates = rest.dates(coming, past(page.events, now), page.name)
        _ = edition.gettext
        groups, more_groups_url = rest.continue_forward(
            page.groups, "groups", rest.title(_("User groups"), page.name), "groups/"
        )
        cities = [] if page.city else _cities_of(edition, page)
        many = replace(rest, size=MOST_PLACES)
        shown, more_cities_url = many.continue_forward(
            cities, "places", rest.title(_("By place"), page.name), "cities/"
        )
        view.variables = {
            **dates,
            "groups": groups,
            "more_groups_url": more_groups_url,
            "cities": shown,
            "more_cities_url": more_cities_url,
        }
        yield view
        yield from rest.views


def _cities_of(edition: Edition, country: PlacePage) -> list[PlacePage]:
    places = edition.places.values()
    return [page for page in places if page.city and page.country == country.country]


def _most_visited(edition: Edition) -> list[PlacePage]:
    """All places, in their order; of very many the countries, and the cities with most in them.

    The pages of countries list all of their cities.
    """
    places = list(edition.places.values())
    cities = [page for page in places if page.city]
    cities.sort(key=lambda page: (-len(page.groups) - len(page.events), page.key))
    chosen = {page.key for page in cities[:MOST_PLACES]}
    return [page for page in places if page.city is None or page.key in chosen]


def _full_name(edition: Edition, page: PlacePage) -> str:
    """A country's name; a city's with its country: cities of two countries share a name, and
    so do some cities and their country.
    """
    country = edition.places.get(page.country.lower()) if page.city else None
    words = {"city": page.name, "country": country.name if country else ""}
    return edition.gettext("%(city)s, %(country)s") % words if country else page.name


@dataclass(frozen=True, slots=True)
class Finder:
    """What a reader can choose from when searching.

    Empty `months` where only groups are, empty `groups` where there are too many to choose.
    """

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
        groups=edition.groups if len(edition.groups) <= MOST_GROUPS else [],
        months=sorted({(o.starts_at.year, o.starts_at.month) for o in occasions})[:MOST_MONTHS],
    )
