"""Channels as RSS 2.0 and Atom (RFC 4287), by feedgen, with its gaps closed.

feedgen leaves RSS authors out that have no e-mail address, so `dc:creator` names them; it
dates feeds by the clock, so every date is set; it takes the last link for RSS's channel
link, so the home page comes last.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from plugins.feeds.channels import FORMATS, Channel
from plugins.feeds.content import to_feed_html, to_xml_text
from plugins.model.entry import Entry
from plugins.model.site import Site, encode


@dataclass(slots=True)
class FeedWriter:
    """Writes feeds whose ids never change.

    `authority` and `since` make tag URIs (RFC 4151) that outlive a change of domain;
    `facts_of` gives the HTML that goes before an entry's text, such as an event's times.
    """

    site: Site
    authority: str
    since: str
    facts_of: Callable[[Channel, Entry], str]

    def write(self, channel: Channel) -> dict[str, bytes]:
        """The bytes of each format, by file ending."""
        return {
            "rss.xml": self._feed(channel, "rss.xml").rss_str(pretty=True),
            "atom.xml": self._feed(channel, "atom.xml").atom_str(pretty=True),
        }

    def _feed(self, channel: Channel, format: str) -> FeedGenerator:
        site, tag = self.site, channel.edition.language.tag
        feed = FeedGenerator()
        feed.load_extension("dc")
        feed.id(self._id(channel.home))
        feed.title(to_xml_text(channel.title))
        feed.description(to_xml_text(channel.description))
        feed.subtitle(to_xml_text(channel.description))
        feed.language(tag)
        feed.generator("Rubric")
        feed.docs("https://www.rssboard.org/rss-specification")
        newest = max(map(_changed, channel.entries), default=self._epoch())
        feed.updated(newest)
        feed.lastBuildDate(newest)
        feed.author(name=channel.edition.language.site_name)
        feed.link(href=site.absolute(channel.url(format)), rel="self", type=FORMATS[format])
        feed.link(href=site.absolute(channel.home), rel="alternate", type="text/html", hreflang=tag)
        for entry in channel.entries:
            self._add(feed.add_entry(order="append"), channel, entry, format)
        return feed

    def _add(self, item: FeedEntry, channel: Channel, entry: Entry, format: str) -> None:
        site, id = self.site, self._id(entry.guid)
        item.id(id)
        item.guid(id, permalink=False)
        item.title(to_xml_text(channel.edition.title_of(entry)))
        item.link(href=site.absolute(entry.url), rel="alternate")
        item.published(entry.date)
        item.updated(_changed(entry))
        html = to_feed_html(site, entry, self.facts_of(channel, entry))
        # RSS descriptions are HTML, Atom summaries plain text (RFC 4287, 3.1.1).
        summary = to_xml_text(entry.summary)
        item.summary(escape(summary, quote=False) if format == "rss.xml" else summary)
        item.content(html, type="html" if format == "atom.xml" else "CDATA")
        for name in entry.metadata.authors:
            author = site.author(name).name_in(entry.lang)
            item.author(name=to_xml_text(author))
            item.dc.dc_creator(to_xml_text(author))
        for tag in entry.tags:
            page = channel.edition.tags[tag.identity]
            item.category(term=to_xml_text(page.label), scheme=site.absolute(page.url))

    def _id(self, name: str) -> str:
        return f"tag:{self.authority},{self.since}:{encode(name)}"

    def _epoch(self) -> datetime:
        """The date of a feed that has nothing yet."""
        return datetime(int(self.since[:4]), 1, 1, tzinfo=UTC)


def _changed(entry: Entry) -> datetime:
    return max(filter(None, [entry.date, entry.modified]))
