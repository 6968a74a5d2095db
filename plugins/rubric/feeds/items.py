"""Items of feeds, created once for all channels and formats."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from html import escape
from mimetypes import guess_type
from operator import itemgetter
from textwrap import shorten
from typing import NamedTuple
from urllib.parse import unquote

from rubric.feeds.channels import is_cancelled
from rubric.feeds.content import to_feed_html
from rubric.model.bounded_dict import BoundedDict
from rubric.model.edition import Edition, Listing
from rubric.model.entry import Entry
from rubric.model.markup import to_xml_text
from rubric.model.media import Enclosure
from rubric.model.site import Site, encode
from rubric.model.tracking import Recorder, compute_shared


@dataclass(frozen=True, slots=True)
class Picture:
    """An image: absolute URL, MIME type, alternative text, and its size in bytes.

    The size is None for a picture that this build scales. Such a picture has width and height.
    """

    url: str
    type: str
    size: int | None
    alt: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of a feed; texts contain only characters allowed in XML, URLs are absolute.

    `language` is a BCP 47 tag; `is_foreign` if it is not that of the edition. Times are zoned.
    `authors` and `categories` are names with a URL, which may be empty.
    """

    id: str
    url: str
    title: str
    language: str
    is_foreign: bool
    published: datetime
    updated: datetime
    summary: str
    html: str
    authors: tuple[tuple[str, str], ...] = ()
    categories: tuple[tuple[str, str], ...] = ()
    picture: Picture | None = None
    enclosure: Enclosure | None = None
    calendar: str = ""


ITEMS = 1000
"""Number of cached items: recent ones are in many feeds, older ones only in an archive."""


class ItemRef(NamedTuple):
    """An item that is not yet created: an entry, or the notice of its cancellation.

    `updated` is the time of the last change, shifted by seconds if another item of the edition
    has the same time: entries of an Atom feed should not share it (RFC 4287, 4.2.15).
    """

    listing: Listing
    updated: datetime
    is_cancellation: bool = False


_SortableRef = tuple[float, str, ItemRef]
"""A reference with its sort key: the negated publication time in seconds, and the id."""


