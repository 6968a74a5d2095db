"""Makes the page of each edition that lists its feeds, calendars and newsletters."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from rubric.model.edition import Edition, TagPage
from rubric.model.view import View
from rubric.model.view_factory import ViewFactory

MOST_TAGS = 12
MOST_AUTHORS = 24
MOST_GROUPS = 24
"""What is named on the page; the rest stands behind the topics and on authors' pages."""


def make_follow_views(
    factory: ViewFactory, views: Iterable[View], telegram: Mapping[str, str]
) -> Iterator[View]:
    """One page for each edition; it names the views whose feeds and calendars it lists.

    Those are filled after the views are made, so the page reads them when it is rendered.
    `telegram` is the address of a channel by language key.
    """
    by_url = {view.url: view for view in views if view.template != "redirect"}
    for edition in factory.editions.values():
        view = factory.make_list(edition, "follow", "follow/", edition.gettext("Follow"))
        view.description = edition.gettext("New texts, wherever you like to read.")
        if "events" in factory.site.features:
            view.description = edition.gettext("New texts and meetups, wherever you like to read.")
        view.variables = {
            "whole": by_url[edition.home],
            "meetups": by_url.get(f"{edition.home}events/"),
            "letters": by_url.get(f"{edition.home}newsletter/"),
            "groups": _pages(by_url, (item.url for item in edition.groups[:MOST_GROUPS])),
            "rubrics": _pages(by_url, (page.url for page in edition.rubrics if page.has_own)),
            "tags": _pages(by_url, (page.url for page in _most_used(edition))),
            "has_more_tags": _has_more(edition),
            "authors": _pages(by_url, _authors(edition)),
            "telegram": telegram.get(edition.lang, ""),
        }
        yield view


def _pages(by_url: Mapping[str, View], urls: Iterable[str]) -> list[View]:
    return [by_url[url] for url in urls if url in by_url]


def _tags(edition: Edition) -> Collection[TagPage]:
    return [page for page in edition.tags.values() if page.has_own and not page.rubric]


def _most_used(edition: Edition) -> list[TagPage]:
    by_use = sorted(_tags(edition), key=lambda page: -len(page.listings))[:MOST_TAGS]
    return sorted(by_use, key=lambda page: page.label.casefold())


def _has_more(edition: Edition) -> bool:
    return len(_tags(edition)) > MOST_TAGS


def _authors(edition: Edition) -> list[str]:
    own = [
        page
        for page in edition.authors.values()
        if any(not item.is_fallback for item in page.listings)
    ]
    busiest = sorted(own, key=lambda page: -len(page.listings))[:MOST_AUTHORS]
    return [page.url for page in sorted(busiest, key=lambda page: page.name.casefold())]
