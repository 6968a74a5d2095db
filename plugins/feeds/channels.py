"""Which feeds there are, and what stands in each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from plugins.model.edition import AuthorPage, Edition, Listing, TagPage
from plugins.model.entry import Entry, newest_first
from plugins.model.view import FeedLink, View

FORMATS = {"rss.xml": "application/rss+xml", "atom.xml": "application/atom+xml"}
"""File ending → MIME type."""


@dataclass(frozen=True, slots=True)
class Channel:
    """One feed in every format: `home` is the page it belongs to, with a trailing slash."""

    edition: Edition
    home: str
    title: str
    description: str
    entries: list[Entry]

    def url(self, format: str) -> str:
        return f"{self.home}feed.{format}"

    def links(self) -> list[FeedLink]:
        names = {"rss.xml": "RSS", "atom.xml": "Atom"}
        return [
            FeedLink(f"{self.title} ({names[format]})", mime, self.url(format))
            for format, mime in FORMATS.items()
        ]


def build_channels(editions: Mapping[str, Edition], items: int) -> Iterator[Channel]:
    """Every feed of the site; each holds the edition's own texts, newest first."""
    for edition in editions.values():
        name = edition.language.site_name
        everything = [*edition.posts, *edition.events]
        yield Channel(
            edition, edition.home, name, edition.language.tagline, _own(everything, items)
        )
        pages: list[TagPage | AuthorPage] = [*edition.tags.values(), *edition.authors.values()]
        for page in pages:
            label, about = (
                (page.label, page.description)
                if isinstance(page, TagPage)
                else (page.name, page.bio)
            )
            title = f"{name}: {label}"
            yield Channel(edition, page.url, title, about or title, _own(page.listings, items))


def attach(channels: Iterable[Channel], views: Iterable[View]) -> None:
    """Tell every page its feeds: its own first, the edition's after it."""
    links = {channel.home: channel.links() for channel in channels}
    for view in views:
        if view.template == "redirect":
            continue
        home = view.subject.url if isinstance(view.subject, TagPage | AuthorPage) else None
        own = links.get(home, []) if home else []
        view.feeds = [*own, *links[view.edition.home]]


def _own(listings: Iterable[Listing], items: int) -> list[Entry]:
    return newest_first(item.entry for item in listings if not item.is_fallback)[:items]
