"""Writes feeds: channels → documents → bytes in every format.

Items are generated once per format and shared by all channels of an edition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from rubric.feeds.channels import FORMATS, Channel
from rubric.feeds.documents import Document, split
from rubric.feeds.items import ITEMS, Item, ItemMaker, ItemRef
from rubric.feeds.json_feed import render_json, render_json_item
from rubric.feeds.podcast import Podcast
from rubric.feeds.stylesheet import add_stylesheet
from rubric.model.bounded_dict import BoundedDict


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
    _shared: dict[tuple[str, str, str], Any] = field(
        default_factory=partial(BoundedDict, ITEMS * len(FORMATS)), compare=False
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
        if format == "json":
            parts = [self._share(format, edition.lang, item, render_json_item) for item in items]
            body = render_json(maker.site, document, ",\n".join(parts))
            return f"{body}\n".encode()
        # feedgen and lxml are imported by builds that write feeds only.
        from rubric.feeds.xml_feeds import make_atom_entry, make_rss_item, write_feed

        is_rss = format == "rss.xml"
        make = make_rss_item if is_rss else make_atom_entry
        entries = [self._share(format, edition.lang, item, make) for item in items]
        is_podcast = is_rss and any(item.enclosure for item in items)
        podcast = self.podcast if is_podcast else None
        content = write_feed(maker.site, document, format, updated, entries, podcast)
        style = self.styles.get(edition.lang)
        return add_stylesheet(content, maker.site.path(style)) if style else content

    def _document(
        self, channel: Channel, refs: Sequence[ItemRef], page: int, pages: int
    ) -> Document:
        return Document(channel, self.maker.id(channel.home), refs, self.hub, page, pages)

    def _share(self, format: str, lang: str, item: Item, make: Callable[[Item], Any]) -> Any:
        """Return what `make` returned for the item when it was first written in this format."""
        key = (format, lang, item.id)
        if key not in self._shared:
            self._shared[key] = make(item)
        return self._shared[key]
