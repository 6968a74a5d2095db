"""The one writer of feeds: channels → documents → bytes in every format.

Items are rendered once a format, and shared by all channels of an edition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from rubric.feeds.appearance import dress
from rubric.feeds.atom import render_atom, render_entry
from rubric.feeds.channels import Channel
from rubric.feeds.documents import Document, split
from rubric.feeds.items import ITEMS, Item, ItemMaker, Slot
from rubric.feeds.json_feed import render_json, render_json_item
from rubric.feeds.markup import PROLOG
from rubric.feeds.podcast import Podcast
from rubric.feeds.rss import render_item, render_rss
from rubric.model.latest import Latest

_RENDER_ITEM: dict[str, Callable[[Item], str]] = {
    "rss.xml": render_item,
    "atom.xml": render_entry,
    "json": render_json_item,
}


@dataclass(slots=True)
class FeedWriter:
    """Writes feeds that hold at least `least` items, and archives of `size` items a page.

    `hub` is the absolute address of a WebSub hub, or ''; `podcast` is what feeds with audio or
    video say of themselves; `styles` are addresses of the
    sheets that browsers show feeds with, by language key.
    """

    maker: ItemMaker
    least: int
    size: int = 0
    hub: str = ""
    styles: Mapping[str, str] = field(default_factory=dict)
    podcast: Podcast = field(default_factory=Podcast)
    _rendered: dict[tuple[str, str, str], str] = field(
        default_factory=partial(Latest, ITEMS * len(_RENDER_ITEM)), compare=False
    )

    def plan(self, channel: Channel) -> Iterator[tuple[str, str, Document]]:
        """Address, format and document of each file of a channel."""
        slots = self.maker.order(channel.edition, channel.listings)
        pages = channel.pages(self.least, self.size)
        current, archive = split(slots, pages, self.size)
        if not channel.has_archive or not self.size:
            current = current[: self.least]
        # Only what stands in a file makes it: a document need not know the whole channel.
        head = channel.head()
        yield channel.url("json"), "json", self._document(head, current, 0, pages)
        for number, shown in enumerate([current, *archive]):
            document = self._document(head, shown, number, pages)
            for format in ("rss.xml", "atom.xml"):
                yield channel.url(format, number), format, document

    def write(self, format: str, document: Document) -> bytes:
        """The bytes of a document."""
        maker, edition = self.maker, document.channel.edition
        items = [maker.item(edition, slot) for slot in document.slots]
        updated = max((item.updated for item in items), default=maker.epoch())
        parts = [self._render(format, edition.lang, item) for item in items]
        if format == "json":
            body = render_json(maker.site, document, ",\n".join(parts))
            return f"{body}\n".encode()
        entries = "\n".join(parts)
        if format == "rss.xml":
            podcast = self.podcast if any(item.enclosure for item in items) else None
            body = render_rss(maker.site, document, updated, entries, podcast)
        else:
            body = render_atom(maker.site, document, updated, entries)
        content = f"{PROLOG}{body}\n".encode()
        style = self.styles.get(edition.lang)
        return dress(content, maker.site.path(style)) if style else content

    def _document(self, channel: Channel, slots: Sequence[Slot], page: int, pages: int) -> Document:
        return Document(channel, self.maker.id(channel.home), slots, self.hub, page, pages)

    def _render(self, format: str, lang: str, item: Item) -> str:
        key = (format, lang, item.id)
        if key not in self._rendered:
            self._rendered[key] = _RENDER_ITEM[format](item)
        return self._rendered[key]
