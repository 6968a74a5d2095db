"""Addresses of features whose plugins are not in PLUGINS, and links to them."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from rubric.model.features import ALL_FEATURES, select_features
from rubric.model.language import Language, Languages
from rubric.model.references import put_links
from rubric.model.site import Site
from tests.cases import cases

ENGLISH = Language("en", "en", "en", "E", "S", "T", fallback="list", chain=())


def plugin_at(address: str, *features: str) -> str:
    present = frozenset(name for name in ALL_FEATURES if name in features)
    now = datetime(2026, 1, 1, tzinfo=UTC)
    site = Site("https://example.org", ZoneInfo("UTC"), now, Languages([ENGLISH]))
    site.features = present
    feature = site.missing_at(address)
    return feature.plugin if feature else ""


@cases(
    ("address", "plugin"),
    [
        ("en/events/", "rubric.events"),
        ("en/groups", "rubric.events"),
        ("en/places/kz/", "rubric.events"),
        ("en/events/calendar-ru.ics", "rubric.events"),
        ("en/tags/tea/calendar.ics", "rubric.calendars"),
        ("en/newsletter/first/", "rubric.newsletter"),
        ("en/search/", "rubric.search"),
        ("en/follow/", "rubric.feeds"),
        ("en/authors/anna/feed-2.rss.xml", "rubric.feeds"),
        ("feeds.opml", "rubric.feeds"),
        ("robots.txt", "rubric.sitemap"),
        ("sitemap-2.xml", "rubric.sitemap"),
        ("en/tea/", ""),
        ("en/tea/events/", ""),
        ("images/events/tea.png", ""),
        ("files/newsfeed.json", ""),
        ("", ""),
    ],
)
def test_addresses_of_missing_features(address: str, plugin: str):
    assert plugin_at(address) == plugin
    assert plugin_at(address, *ALL_FEATURES) == ""


def test_features_are_selected_by_the_names_of_plugins():
    import rubric.search

    assert select_features(["rubric.events", rubric.search, "mine"]) == {"events", "search"}


@cases(
    ("html", "shown"),
    [
        ('<a href="/en/events/">All <em>dates</em></a>.', "<span>All <em>dates</em></span>."),
        ('<A title="Dates" href="/en/events/" rel="next">x</A>', '<span title="Dates">x</span>'),
        ("<a id=a href=/en/events/>x</a>", "<span id=a>x</span>"),
        (
            '<a href="/en/tea/">x</a> <a href="/en/events/">y</a>',
            '<a href="/t/">x</a> <span>y</span>',
        ),
        ('<a href="/en/events/">x <a href="/en/tea/">y</a>', '<span>x </span><a href="/t/">y</a>'),
        ('<img src="/en/events/" alt="">', '<img  alt="">'),
        ("<code>/en/events/</code>", "<code>/en/events/</code>"),
        ("&lt;a href=/en/events/&gt;", "&lt;a href=/en/events/&gt;"),
    ],
)
def test_links_to_nothing_become_words(html: str, shown: str):
    assert put_links(html, (("/en/events/", ""), ("/en/tea/", "/t/"))) == shown


def test_hashtags_without_a_page_are_not_links():
    html = '<a class="hashtag" href="{tag}tea">#tea</a>'
    assert put_links(html, (("#tea", ""),)) == '<span class="hashtag">#tea</span>'
