"""Passes that write RSS, Atom and JSON feeds, the list of all feeds, and pages to follow them."""

from __future__ import annotations

from dataclasses import dataclass

from rubric.build import Build
from rubric.feeds.channels import Channel, attach_feeds, build_channels
from rubric.feeds.follow_views import make_follow_views
from rubric.feeds.items import ItemMaker
from rubric.feeds.opml import ADDRESS, render_opml
from rubric.feeds.options import Options
from rubric.feeds.writing import FeedWriter
from rubric.model.edition import Edition
from rubric.model.entry import Entry


@dataclass(frozen=True, slots=True)
class FeedPlan:
    """All channels of the site; each is written in every format."""

    channels: list[Channel]
    options: Options


def plan_pages(build: Build) -> None:
    """Make the page of each edition that lists its feeds and other ways to follow it."""
    telegram = build.settings["FOLLOW"]["telegram"]
    build.list_views += [*make_follow_views(build.view_factory, build.views, telegram)]


def plan_feeds(build: Build) -> None:
    """Set `feeds` on views and claim the addresses of all feeds."""
    site = build.site
    options = Options()
    try:
        options = Options.from_settings(build.settings["FEEDS"], site.languages)
    except ValueError as error:
        site.errors.add("pelicanconf.py", "FEEDS can't be used:", str(error))
    channels = list(build_channels(build.editions, build.views, options.fallback))
    attach_feeds(channels, build.views)
    site.claims.add(ADDRESS, "the list of feeds")
    for channel in channels:
        for address in channel.files(options.items, options.archive_items):
            site.claims.add(address, "a feed")
    build.keep(FeedPlan(channels, options))


def check_podcast(build: Build) -> None:
    """Check the options that feeds need if a text has audio or video."""
    site = build.site
    if any(entry.enclosure and entry.is_published for entry in site.entries):
        published = {address for address, _ in build.published_files}
        podcast = build.get(FeedPlan).options.podcast
        for option, problem, fix in podcast.find_problems(site, published):
            site.errors.add(f'FEEDS["podcast"]["{option}"]', problem, fix)


def write_feeds(build: Build) -> None:
    """Write all feeds and the list of feeds."""
    plan, formats = build.get(FeedPlan), build.formats
    options = plan.options

    def when_of(edition: Edition, entry: Entry) -> str:
        assert entry.event is not None
        words = formats[edition.lang]
        return f"{words.span(entry.event)}, {words.zone(entry.event.starts_at)}"

    sizes = {address: path.stat().st_size for address, path in build.published_files}
    maker = ItemMaker(
        build.site,
        options.authority,
        options.since,
        when_of,
        sizes.get,
        options.podcast.is_explicit,
    )
    feeds = FeedWriter(
        maker,
        options.items,
        options.archive_items,
        options.hub,
        build.feed_stylesheets,
        options.podcast,
    )
    for channel in plan.channels:
        for address, format, document in feeds.plan(channel):
            build.outputs.add_file(address, feeds.write, format, document)
    channels = [channel.head() for channel in plan.channels]
    build.outputs.add_file(ADDRESS, render_opml, build.site, channels)
