"""Which feeds there are, and what stands in each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from rubric.model.edition import AuthorPage, Edition, Listing, TagPage
from rubric.model.entry import Entry
from rubric.model.view import FeedLink, View

FORMATS = {
    "rss.xml": "application/rss+xml",
    "atom.xml": "application/atom+xml",
    "json": "application/feed+json",
}
"""File ending → MIME type."""
_NAMES = {"rss.xml": "RSS", "atom.xml": "Atom", "json": "JSON Feed"}
_ARCHIVED = ("rss.xml", "atom.xml")

Fallback = Mapping[str, Collection[str]]
"""Language of an edition → languages whose untranslated texts its feeds take in."""


@dataclass(frozen=True, slots=True)
class Channel:
    """One feed in every format: `home` is the page it belongs to, with a trailing slash.

    `listings` hold each entry once, in no order; `has_archive` tells whether those that
    no longer fit stay readable on pages of an archive (RFC 5005).
    """

    edition: Edition
    home: str
    title: str
    description: str
    listings: list[Listing]
    has_archive: bool = False

    def url(self, format: str, page: int = 0) -> str:
        """The address of the feed, or of a page of its archive, the oldest being 1."""
        return f"{self.home}feed{f'-{page}' if page else ''}.{format}"

    def head(self) -> Channel:
        """What the channel says of itself, without what stands in it."""
        return replace(self, listings=[])

    def links(self) -> tuple[FeedLink, ...]:
        return tuple(
            FeedLink(f"{self.title} ({_NAMES[format]})", mime, self.url(format))
            for format, mime in FORMATS.items()
        )

    def pages(self, least: int, size: int) -> int:
        """How many full pages its archive has, see `archive_pages`."""
        if not self.has_archive:
            return 0
        return archive_pages(sum(map(items_of, self.listings)), least, size)

    def files(self, least: int, size: int) -> Iterator[str]:
        """The addresses of all its files."""
        yield from map(self.url, FORMATS)
        for page in range(1, self.pages(least, size) + 1):
            for format in _ARCHIVED:
                yield self.url(format, page)

    def __repr__(self) -> str:
        return f"<Channel {self.home}>"


def items_of(listing: Listing) -> int:
    """How many items an entry makes: a cancellation is an item beside the event's own."""
    return 2 if is_cancelled(listing.entry) else 1


def is_cancelled(entry: Entry) -> bool:
    return entry.event is not None and entry.event.status == "cancelled"


def archive_pages(items: int, least: int, size: int) -> int:
    """How many full pages go to the archive, so that at least `least` items stay outside.

    Pages are full and numbered from the oldest: a new post renames none and changes none.
    `size` 0 means no archive.
    """
    return max(0, items - least) // size if size else 0


def build_channels(
    editions: Mapping[str, Edition], views: Iterable[View], fallback: Fallback
) -> Iterator[Channel]:
    """Every feed of the site: the edition's own texts, and those it may fall back to.

    A tag or an author without such a text has a page, but no feed: it would stay empty.
    The first channel of an edition holds all its posts and events.
    """
    for edition in editions.values():
        also = fallback.get(edition.lang, ())
        name, about = edition.language.site_name, edition.language.tagline
        everything = [*edition.posts, *edition.events]
        yield Channel(edition, edition.home, name, about, _own(everything, also), has_archive=True)
        pages: list[TagPage | AuthorPage] = [*edition.tags.values(), *edition.authors.values()]
        for page in pages:
            if own := _own(page.listings, also):
                label, about = _label(page)
                title = _part(edition, label)
                yield Channel(edition, page.url, title, about or title, own)
    for view in views:
        edition, also = view.edition, fallback.get(view.edition.lang, ())
        about = view.description
        if view.template in ("newsletter", "events"):
            is_events = view.template == "events"
            # A rubric may be called “Events”, too; a reader's list must tell the two apart.
            title = _part(edition, edition.gettext("All events") if is_events else view.title)
            found = _own(edition.events if is_events else edition.issues, also)
            yield Channel(edition, view.url, title, about or title, found, has_archive=True)
        elif _is_group(view):
            around = view.around
            coming = [o.listing for o in around.upcoming if o.meeting is None]
            found = _own([*coming, *around.past, *around.posts], also)
            yield Channel(edition, view.url, view.title, about or view.title, found)


def attach(channels: Iterable[Channel], views: Iterable[View]) -> None:
    """Tell every page its feeds: its own first, the edition's after it."""
    links = {channel.home: channel.links() for channel in channels}
    offers: dict[tuple[str, str], tuple[FeedLink, ...]] = {}
    for view in views:
        if view.template == "redirect":
            continue
        whole, home = view.edition.home, ""
        section = view.subject.kind.section if isinstance(view.subject, Entry) else ""
        if section == "issues" or view.template in ("newsletter", "newsletter_thanks"):
            home = f"{whole}newsletter/"
        elif section == "events" or view.template in ("events", "events_year"):
            home = f"{whole}events/"
        elif _is_group(view):
            home = view.url
        elif isinstance(view.subject, TagPage | AuthorPage):
            home = view.subject.url
        if (home, whole) not in offers:
            offers[home, whole] = (*links.get(home, ()), *links[whole])
        view.feeds = offers[home, whole]


def _is_group(view: View) -> bool:
    """Whether it is a group's own page, in whatever edition."""
    subject = view.subject
    return (
        isinstance(subject, Entry)
        and subject.kind.section == "groups"
        and subject.is_published
        and view.url.startswith(view.edition.home)
    )


def _label(page: TagPage | AuthorPage) -> tuple[str, str]:
    """What a page calls itself, and what it says of itself."""
    if isinstance(page, TagPage):
        return page.label, page.description
    return page.name, page.bio


def _part(edition: Edition, label: str) -> str:
    words = {"site": edition.language.site_name, "part": label}
    return edition.gettext("%(site)s: %(part)s") % words


def _own(listings: Iterable[Listing], also: Collection[str]) -> list[Listing]:
    """Each entry once: those of the edition's language, and those of languages in `also`.

    Texts of kinds that are not in feeds are left out.
    """
    found = {
        item.entry.key: item
        for item in listings
        if item.entry.kind.in_feeds and (not item.is_fallback or item.entry.lang in also)
    }
    return list(found.values())