@dataclass(slots=True)
class ItemMaker:
    """Creates feed items with permanent IDs.

    `authority` and `since` are parts of the IDs, which are tag URIs (RFC 4151), so they do not
    change with the domain. `when_of` returns the time of an event in the language of an edition.
    `size_of` returns the size of a picture in bytes by its address; None if it does not exist.
    `is_explicit` is the default for recordings that do not state it.
    """

    site: Site
    authority: str
    since: str
    when_of: Callable[[Edition, Entry], str]
    size_of: Callable[[str], int | None]
    is_explicit: bool = False
    _made: dict[tuple[str, str], tuple[Item, Recorder | None]] = field(
        default_factory=partial(BoundedDict, ITEMS), compare=False
    )
    _refs: dict[tuple[str, str], list[_SortableRef]] = field(default_factory=dict, compare=False)

    def order(self, edition: Edition, listings: Iterable[Listing]) -> list[ItemRef]:
        """Return the items of a channel, newest first; items of equal time by id.

        Order the channel with all texts of an edition first: it decides the `updated` of each text
        in all channels.
        """
        keyed = {(edition.lang, listing.entry.key): listing for listing in listings}
        known = self._refs
        self._add_refs(edition, [listing for key, listing in keyed.items() if key not in known])
        sortable = [place for key in keyed for place in known[key]]
        sortable.sort(key=itemgetter(0, 1))
        return [ref for _, _, ref in sortable]

    def item(self, edition: Edition, ref: ItemRef) -> Item:
        key = (edition.lang, ref.listing.entry.key)
        item = compute_shared(self._made, key, lambda: self._item(edition, ref.listing))
        item = replace(item, updated=ref.updated)
        return _cancellation(item) if ref.is_cancellation else item

    def id(self, name: str) -> str:
        return f"tag:{self.authority},{self.since}:{encode(name)}"

    def epoch(self) -> datetime:
        """Return the date of an empty feed."""
        return datetime(int(self.since[:4]), 1, 1, tzinfo=UTC)

    def _add_refs(self, edition: Edition, listings: Iterable[Listing]) -> None:
        """Create the references of entries, which are shared by all channels of the edition.

        Of items in the same second, the first by id keeps its time.
        """
        drafts: list[tuple[int, str, ItemRef]] = []
        for listing in listings:
            updated = self._updated(listing.entry)
            refs = [ItemRef(listing, updated)]
            if is_cancelled(listing.entry):
                refs.append(ItemRef(listing, updated, is_cancellation=True))
            second = int(updated.timestamp())
            drafts += [(second, self._ref_id(edition, ref), ref) for ref in refs]
        last = float("-inf")
        for second, name, draft in sorted(drafts, key=itemgetter(0, 1)):
            last = max(second, last + 1)
            ref = draft._replace(updated=draft.updated + timedelta(seconds=last - second))
            date = ref.updated if ref.is_cancellation else self._published(ref.listing.entry)
            key = (edition.lang, ref.listing.entry.key)
            self._refs.setdefault(key, []).append((-date.timestamp(), name, ref))

    def _ref_id(self, edition: Edition, ref: ItemRef) -> str:
        id = self._entry_id(edition, ref.listing)
        return f"{id}#cancelled" if ref.is_cancellation else id

    def _entry_id(self, edition: Edition, listing: Listing) -> str:
        # The id is that of the edition's own text, even if a fallback is shown: a translation
        # that is added later is the same item for readers.
        return self.id(f"{edition.lang}/{listing.entry.key}")

    def _published(self, entry: Entry) -> datetime:
        return self._zoned(entry.date) or self.epoch()

    def _updated(self, entry: Entry) -> datetime:
        published = self._published(entry)
        return max(published, self._zoned(entry.modified) or published)

    def _item(self, edition: Edition, listing: Listing) -> Item:
        site, entry = self.site, listing.entry
        calendar = ""
        has_calendar = "calendars" in site.features and entry.event
        if has_calendar and listing.url.startswith(edition.home):
            calendar = site.absolute(f"{listing.url}event.ics")
        summary = to_xml_text(entry.summary)
        url = site.absolute(listing.url)
        title = to_xml_text(edition.title_of(entry))
        return Item(
            id=self._entry_id(edition, listing),
            url=url,
            title=title if title.strip() else shorten(summary, 80, placeholder="…") or url,
            language=site.languages[entry.lang].tag,
            is_foreign=listing.is_fallback,
            published=self._published(entry),
            updated=self._updated(entry),
            summary=summary,
            html=to_feed_html(site, entry, self._facts(edition, entry, calendar)),
            authors=tuple(self._author(edition, entry, name) for name in entry.metadata.authors),
            categories=tuple(
                (to_xml_text(page.label), site.absolute(page.url))
                for page in (edition.tags[tag.identity] for tag in entry.tags)
            ),
            picture=self._picture(entry),
            enclosure=self._enclosure(entry),
            calendar=calendar,
        )

    def _facts(self, edition: Edition, entry: Entry, calendar: str) -> str:
        """Return time and place of an event as HTML, with a link to its calendar file."""
        if entry.event is None:
            return ""
        place = ", ".join(filter(None, [entry.event.place.venue, entry.event.place.city]))
        lines = [f"<strong>{escape(self.when_of(edition, entry))}</strong>", escape(place)]
        if calendar:
            words = escape(edition.gettext("Into your calendar"))
            lines.append(f'<a href="{escape(calendar)}" type="text/calendar">{words}</a>')
        return f"<p>{'<br>'.join(filter(None, lines))}</p>"

    def _author(self, edition: Edition, entry: Entry, name: str) -> tuple[str, str]:
        author = self.site.author(name)
        page = edition.authors.get(author.slug)
        url = self.site.absolute(page.url) if page else ""
        return to_xml_text(author.name_in(entry.lang)), url

    def _picture(self, entry: Entry) -> Picture | None:
        if entry.cover and (picture := self.site.pictures.get(entry.cover.link)):
            shown = picture.mail
            kind = guess_type(shown.link)[0] or "image/jpeg"
            alt = to_xml_text(entry.cover.alt)
            url = f"{self.site.origin}{shown.link}"
            return Picture(url, kind, None, alt, shown.width, shown.height)
        if not entry.picture:
            return None
        address = unquote(entry.picture.removeprefix(f"{self.site.base}/"))
        size, (mime, _) = self.size_of(address), guess_type(address)
        if size is None or mime is None:
            return None
        alt = to_xml_text(entry.metadata.image_alt or "")
        return Picture(self.site.absolute(address), mime, size, alt)

    def _enclosure(self, entry: Entry) -> Enclosure | None:
        found = entry.enclosure
        if found is None:
            return None
        explicit = self.is_explicit if found.is_explicit is None else found.is_explicit
        return replace(found, url=found.absolute(self.site.origin), is_explicit=explicit)

    def _zoned(self, time: datetime | None) -> datetime | None:
        """Return a time whose UTC offset has whole minutes, as required by RFC 3339."""
        if time is None:
            return None
        zoned = time if time.tzinfo else time.replace(tzinfo=self.site.zone)
        offset = zoned.utcoffset() or timedelta()
        is_whole = not (offset.seconds % 60 or offset.microseconds)
        return zoned if is_whole else zoned.astimezone(UTC)


def _cancellation(item: Item) -> Item:
    """Return the notice that an event is cancelled.

    Feed readers do not show an item again, so this is an item of its own, with a permanent id
    and the date of the event's last change. It has the full text, which gives the reason.
    """
    return replace(
        item, id=f"{item.id}#cancelled", url=f"{item.url}#cancelled", published=item.updated
    )
