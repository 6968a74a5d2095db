"""Items: entries as feeds tell them, made once for all channels and formats."""

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
from rubric.model.edition import Edition, Listing
from rubric.model.entry import Entry
from rubric.model.latest import Latest
from rubric.model.markup import to_xml_text
from rubric.model.site import Site, encode
from rubric.model.watched import Recorder, once


@dataclass(frozen=True, slots=True)
class Picture:
    """An entry's image: absolute address, MIME type, size in bytes."""

    url: str
    type: str
    size: int
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One item of a feed; texts hold only what XML can, addresses are absolute.

    `language` is BCP 47, of a language that isn't the edition's if `is_foreign`; times are
    zoned; `authors` and `categories` are names with an address, which may be ''.
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
    calendar: str = ""


ITEMS = 1000
"""Those that are kept at hand: newest ones stand in many feeds, the others in an archive."""


class Slot(NamedTuple):
    """A place in a feed: an entry, or the news that it is cancelled.

    `updated` is the time of the last change, a second or more later where another item of the
    edition has the same: no two entries of an Atom feed should share it (RFC 4287, 4.2.15).
    """

    listing: Listing
    updated: datetime
    is_cancellation: bool = False


_Place = tuple[float, str, Slot]
"""A slot after its sort key: the publication time in seconds before the epoch, and the id."""


@dataclass(slots=True)
class ItemMaker:
    """Makes items whose ids never change.

    `authority` and `since` make tag URIs (RFC 4151) that outlive a change of domain;
    `when_of` says in an edition's words when an event is; `size_of` tells the bytes of a
    picture by its address below the root, None if it isn't there.
    """

    site: Site
    authority: str
    since: str
    when_of: Callable[[Edition, Entry], str]
    size_of: Callable[[str], int | None]
    _made: dict[tuple[str, str], tuple[Item, Recorder | None]] = field(
        default_factory=partial(Latest, ITEMS), compare=False
    )
    _places: dict[tuple[str, str], list[_Place]] = field(default_factory=dict, compare=False)

    def order(self, edition: Edition, listings: Iterable[Listing]) -> list[Slot]:
        """All slots of a channel, newest first, equal times by id.

        The channel with all texts of an edition must be ordered before its other channels,
        because it decides which `updated` a text has in each of them.
        """
        keyed = {(edition.lang, listing.entry.key): listing for listing in listings}
        known = self._places
        self._place(edition, [listing for key, listing in keyed.items() if key not in known])
        places = [place for key in keyed for place in known[key]]
        places.sort(key=itemgetter(0, 1))
        return [slot for _, _, slot in places]

    def item(self, edition: Edition, slot: Slot) -> Item:
        key = (edition.lang, slot.listing.entry.key)
        item = once(self._made, key, lambda: self._item(edition, slot.listing))
        item = replace(item, updated=slot.updated)
        return _cancellation(item) if slot.is_cancellation else item

    def id(self, name: str) -> str:
        return f"tag:{self.authority},{self.since}:{encode(name)}"

    def epoch(self) -> datetime:
        """The date of a feed that has nothing yet."""
        return datetime(int(self.since[:4]), 1, 1, tzinfo=UTC)

    def _place(self, edition: Edition, listings: Iterable[Listing]) -> None:
        """Make the slots of entries, which are the same in all channels of the edition.

        Among items of the same second, the first by id keeps its time.
        """
        drafts: list[tuple[int, str, Slot]] = []
        for listing in listings:
            updated = self._updated(listing.entry)
            slots = [Slot(listing, updated)]
            if is_cancelled(listing.entry):
                slots.append(Slot(listing, updated, is_cancellation=True))
            second = int(updated.timestamp())
            drafts += [(second, self._slot_id(edition, slot), slot) for slot in slots]
        last = float("-inf")
        for second, name, draft in sorted(drafts, key=itemgetter(0, 1)):
            last = max(second, last + 1)
            slot = draft._replace(updated=draft.updated + timedelta(seconds=last - second))
            date = slot.updated if slot.is_cancellation else self._published(slot.listing.entry)
            key = (edition.lang, slot.listing.entry.key)
            self._places.setdefault(key, []).append((-date.timestamp(), name, slot))

    def _slot_id(self, edition: Edition, slot: Slot) -> str:
        id = self._entry_id(edition, slot.listing)
        return f"{id}#cancelled" if slot.is_cancellation else id

    def _entry_id(self, edition: Edition, listing: Listing) -> str:
        # The name of the edition's own text, also where another is shown in its place: the
        # translation that comes later is the same item to readers.
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
            calendar=calendar,
        )

    def _facts(self, edition: Edition, entry: Entry, calendar: str) -> str:
        """When and where an event is, as HTML, with a link to its calendar file."""
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
        if not entry.picture:
            return None
        address = unquote(entry.picture.removeprefix(f"{self.site.base}/"))
        size, (mime, _) = self.size_of(address), guess_type(address)
        if size is None or mime is None:
            return None
        alt = to_xml_text(entry.metadata.image_alt or "")
        return Picture(self.site.absolute(address), mime, size, alt)

    def _zoned(self, time: datetime | None) -> datetime | None:
        """An instant with an offset that RFC 3339 can write: whole minutes."""
        if time is None:
            return None
        zoned = time if time.tzinfo else time.replace(tzinfo=self.site.zone)
        offset = zoned.utcoffset() or timedelta()
        is_whole = not (offset.seconds % 60 or offset.microseconds)
        return zoned if is_whole else zoned.astimezone(UTC)


def _cancellation(item: Item) -> Item:
    """The news that an event is cancelled.

    Feed readers don't show an item again that they have shown, so this is one of its own,
    as permanent as the event's, dated by the event's last change. It has the whole text:
    why it is cancelled is told there.
    """
    return replace(
        item, id=f"{item.id}#cancelled", url=f"{item.url}#cancelled", published=item.updated
    )
