"""Writes feeds: channels → documents → bytes in every format.

Items are rendered once per format and shared by all channels of an edition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from rubric.feeds.atom import render_atom, render_entry
from rubric.feeds.channels import Channel
from rubric.feeds.documents import Document, split
from rubric.feeds.items import ITEMS, Item, ItemMaker, ItemRef
from rubric.feeds.json_feed import render_json, render_json_item
from rubric.feeds.markup import PROLOG
from rubric.feeds.podcast import Podcast
from rubric.feeds.rss import render_item, render_rss
from rubric.feeds.stylesheet import add_stylesheet
from rubric.model.bounded_dict import BoundedDict

_RENDER_ITEM: dict[str, Callable[[Item], str]] = {
    "rss.xml": render_item,
    "atom.xml": render_entry,
    "json": render_json_item,
}


@dataclass(slots=True)
class FeedWriter:
    """Writes feeds with at least `least` items, and archive pages with `size` items.

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
        default_factory=partial(BoundedDict, ITEMS * len(_RENDER_ITEM)), compare=False
    )

    def plan(self, channel: Channel) -> Iterator[tuple[str, str, Document]]:
        """Yield address, format and document of each file of a channel."""
        refs = self.maker.order(channel.edition, channel.listings)
        pages = channel.pages(self.least, self.size)
        current, archive = split(refs, pages, self.size)
        if not channel.has_archive or not self.size:
            current = current[: self.least]
        # A document refers to its own items only, so it does not depend on the whole channel.
        head = channel.head()
        yield channel.url("json"), "json", self._document(head, current, 0, pages)
        for number, shown in enumerate([current, *archive]):
            document = self._document(head, shown, number, pages)
            for format in ("rss.xml", "atom.xml"):
                yield channel.url(format, number), format, document

    def write(self, format: str, document: Document) -> bytes:
        """Return the content of a document."""
        maker, edition = self.maker, document.channel.edition
        items = [maker.item(edition, ref) for ref in document.refs]
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
        return add_stylesheet(content, maker.site.path(style)) if style else content

    def _document(
        self, channel: Channel, refs: Sequence[ItemRef], page: int, pages: int
    ) -> Document:
        return Document(channel, self.maker.id(channel.home), refs, self.hub, page, pages)

    def _render(self, format: str, lang: str, item: Item) -> str:
        key = (format, lang, item.id)
        if key not in self._rendered:
            self._rendered[key] = _RENDER_ITEM[format](item)
        return self._rendered[key]
