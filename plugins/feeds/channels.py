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


def build_channels(
    editions: Mapping[str, Edition], views: Iterable[View], items: int
) -> Iterator[Channel]:
    """Every feed of the site; each holds the edition's own texts, newest first."""
    for edition in editions.values():
        name = edition.language.site_name
        everything = [*edition.posts, *edition.events]
        yield Channel(
            edition, edition.home, name, edition.language.tagline, _own(everything, items)
        )
        pages: list[TagPage | AuthorPage] = [*edition.tags.values(), *edition.authors.values()]
        for page in pages:
            label, about = _label(page)
            title = edition.gettext("%(site)s: %(part)s") % {"site": name, "part": label}
            yield Channel(edition, page.url, title, about or title, _own(page.listings, items))
    for view in views:
        if view.template == "newsletter":
            name, part = view.edition.language.site_name, view.title
            title = view.edition.gettext("%(site)s: %(part)s") % {"site": name, "part": part}
            issues = _own(view.edition.issues, items)
            yield Channel(view.edition, view.url, title, view.description or title, issues)
        elif _is_group(view):
            around = view.around
            coming = [o.listing for o in around.upcoming if o.meeting is None]
            listings = [*coming, *around.past, *around.posts]
            about = view.description or view.title
            yield Channel(view.edition, view.url, view.title, about, _own(listings, items))


def attach(channels: Iterable[Channel], views: Iterable[View]) -> None:
    """Tell every page its feeds: its own first, the edition's after it."""
    links = {channel.home: channel.links() for channel in channels}
    for view in views:
        if view.template == "redirect":
            continue
        home = ""
        if view.template in ("issue", "newsletter", "newsletter_thanks"):
            home = f"{view.edition.home}newsletter/"
        elif _is_group(view):
            home = view.url
        elif isinstance(view.subject, TagPage | AuthorPage):
            home = view.subject.url
        view.feeds = [*links.get(home, []), *links[view.edition.home]]


def _is_group(view: View) -> bool:
    """Whether it is a group's own page, in whatever edition."""
    subject = view.subject
    return (
        view.template == "group"
        and isinstance(subject, Entry)
        and subject.is_published
        and view.url.startswith(view.edition.home)
    )


def _label(page: TagPage | AuthorPage) -> tuple[str, str]:
    """What a page calls itself, and what it says of itself."""
    if isinstance(page, TagPage):
        return page.label, page.description
    return page.name, page.bio


def _own(listings: Iterable[Listing], items: int) -> list[Entry]:
    return newest_first(item.entry for item in listings if not item.is_fallback)[:items]
