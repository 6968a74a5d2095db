"""Channels: which feeds exist and which entries they contain."""

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
"""File suffix → MIME type."""
_NAMES = {"rss.xml": "RSS", "atom.xml": "Atom", "json": "JSON Feed"}
_ARCHIVED = ("rss.xml", "atom.xml")

Fallback = Mapping[str, Collection[str]]
"""Language of an edition → languages whose untranslated texts its feeds include."""


@dataclass(frozen=True, slots=True)
class Channel:
    """One feed in all formats; `home` is the address of its page, with a trailing slash.

    `listings` contain each entry once, unsorted. With `has_archive`, entries that no longer fit
    into the feed are available in archive pages (RFC 5005).
    """

    edition: Edition
    home: str
    title: str
    description: str
    listings: list[Listing]
    has_archive: bool = False

    def url(self, format: str, page: int = 0) -> str:
        """Return the address of the feed, or of an archive page (1 is the oldest)."""
        return f"{self.home}feed{f'-{page}' if page else ''}.{format}"

    def head(self) -> Channel:
        """Return the channel's metadata, without its entries."""
        return replace(self, listings=[])

    def links(self) -> tuple[FeedLink, ...]:
        return tuple(
            FeedLink(f"{self.title} ({_NAMES[format]})", mime, self.url(format))
            for format, mime in FORMATS.items()
        )

    def pages(self, least: int, size: int) -> int:
        """Return the number of archive pages, see `archive_pages`."""
        if not self.has_archive:
            return 0
        return archive_pages(sum(map(items_of, self.listings)), least, size)

    def files(self, least: int, size: int) -> Iterator[str]:
        """Yield the addresses of all its files."""
        yield from map(self.url, FORMATS)
        for page in range(1, self.pages(least, size) + 1):
            for format in _ARCHIVED:
                yield self.url(format, page)

    def __repr__(self) -> str:
        return f"<Channel {self.home}>"


def items_of(listing: Listing) -> int:
    """Return the number of items of an entry: a cancellation is an additional item."""
    return 2 if is_cancelled(listing.entry) else 1


def is_cancelled(entry: Entry) -> bool:
    return entry.event is not None and entry.event.status == "cancelled"


def archive_pages(items: int, least: int, size: int) -> int:
    """Return the number of full archive pages, leaving at least `least` items in the feed.

    Pages are full and numbered from the oldest, so a new post neither renames nor changes any.
    With `size` 0 there is no archive.
    """
    return max(0, items - least) // size if size else 0


def build_channels(
    editions: Mapping[str, Edition], views: Iterable[View], fallback: Fallback
) -> Iterator[Channel]:
    """Yield all feeds of the site, with texts of the edition's language and its fallbacks.

    A tag or author without such texts has a page but no feed. The first channel of each edition
    contains all its posts and events.
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
            # The title must differ from that of a rubric called “Events”.
            title = _part(edition, edition.gettext("All events") if is_events else view.title)
            found = _own(edition.events if is_events else edition.issues, also)
            yield Channel(edition, view.url, title, about or title, found, has_archive=True)
        elif _is_group(view):
            context = view.context
            coming = [o.listing for o in context.upcoming if o.meeting is None]
            found = _own([*coming, *context.past, *context.posts], also)
            yield Channel(edition, view.url, view.title, about or view.title, found)


def attach_feeds(channels: Iterable[Channel], views: Iterable[View]) -> None:
    """Set the feeds of each page: its own first, followed by the edition's."""
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
    """True for a group's own page, in any edition."""
    subject = view.subject
    return (
        isinstance(subject, Entry)
        and subject.kind.section == "groups"
        and subject.is_published
        and view.url.startswith(view.edition.home)
    )


def _label(page: TagPage | AuthorPage) -> tuple[str, str]:
    """Return the title and the description of a page."""
    if isinstance(page, TagPage):
        return page.label, page.description
    return page.name, page.bio


def _part(edition: Edition, label: str) -> str:
    words = {"site": edition.language.site_name, "part": label}
    return edition.gettext("%(site)s: %(part)s") % words


def _own(listings: Iterable[Listing], also: Collection[str]) -> list[Listing]:
    """Return each entry in the language of the edition, or in a language of `also`, once.

    Texts of kinds that are not in feeds are left out.
    """
    found = {
        item.entry.key: item
        for item in listings
        if item.entry.kind.in_feeds and (not item.is_fallback or item.entry.lang in also)
    }
    return list(found.values())
