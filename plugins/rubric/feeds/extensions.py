"""Elements that feedgen does not have, as its extensions.

Atom elements have no namespace in feedgen's trees, whose root has an attribute `xmlns`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import lxml.etree  # noqa: F401 (feedgen.util uses it, but does not import it)
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.ext.media import MEDIA_NS, MediaEntryExtension
from feedgen.ext.podcast import PodcastExtension
from feedgen.ext.podcast_entry import PodcastEntryExtension
from lxml.etree import SubElement

from rubric.feeds.items import Picture
from rubric.feeds.podcast import Podcast
from rubric.model.markup import to_xml_text
from rubric.model.media import Enclosure

ATOM = "http://www.w3.org/2005/Atom"
HISTORY = "http://purl.org/syndication/history/1.0"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class LanguageExtension(BaseEntryExtension):
    """The language of an RSS feed, or of an entry in another language than its feed."""

    tag: str

    def extend_rss(self, element: Any) -> Any:
        element.set(LANG, self.tag)
        return element

    def extend_atom(self, element: Any) -> Any:
        return self.extend_rss(element)


@dataclass(frozen=True, slots=True)
class LinksExtension(BaseExtension):
    """Links of an RSS feed to its hub (WebSub) and to its archive (RFC 5005)."""

    links: Sequence[Mapping[str, str]]

    def extend_rss(self, feed: Any) -> Any:
        for link in self.links:
            SubElement(feed[0], f"{{{ATOM}}}link", link)
        return feed


@dataclass(frozen=True, slots=True)
class ArchiveExtension(BaseExtension):
    """Marks pages of an archive (RFC 5005, 4)."""

    is_archive: bool

    def extend_ns(self) -> dict[str, str]:
        return {"fh": HISTORY}

    def extend_rss(self, feed: Any) -> Any:
        self.extend_atom(feed[0])
        return feed

    def extend_atom(self, feed: Any) -> Any:
        if self.is_archive:
            SubElement(feed, f"{{{HISTORY}}}archive")
        return feed


@dataclass(frozen=True, slots=True)
class UpdatedExtension(BaseEntryExtension):
    """The time of the last change of an RSS item."""

    updated: datetime

    def extend_rss(self, item: Any) -> Any:
        SubElement(item, f"{{{ATOM}}}updated").text = self.updated.isoformat(timespec="seconds")
        return item


class PictureExtension(MediaEntryExtension):
    """A picture with its alternative text (Media RSS)."""

    def __init__(self, picture: Picture) -> None:
        super().__init__()
        sizes = {"fileSize": picture.size, "width": picture.width, "height": picture.height}
        known = {name: str(size) for name, size in sizes.items() if size}
        self.content(url=picture.url, type=picture.type, medium="image", group=None, **known)
        self._alt = picture.alt

    def extend_atom(self, entry: Any) -> Any:
        super().extend_atom(entry)
        if self._alt:
            SubElement(entry[-1], f"{{{MEDIA_NS}}}description", type="plain").text = self._alt
        return entry


class ShowExtension(PodcastExtension):
    """What an RSS feed with audio or video says of itself.

    feedgen rejects `true` and `false`, which Apple requires, and ignores pictures in `.jpeg`.
    """

    def __init__(self, podcast: Podcast, site_name: str, image: str) -> None:
        super().__init__()
        author = to_xml_text(podcast.author or site_name)
        self.itunes_author(author)
        self.itunes_category(dict(zip(("cat", "sub"), podcast.category, strict=False)))
        if podcast.owner_email:
            self.itunes_owner(to_xml_text(podcast.owner_name) or author, podcast.owner_email)
        self._image, self._is_explicit = image, podcast.is_explicit

    def extend_rss(self, feed: Any) -> Any:
        super().extend_rss(feed)
        SubElement(feed[0], f"{{{ITUNES}}}image", href=self._image)
        _add_explicit(feed[0], is_explicit=self._is_explicit)
        return feed


class EpisodeExtension(PodcastEntryExtension):
    """The recording of an RSS item."""

    def __init__(self, enclosure: Enclosure) -> None:
        super().__init__()
        if enclosure.duration:
            self.itunes_duration(enclosure.seconds)
        self.itunes_season(enclosure.season)
        self.itunes_episode(enclosure.episode)
        self._is_explicit = bool(enclosure.is_explicit)

    def extend_rss(self, item: Any) -> Any:
        super().extend_rss(item)
        _add_explicit(item, is_explicit=self._is_explicit)
        return item


def _add_explicit(parent: Any, *, is_explicit: bool) -> None:
    SubElement(parent, f"{{{ITUNES}}}explicit").text = str(is_explicit).lower()
