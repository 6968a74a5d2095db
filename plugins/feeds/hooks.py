"""Where feeds meet Pelican."""

from __future__ import annotations

from html import escape

from pelican import signals
from pelican.generators import ArticlesGenerator, Generator
from pelican.writers import Writer

from plugins.feeds.appearance import dress
from plugins.feeds.channels import FORMATS, Channel, attach, build_channels
from plugins.feeds.writing import FeedWriter
from plugins.model.entry import Entry


def connect() -> None:
    signals.all_generators_finalized.connect(attach_feeds)
    signals.article_writer_finalized.connect(write_feeds)


def attach_feeds(generators: list[Generator]) -> None:
    """All editions and views are made, and none is rendered yet."""
    context = generators[0].context
    items = generators[0].settings["FEEDS"]["items"]
    context["channels"] = list(build_channels(context["editions"], context["views"], items))
    attach(context["channels"], context["views"])
    for channel in context["channels"]:
        for format in FORMATS:
            context["site"].claims.add(channel.url(format), "a feed")


def write_feeds(generator: ArticlesGenerator, writer: Writer) -> None:
    context, settings = generator.context, generator.settings["FEEDS"]
    formats = context["formats"]

    def facts_of(channel: Channel, entry: Entry) -> str:
        if entry.event is None:
            return ""
        words = formats[channel.edition.lang]
        place = ", ".join(filter(None, [entry.event.place.venue, entry.event.place.city]))
        when = f"{words.span(entry.event)}, {words.zone(entry.event.starts_at)}"
        return f"<p><strong>{escape(when)}</strong>{'<br>' + escape(place) if place else ''}</p>"

    feeds = FeedWriter(context["site"], settings["authority"], settings["since"], facts_of)
    site, styles = context["site"], context.get("feed_stylesheets", {})
    for channel in context["channels"]:
        style = styles.get(channel.edition.lang)
        for format, content in feeds.write(channel).items():
            dressed = dress(content, site.path(style)) if style else content
            writer.write_bytes(channel.url(format), dressed)
