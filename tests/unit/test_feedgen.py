"""What feedgen writes wrongly or not at all, and what `rubric.feeds` does instead.

If a test of feedgen alone fails after an update, its correction in generator.py, extensions.py or
xml_feeds.py can be removed.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from typing import Any

import pytest
from feedgen.entry import FeedEntry
from feedgen.ext.media import MediaEntryExtension
from feedgen.ext.podcast import PodcastExtension
from feedgen.ext.podcast_entry import PodcastEntryExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from rubric.feeds.extensions import (
    ArchiveExtension,
    EpisodeExtension,
    LinksExtension,
    PictureExtension,
    ShowExtension,
)
from rubric.feeds.generator import CONTENT, Entry, Feed
from rubric.feeds.items import Item, Picture
from rubric.feeds.podcast import Podcast
from rubric.feeds.xml_feeds import make_atom_entry, make_rss_item
from rubric.model.markup import to_xml_text
from rubric.model.media import Enclosure
from tests.building import ROOT

NAMES = {
    "atom": "http://www.w3.org/2005/Atom",
    "dc": "http://purl.org/dc/elements/1.1/",
    "fh": "http://purl.org/syndication/history/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
}
TIME = datetime(2026, 11, 1, 12, 30, 15, 250, tzinfo=UTC)
SOUND = Enclosure("https://example.org/a.mp3", "audio/mpeg", 5000)
ITEM = Item(
    id="tag:example.org,2026:en/posts/p",
    url="https://example.org/en/p/",
    title="Post",
    language="en",
    is_foreign=False,
    published=TIME,
    updated=TIME,
    summary="Short.",
    html="<p>Whole.</p>",
    authors=(("Ann", "https://example.org/en/authors/ann/"),),
    enclosure=SOUND,
)


def plain_entry() -> FeedEntry:
    entry = FeedEntry()
    entry.id("tag:example.org,2026:p")
    entry.title("Post")
    entry.link(href="https://example.org/p/")
    return entry


def plain_feed() -> FeedGenerator:
    feed = FeedGenerator()
    feed.id("tag:example.org,2026:")
    feed.title("Site")
    feed.subtitle("About it")
    feed.link(href="https://example.org/", rel="alternate")
    return feed


def own_feed(title: str = "Site") -> Feed:
    feed = Feed("tag:example.org,2026:", title, TIME)
    feed.subtitle("About it")
    feed.link(href="https://example.org/", rel="alternate")
    return feed


def rss(feed: FeedGenerator) -> Any:
    """The channel, read back."""
    return etree.fromstring(feed.rss_str())[0]


def found(element: Any, path: str) -> list[str | None]:
    return [each.text for each in element.iterfind(path, NAMES)]


# What feedgen does not do ------------------------------------------------------------------------


def test_feedgen_leaves_out_authors_without_address_in_rss() -> None:
    entry = plain_entry()
    entry.author({"name": "Ann"})
    assert found(entry.rss_entry(), "author") == []
    assert found(make_rss_item(ITEM).rss_entry(), "dc:creator") == ["Ann"]


def test_feedgen_loses_attributes_of_links_of_entries() -> None:
    """lkiesow/python-feedgen, issues 135 and 143."""
    entry = plain_entry()
    entry.enclosure(SOUND.url, SOUND.size, SOUND.type)
    assert [dict(link.attrib) for link in entry.atom_entry().iterfind("link")] == [
        {"href": "https://example.org/p/"},
        {"href": SOUND.url},
    ]
    links = make_atom_entry(ITEM).atom_entry().iterfind("link")
    assert [dict(link.attrib) for link in links] == [
        {"href": ITEM.url, "rel": "alternate", "type": "text/html", "hreflang": "en"},
        {
            "href": SOUND.url,
            "rel": "enclosure",
            "type": "audio/mpeg",
            "length": "5000",
            "title": "Post",
        },
    ]


def test_feedgen_writes_content_as_description_without_a_summary() -> None:
    entry = plain_entry()
    entry.summary("")
    entry.content("Whole", type="html")
    element = entry.rss_entry()
    assert (found(element, "description"), found(element, CONTENT)) == (["Whole"], [])
    own = Entry("tag:example.org,2026:p", "Post", TIME, TIME)
    own.content("Whole", type="html")
    element = own.rss_entry()
    assert (found(element, "description"), found(element, CONTENT)) == ([None], ["Whole"])


def test_feedgen_rejects_control_characters() -> None:
    """`ItemMaker` leaves them out of items, and `write_feed` out of channels."""
    feed = plain_feed()
    feed.title("Si\x0bte")
    with pytest.raises(ValueError, match="XML compatible"):
        feed.rss_str()
    assert found(rss(own_feed(to_xml_text("Si\x0bte"))), "title") == ["Site"]


def test_feedgen_rejects_times_without_a_zone_and_writes_microseconds() -> None:
    """`ItemMaker` adds the zone, see test_feeds.py."""
    entry = plain_entry()
    with pytest.raises(ValueError, match="timezone"):
        entry.updated(TIME.replace(tzinfo=None))
    entry.updated(TIME)
    assert found(entry.atom_entry(), "updated") == ["2026-11-01T12:30:15.000250+00:00"]
    assert found(make_atom_entry(ITEM).atom_entry(), "updated") == ["2026-11-01T12:30:15+00:00"]


def test_feedgen_dates_by_the_clock() -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    for updated in (plain_feed().updated(), plain_entry().updated()):
        assert updated >= before
    assert own_feed().updated() == TIME.replace(microsecond=0)
    assert Entry("id", "Post", TIME, TIME).updated() == TIME.replace(microsecond=0)


def test_feedgen_links_an_rss_channel_to_its_last_link() -> None:
    """So the link to the page comes last."""
    feed = plain_feed()
    feed.link(href="https://example.org/feed.rss.xml", rel="self")
    assert found(rss(feed), "link") == ["https://example.org/feed.rss.xml"]


def test_feedgen_writes_links_to_hub_and_archive_in_atom_alone() -> None:
    links = [
        {"href": "https://hub.example/", "rel": "hub"},
        {"href": "https://example.org/feed-1.rss.xml", "rel": "prev-archive"},
    ]
    feed = plain_feed()
    feed.link([dict(link) for link in links])
    assert rss(feed).findall("atom:link", NAMES) == []
    assert [
        link.get("rel") for link in etree.fromstring(feed.atom_str()).iterfind("atom:link", NAMES)
    ] == ["alternate", "hub", "prev-archive"]
    own = own_feed()
    own.extend("atom_links", LinksExtension(links))
    own.extend("history", ArchiveExtension(is_archive=True))
    channel = rss(own)
    assert [dict(link.attrib) for link in channel.iterfind("atom:link", NAMES)] == links
    assert channel.find("fh:archive", NAMES) is not None


def test_feedgen_groups_media_without_descriptions() -> None:
    media = MediaEntryExtension()
    media.content(url="https://example.org/a.png")
    entry = plain_entry()
    entry.register_extension("media", lambda: media)
    element = entry.rss_entry()
    assert element.find("media:content", NAMES) is None
    assert element.find("media:group/media:content", NAMES) is not None
    with pytest.raises(ValueError, match="invalid keys"):
        media.content(url="https://example.org/a.png", description="A door")
    picture = PictureExtension(Picture("https://example.org/a.png", "image/png", 7, "A door"))
    own = plain_entry()
    own.register_extension("media", lambda: picture)
    assert found(own.rss_entry(), "media:content/media:description") == ["A door"]


def test_feedgen_has_former_values_of_apple_alone() -> None:
    for extension in (PodcastExtension(), PodcastEntryExtension()):
        with pytest.raises(ValueError, match="explicit"):
            extension.itunes_explicit("true")
    show = PodcastExtension()
    assert show.itunes_image("https://example.org/show.jpeg") is None
    image = "https://example.org/show.jpeg"
    feed = own_feed()
    feed.extend("itunes", ShowExtension(Podcast(("Business", "Careers")), "Site", image))
    channel = rss(feed)
    assert found(channel, "itunes:explicit") == ["false"]
    assert channel.find("itunes:image", NAMES).get("href") == image
    entry = plain_entry()
    entry.register_extension("itunes", lambda: EpisodeExtension(SOUND))
    assert found(entry.rss_entry(), "itunes:explicit") == ["false"]


# What is shared ----------------------------------------------------------------------------------


def test_an_entry_is_generated_once_for_all_feeds() -> None:
    """Adding it to another feed changes neither of them."""
    first, second = make_rss_item(ITEM), make_rss_item(ITEM)
    written = []
    for entries in ([first], [second, first], [first]):
        feed = own_feed()
        feed.entry([*entries])
        written.append(feed.rss_str())
    assert written[0] == written[2]
    assert len(etree.fromstring(written[1]).findall("channel/item")) == 2
    assert first.rss_entry() is first.rss_entry()


def run(code: str) -> subprocess.CompletedProcess[str]:
    """Run code in a new interpreter, which has imported nothing yet."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT / "plugins",
        capture_output=True,
        check=False,
        encoding="utf-8",
    )


def test_feedgen_is_imported_by_builds_that_write_feeds_alone() -> None:
    code = "import sys, rubric.feeds.passes; print({'feedgen', 'lxml'} & sys.modules.keys())"
    assert run(code).stdout == "set()\n"


def test_feedgen_does_not_import_all_that_it_uses() -> None:
    assert "has no attribute 'etree'" in run("import feedgen.ext.dc").stderr
    for module in ("xml_feeds", "extensions", "generator"):
        assert run(f"import rubric.feeds.{module}").returncode == 0
