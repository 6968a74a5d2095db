"""Where feeds meet Pelican."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from pelican import signals
from pelican.generators import ArticlesGenerator, Generator
from pelican.writers import Writer

from plugins.feeds.channels import attach, build_channels
from plugins.feeds.items import ItemMaker
from plugins.feeds.opml import ADDRESS, render_opml
from plugins.feeds.options import Options
from plugins.feeds.writing import FeedWriter
from plugins.model.edition import Edition
from plugins.model.entry import Entry


def connect() -> None:
    signals.all_generators_finalized.connect(attach_feeds)
    signals.article_writer_finalized.connect(write_feeds)


def attach_feeds(generators: list[Generator]) -> None:
    """All editions and views are made, and none is rendered yet."""
    context, site = generators[0].context, generators[0].context["site"]
    try:
        options = Options.from_settings(generators[0].settings["FEEDS"], site.languages)
    except ValueError as error:
        site.errors.add("pelicanconf.py", "FEEDS can't be used:", str(error))
        options = Options()
    channels = list(build_channels(context["editions"], context["views"], options.fallback))
    context["channels"], context["feed_options"] = channels, options
    attach(channels, context["views"])
    site.claims.add(ADDRESS, "the list of feeds")
    for channel in channels:
        for address in channel.files(options.items, options.archive_items):
            site.claims.add(address, "a feed")


def write_feeds(generator: ArticlesGenerator, writer: Writer) -> None:
    writer.put_off(partial(plan_feeds, generator, writer))


def plan_feeds(generator: ArticlesGenerator, writer: Writer) -> None:
    """Dates of events are known only now: calendars tell when each was changed."""
    context = generator.context
    options: Options = context["feed_options"]
    formats = context["formats"]

    def when_of(edition: Edition, entry: Entry) -> str:
        assert entry.event is not None
        words = formats[edition.lang]
        return f"{words.span(entry.event)}, {words.zone(entry.event.starts_at)}"

    maker = ItemMaker(
        context["site"], options.authority, options.since, when_of, _sizes(context).get
    )
    styles = context.get("feed_stylesheets", {})
    feeds = FeedWriter(maker, options.items, options.archive_items, options.hub, styles)
    for channel in context["channels"]:
        for address, format, document in feeds.plan(channel):
            writer.add_file(address, feeds.write, format, document)
    heads = [channel.head() for channel in context["channels"]]
    writer.add_file(ADDRESS, render_opml, context["site"], heads)


def _sizes(context: dict[str, Any]) -> dict[str, int]:
    """Bytes of the pictures that entries name, by address."""
    files: dict[str, Path] = dict(context.get("taken_files", ()))
    return {address: path.stat().st_size for address, path in files.items()}
