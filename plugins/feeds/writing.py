"""The one writer of feeds: channels → documents → bytes in every format.

Items are rendered once a format, and shared by all channels of an edition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from plugins.feeds.atom import render_atom, render_entry
from plugins.feeds.channels import Channel
from plugins.feeds.documents import Document, split
from plugins.feeds.items import Item, ItemMaker
from plugins.feeds.json_feed import render_json, render_json_item
from plugins.feeds.markup import PROLOG
from plugins.feeds.rss import render_item, render_rss

# What stands before the root of each XML format; a style sheet for browsers belongs here.
HEADS = {"rss.xml": PROLOG, "atom.xml": PROLOG}
_RENDER_ITEM: dict[str, Callable[[Item], str]] = {
    "rss.xml": render_item,
    "atom.xml": render_entry,
    "json": render_json_item,
}


@dataclass(slots=True)
class FeedWriter:
    """Writes feeds that hold at least `least` items, and archives of `size` items a page.

    `hub` is the absolute address of a WebSub hub, or ''.
    """

    maker: ItemMaker
    least: int
    size: int = 0
    hub: str = ""
    _rendered: dict[tuple[str, str, str], str] = field(default_factory=dict)

    def write(self, channel: Channel) -> Iterator[tuple[str, bytes]]:
        """Address and bytes of each file of a channel."""
        items = self.maker.items(channel.edition, channel.listings)
        pages = channel.pages(self.least, self.size)
        current, archive = split(items, pages, self.size)
        if not channel.has_archive or not self.size:
            current = current[: self.least]
        whole = self._document(channel, current, 0, pages)
        yield channel.url("json"), self._json(whole)
        for number, shown in enumerate([current, *archive]):
            document = self._document(channel, shown, number, pages)
            yield channel.url("rss.xml", number), self._rss(document)
            yield channel.url("atom.xml", number), self._atom(document)

    def _document(self, channel: Channel, items: Iterable[Item], page: int, pages: int) -> Document:
        shown = list(items)
        updated = max((item.updated for item in shown), default=self.maker.epoch())
        id = self.maker.id(channel.home)
        return Document(channel, id, shown, updated, self.hub, page, pages)

    def _rss(self, document: Document) -> bytes:
        items = "\n".join(self._each(document, "rss.xml"))
        return f"{HEADS['rss.xml']}{render_rss(self.maker.site, document, items)}\n".encode()

    def _atom(self, document: Document) -> bytes:
        entries = "\n".join(self._each(document, "atom.xml"))
        return f"{HEADS['atom.xml']}{render_atom(self.maker.site, document, entries)}\n".encode()

    def _json(self, document: Document) -> bytes:
        items = ",\n".join(self._each(document, "json"))
        return f"{render_json(self.maker.site, document, items)}\n".encode()

    def _each(self, document: Document, format: str) -> Iterator[str]:
        lang = document.channel.edition.lang
        for item in document.items:
            key = (format, lang, item.id)
            if key not in self._rendered:
                self._rendered[key] = _RENDER_ITEM[format](item)
            yield self._rendered[key]
