"""What runs over the whole site at each build takes twice the steps for twice the texts."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from gettext import NullTranslations
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from rubric.calendars.calendar_files import CalendarFileBuilder
from rubric.calendars.calendar_links import attach_calendar_links
from rubric.calendars.findings import find_states
from rubric.calendars.lock import Lock, current_revision
from rubric.editions.editions import build_editions, check_translations
from rubric.editions.entry_views import build_indexes, make_entry_views, make_fallback_views
from rubric.editions.list_views import make_list_views
from rubric.editions.old_posts import mark_old
from rubric.events.cities import identify_cities
from rubric.events.event_views import make_event_views, show_on_home
from rubric.feeds.channels import attach_feeds, build_channels
from rubric.feeds.follow_views import make_follow_views
from rubric.markup.files import ContentFiles
from rubric.markup.links import LinkResolver, find_tag_pages
from rubric.model.edition import Edition
from rubric.model.entry import Entry
from rubric.model.event import Place
from rubric.model.language import Language, Languages
from rubric.model.site import Site
from rubric.model.view import View
from rubric.model.view_factory import ViewFactory
from rubric.newsletter.issues import build_issues
from rubric.redirects.findings import find_problems
from rubric.redirects.inventory import build_inventory, find_drafts
from rubric.redirects.lock import AddressLock, dump_lock, load_lock, refresh
from rubric.redirects.redirect_pages import make_alias_pages, make_pages
from rubric.redirects.resolve import Inventory, resolve
from rubric.redirects.server_files import make_rules
from rubric.sitemap.sitemap import find_urls, write_sitemaps
from rubric.social.tags import share_tags
from rubric.store.page_addresses import claim_pages
from rubric.tags.passes import check_addresses as check_tags
from tests.cases import cases
from tests.newsletters import NOW, ZONE, make_event, make_list, make_post, read_issue

FEW = 120
START = datetime(2019, 1, 1, 9, tzinfo=ZONE)


def entries(count: int) -> Iterator[Entry]:
    """Texts of every kind that passes look at; a third is translated, a third in Russian alone."""
    for number in range(count):
        date = START + timedelta(hours=18 * number)
        for lang in (("en",), ("en", "ru"), ("ru",))[number % 3]:
            fields: dict[str, Any] = {"series": f"series {number // 6}"}
            fields["aliases"] = [f"/{lang}/old/{number}/"]
            tags = f"rubric{number % 4} topic{number % 3} own{number // 8}"
            post = make_post(f"p{number}", date, lang=lang, tags=tags, **fields)
            post.references = (f"{{filename}}p{number // 2}.md", "/en/")
            yield post
        if number % 4 == 0:
            recap = f"p{number}"
            place = Place(city=f"City {number // 16}", country="KZ")
            inventory: dict[str, Any] = {"languages": ("en", "ru"), "recap": recap, "place": place}
            yield make_event(f"e{number}", date, date, **inventory)


@dataclass(slots=True, repr=False)
class Build:
    """A site of a number of texts, taken through the steps before the one that is counted."""

    site: Site
    editions: dict[str, Edition]
    view_factory: ViewFactory
    entry_views: dict[Entry, View]
    views: list[View]
    inventory: Inventory
    lock_text: str


def texts(count: int) -> Site:
    languages = [
        Language("en", "en", "en", "E", "S", "T", fallback="full", chain=("ru",)),
        Language("ru", "ru", "ru", "R", "S", "T", fallback="list", chain=("en",)),
    ]
    site = Site("https://example.org", ZONE, NOW, Languages(languages))
    for entry in entries(count):
        site.take(entry)
    for number in range(count // 20):
        picks = f"[posts/p{number * 6}, posts/p{number * 6 + 3}]"
        header = f"title: Issue {number}\nlist: weekly-en\nposts: {picks}"
        header += f"\nevents: events/e{number * 4}\ndate: 2026-01-01"
        site.take(read_issue(site, f"---\n{header}\n---\n<p>Hello</p>", f"n{number}"))
    return site


def editions_of(site: Site) -> dict[str, Edition]:
    return build_editions(site, lambda _: NullTranslations(), lambda _, code: code)


def build(count: int) -> Build:
    site = texts(count)
    site.cities = identify_cities(site)
    editions = editions_of(site)
    frames = ViewFactory(site, editions, 20)
    indexes = build_indexes(frames)
    entry_views = make_entry_views(frames, indexes)
    views = [
        *entry_views.values(),
        *make_fallback_views(frames, indexes, entry_views),
        *make_list_views(frames, 9),
        *make_event_views(frames),
        *make_alias_pages(frames),
    ]
    claim_pages(site, views)
    inventory = build_inventory(site, editions, views, None)
    lock = refresh(AddressLock(), inventory.pages)
    # Half of what was published is somewhere else now.
    text = dump_lock(lock).replace('address = "/en/p1', 'address = "/en/q1')
    inventory = build_inventory(site, editions, views, load_lock(text))
    return Build(site, editions, frames, entry_views, views, inventory, text)


def build_calendar_files(build: Build) -> None:
    states = find_states(build.site, "example.org")
    revisions = {key: current_revision(Lock(), state) for key, state in states.items()}
    keep = timedelta(days=99_999)
    for edition in build.editions.values():
        builder = CalendarFileBuilder(build.site, edition, revisions, "example.org", keep, str)
        attach_calendar_links(list(builder.build()), build.views)


def resolve_links(build: Build) -> None:
    site = build.site
    sources = {entry.source: entry for entry in site.entries}
    links = LinkResolver(
        site, sources, ContentFiles(Path("missing")), find_tag_pages(site), lambda *_: [1]
    )
    for entry in site.entries:
        links.resolve(entry)
    links.check({view.url for view in build.views}.__contains__)


def plan_feeds(build: Build) -> None:
    channels = list(build_channels(build.editions, build.views, {}))
    attach_feeds(channels, build.views)
    for channel in channels:
        for address in channel.files(20, 20):
            build.site.claims.add(address, "a feed")


def decide(build: Build) -> None:
    build.inventory = build_inventory(
        build.site, build.editions, build.views, load_lock(build.lock_text)
    )
    outcomes = resolve(build.inventory)
    find_problems(build.inventory, outcomes, find_drafts(build.site))
    list(make_pages(outcomes.values(), build.editions, build.inventory.existing))
    list(make_rules(outcomes.values(), build.inventory.existing, build.editions))


def make_views(build: Build) -> None:
    frames, indexes = build.view_factory, build_indexes(build.view_factory)
    views = make_entry_views(frames, indexes)
    list(make_fallback_views(frames, indexes, views))
    show_on_home(frames, make_list_views(frames, 9), 3)
    list(make_event_views(frames))
    list(make_alias_pages(frames))
    list(make_follow_views(frames, build.views, {}))


def write_sitemap(build: Build) -> None:
    urls = find_urls(build.site, build.views, build.editions)
    list(write_sitemaps(build.site, urls, 50_000))


def share(build: Build) -> None:
    for view in build.views:
        share_tags(build.site, view)


PASSES: dict[str, Callable[[Build], Any]] = {
    "tags": lambda build: check_tags(build.site, lambda *_: [1]),
    "links": resolve_links,
    "cities": lambda build: identify_cities(build.site),
    "translations": lambda build: check_translations(build.site),
    "editions": lambda build: editions_of(build.site),
    "views": make_views,
    "old posts": lambda build: mark_old(build.views, build.site.now, 30),
    "addresses": lambda build: claim_pages(build.site, build.views),
    "conflicts": lambda build: list(build.site.claims.conflicts()),
    "feeds": plan_feeds,
    "calendars": build_calendar_files,
    "redirects": decide,
    "sitemap": write_sitemap,
    "sharing": share,
    "newsletters": lambda build: build_issues(
        build.site, {"weekly-en": make_list()}, build.editions
    ),
}


def steps(work: Callable[[Build], Any], build: Build) -> int:
    """How many lines are run while a pass does its work; each turn of a loop is a line at least."""
    count = 0

    def note(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal count
        count += event == "line"
        return note

    before = sys.gettrace()
    sys.settrace(note)
    try:
        work(build)
    finally:
        sys.settrace(before)
    return count


@pytest.fixture(scope="module")
def sizes() -> tuple[Build, Build]:
    return build(FEW), build(2 * FEW)


@cases("name", PASSES)
def test_twice_the_texts_are_twice_the_steps(name: str, sizes: tuple[Build, Build]) -> None:
    few, many = (steps(PASSES[name], build) for build in sizes)
    assert few > FEW / 4, "the pass has nothing to do here"
    assert many < 2.25 * few
