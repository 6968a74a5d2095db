"""The feed matrix, archives, cancellations and fallback, read by feedparser and newsboat."""

from __future__ import annotations

import functools
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import feedparser
import pytest
from PIL import Image

import pelicanconf
from rubric.feeds.channels import archive_pages
from rubric.feeds.options import Options
from rubric.model.language import Languages
from tests.building import Build, build, write_site
from tests.cases import cases
from tests.pages import (
    LANGUAGES,
    SITEURL,
    address_of,
    parse_xml,
    read_feeds,
    read_json_feeds,
    read_pages,
    write_text,
)
from tests.test_feeds import check_atom, check_json, find, only

FEEDS: dict[str, Any] = {"authority": "service-circle.example", "since": "2026", "items": 20}
EVENT = {"start": "2026-12-05 11:00", "duration": "2h", "timezone": "Asia/Almaty", "city": "Almaty"}
NEWSBOAT = shutil.which("newsboat")


def site_of(folder: Path, files: dict[str, str], **settings: Any) -> Build:
    site = build(write_site(folder, files), folder / "output", **settings)
    assert site.status == 0, site.told
    return site


def feed_of(site: Build, name: str) -> Any:
    return parse_xml(site.files()[name])


# The matrix -------------------------------------------------------------------------------------


def test_every_feed_is_there_in_three_formats(own_site: Build):
    files = {name for name in own_site.files() if name.rpartition("/")[2].startswith("feed.")}
    homes = {name.rpartition("feed.")[0] for name in files}
    assert files == {f"{home}feed.{e}" for home in homes for e in ("rss.xml", "atom.xml", "json")}
    for lang in LANGUAGES:
        kinds = {home.removeprefix(f"{lang}/").partition("/")[0] for home in homes}
        assert {"", "tags", "authors", "groups", "events", "newsletter"} <= kinds
        for kind in ("tags", "authors", "groups"):
            pages = {
                page.address
                for page in read_pages(own_site).values()
                if page.address.startswith(f"{lang}/{kind}/")
                and page.rest.count("/") == 2
                and not page.is_fallback
                and (kind == "groups" or page.find("//main//article[not(.//*[@lang])]"))
            }
            assert pages
            assert pages <= homes


def offered_feeds(site: Build, address: str) -> set[str]:
    """The feeds that a page links to, in its head and its text."""
    page = read_pages(site)[address]
    return set(page.links("//*[contains(@href, '/feed.')]"))


LONE = {
    "en/posts/one.md": write_text("One", "#both #alone", authors=["Ann"]),
    "en/posts/two.md": write_text("Two", "#both", authors=["Bea"]),
    "ru/posts/three.md": write_text("Три", "#both", authors=["Bea"]),
}


def test_a_tag_or_author_without_own_texts_has_a_page_and_no_feed(tmp_path: Path):
    site = site_of(tmp_path, LONE)
    pages, files = read_pages(site), set(site.files())
    whole = {f"ru/feed.{ending}" for ending in ("rss.xml", "atom.xml", "json")}
    for address in ("ru/tags/alone/", "ru/authors/ann/", "zh-hans/tags/both/"):
        lang = address.partition("/")[0]
        assert pages[address].find("//main//article"), address
        assert not {name for name in files if name.startswith(f"{address}feed")}
        expected = {link.replace("ru/", f"{lang}/", 1) for link in whole}
        assert offered_feeds(site, address) == expected
        assert pages[address].links('//main//*[@class="byline"]/a') == [f"{lang}/follow/"]
    for address in ("ru/tags/both/", "ru/authors/bea/", "en/tags/alone/", "en/authors/ann/"):
        assert f"{address}feed.rss.xml" in offered_feeds(site, address) & files
    listed = {address_of(o.get("xmlUrl")) for o in feed_of(site, "feeds.opml").iter("outline")
              if o.get("xmlUrl")}  # fmt: skip
    assert listed == {name for name in files if name.endswith("feed.rss.xml")}
    linked = {link for address in pages for link in offered_feeds(site, address)}
    assert linked <= files


def test_a_feed_comes_and_goes_with_the_last_own_text(tmp_path: Path):
    """Also where a build keeps what an earlier one wrote."""
    address = "ru/tags/alone/feed.atom.xml"
    own = {"ru/posts/one.md": write_text("Один", "#alone")}
    assert address not in site_of(tmp_path, LONE).files()
    assert address in site_of(tmp_path, LONE | own).files()
    (tmp_path / "content/ru/posts/one.md").unlink()
    site = site_of(tmp_path, LONE)
    assert address not in site.files()
    assert "ru/tags/alone/" in read_pages(site)


def test_texts_that_a_feed_falls_back_to_count_as_its_own(tmp_path: Path):
    site = site_of(tmp_path, LONE, FEEDS=FEEDS | {"fallback": {"ru": ["en"]}})
    assert "ru/tags/alone/feed.rss.xml" in offered_feeds(site, "ru/tags/alone/")
    assert len(find(feed_of(site, "ru/tags/alone/feed.rss.xml"), "//item")) == 1


def test_every_feed_is_valid_by_its_schema(own_site: Build):
    for name, data in read_feeds(own_site).items():
        if name.endswith("atom.xml"):
            check_atom(parse_xml(data))
    feeds = read_json_feeds(own_site)
    assert len(feeds) == len(read_feeds(own_site)) / 2
    for feed in feeds.values():
        check_json(feed)


def test_json_feeds_tell_the_same_as_atom(own_site: Build):
    for name, feed in read_json_feeds(own_site).items():
        atom = feed_of(own_site, name.replace("feed.json", "feed.atom.xml"))
        assert address_of(feed["feed_url"]) == name
        assert f"{address_of(feed['home_page_url'])}feed.json" == name
        for key, xpath in [
            ("id", "atom:id/text()"),
            ("title", "atom:title/text()"),
            ("url", 'atom:link[@rel="alternate"]/@href'),
            ("summary", "atom:summary/text()"),
            ("date_published", "atom:published/text()"),
            ("date_modified", "atom:updated/text()"),
        ]:
            assert [item[key] for item in feed["items"]] == find(atom, f"//atom:entry/{xpath}")


def test_opml_lists_exactly_the_feeds_by_language(own_site: Build):
    tree = feed_of(own_site, "feeds.opml")
    assert tree.get("version") == "2.0"
    assert only(tree, "head/title").text
    groups = tree.findall("body/outline")
    assert [group.get("text") for group in groups] == [each["name"] for each in LANGUAGES.values()]
    listed = []
    for group, lang in zip(groups, LANGUAGES, strict=True):
        for outline in group:
            assert outline.get("type") == "rss"
            assert outline.get("text")
            url = address_of(outline.get("xmlUrl"))
            assert url.startswith(f"{lang}/")
            assert address_of(outline.get("htmlUrl")) == url.removesuffix("feed.rss.xml")
            listed.append(url)
    assert len(listed) == len(set(listed))
    assert set(listed) == {name for name in read_feeds(own_site) if name.endswith("rss.xml")}


UNSCALED = [name for name in pelicanconf.PLUGINS if name != "rubric.images"]
"""Without renditions, whose size in bytes is unknown when feeds are written."""


def test_pictures_are_enclosed_with_their_size(tmp_path: Path):
    (tmp_path / "content/images").mkdir(parents=True)
    Image.new("RGB", (8, 8), "teal").save(tmp_path / "content/images/снимок 1.png")
    content = (tmp_path / "content/images/снимок 1.png").read_bytes()
    text = write_text("Post", image="images/снимок 1.png", image_alt='A "door"')
    site = site_of(tmp_path, {"en/posts/p.md": text}, PLUGINS=UNSCALED)
    for ending in ("rss.xml", "atom.xml"):
        (item,) = feedparser.parse(site.files()[f"en/feed.{ending}"]).entries
        (enclosure,) = item.enclosures
        assert site.files()[address_of(enclosure.href)] == content
        assert (enclosure.type, enclosure.length) == ("image/png", str(len(content)))
        (media,) = item.media_content
        assert (media["url"], media["medium"]) == (enclosure.href, "image")
        assert media["filesize"] == str(len(content))
    (told,) = read_json_feeds(site)["en/feed.json"]["items"]
    assert told["image"] == enclosure.href
    assert told["attachments"] == [
        {"url": enclosure.href, "mime_type": "image/png", "size_in_bytes": len(content)}
    ]


def test_feedparser_finds_every_field(tmp_path: Path):
    files = {
        "en/posts/p.md": write_text(
            "Post", "Whole *text*.", tags=["a tag"], authors=["Ann"], summary="Short.",
            modified="2026-11-02 10:00", image="images/p.png", image_alt="P",
        ),
    }  # fmt: skip
    (tmp_path / "content/images").mkdir(parents=True)
    image = tmp_path / "content/images/p.png"
    Image.new("RGB", (8, 8), "teal").save(image)
    site = site_of(tmp_path, files, FEEDS=FEEDS | {"hub": "https://hub.example/"}, PLUGINS=UNSCALED)
    for ending in ("rss.xml", "atom.xml"):
        feed = feedparser.parse(site.files()[f"en/feed.{ending}"])
        assert not feed.bozo
        assert feed.feed.language == "en"
        hubs = [link.href for link in feed.feed.links if link.rel == "hub"]
        assert hubs == ["https://hub.example/"]
        (item,) = feed.entries
        assert item.id == "tag:service-circle.example,2026:en/posts/p"
        assert (item.title, item.summary, item.author) == ("Post", "Short.", "Ann")
        assert "<em>text</em>" in item.content[0].value
        assert item.published_parsed[:5] == (2026, 11, 1, 5, 0)
        assert item.updated_parsed[:5] == (2026, 11, 2, 5, 0)
        assert [tag.term for tag in item.tags] == ["a tag"]
        assert [e.href for e in item.enclosures] == [f"{SITEURL}/images/p.png"]
    told = read_json_feeds(site)["en/feed.json"]
    assert told["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]
    assert told["items"][0]["tags"] == ["a tag"]


# Archives ---------------------------------------------------------------------------------------


def follow(site: Build, name: str) -> list[Any]:
    """The feed and its archive, by the links from one to the next (RFC 5005, 4)."""
    found, later = [feed_of(site, name)], ""
    while older := find(found[-1], './/atom:link[@rel="prev-archive"]/@href'):
        assert len(found) < 100
        here = find(found[-1], './/atom:link[@rel="self"]/@href')
        found.append(feed_of(site, address_of(older[0])))
        assert find(found[-1], './/atom:link[@rel="next-archive"]/@href') == (
            [later] if later else []
        )
        assert [address_of(u) for u in find(found[-1], './/atom:link[@rel="current"]/@href')] == [
            name
        ]
        (later,) = find(found[-1], './/atom:link[@rel="self"]/@href')
        assert later == older[0] != here[0]
    return found


def many(count: int) -> dict[str, str]:
    return {
        f"en/posts/p{n:02}.md": write_text(f"Post {n}", date=f"2026-10-{n:02}", tags=["all"])
        for n in range(1, count + 1)
    }


@pytest.mark.parametrize("ending", ["rss.xml", "atom.xml"])
def test_an_archive_gives_every_post_once_and_never_changes(tmp_path: Path, ending: str):
    settings = FEEDS | {"items": 3, "archive_items": 4}
    pages: dict[str, bytes] = {}
    for count in (5, 7, 11, 16):
        site = site_of(tmp_path / str(count), many(count), FEEDS=settings)
        chain = follow(site, f"en/feed.{ending}")
        assert len(chain) == 1 + archive_pages(count, 3, 4)
        titles = [t for feed in chain for t in find(feed, "//item/title | //atom:entry/atom:title")]
        assert [t.text for t in titles] == [f"Post {n}" for n in range(count, 0, -1)]
        marks = [len(feed.xpath("//*[local-name()='archive']")) for feed in chain]
        assert marks == [0] + [1] * (len(chain) - 1)
        found = {
            name: data
            for name, data in site.files().items()
            if name.startswith("en/feed-") and name.endswith(ending)
        }
        assert len(found) == len(chain) - 1
        # All but the newest, which has got a page after it.
        last = f"en/feed-{len(pages)}.{ending}"
        assert {k: found[k] for k in pages if k != last} == {
            k: v for k, v in pages.items() if k != last
        }
        for name, data in found.items():
            assert not feedparser.parse(data).bozo
            if name in pages:
                ids = [find(parse_xml(d), "//guid/text() | //atom:entry/atom:id/text()")
                       for d in (pages[name], data)]  # fmt: skip
                assert ids[0] == ids[1]
        pages = found
    if ending == "atom.xml":
        for feed in chain:
            check_atom(feed)


# Events -----------------------------------------------------------------------------------------


def test_events_tell_their_time_and_calendar_file(tmp_path: Path):
    site = site_of(tmp_path, {"en/events/meet.md": write_text("Meet", **EVENT)})
    for ending in ("rss.xml", "atom.xml"):
        (item,) = feedparser.parse(site.files()[f"en/events/feed.{ending}"]).entries
        html = item.content[0].value
        assert "Saturday, 5 December 2026" in html
        assert "UTC+05:00" in html
        assert f'href="{SITEURL}/en/events/meet/event.ics"' in html
    assert "en/events/meet/event.ics" in site.files()


def test_a_cancellation_is_an_item_of_its_own(tmp_path: Path):
    before = site_of(tmp_path / "1", {"en/events/meet.md": write_text("Meet", **EVENT)})
    text = write_text("Meet", "It rains.", **EVENT, event_status="cancelled")
    changed = {"modified": "2026-11-20 09:00"}
    text_later = write_text("Meet", "Rain!", **EVENT, event_status="cancelled", **changed)
    after = site_of(tmp_path / "2", {"en/events/meet.md": text_later})
    same = site_of(tmp_path / "3", {"en/events/meet.md": text})
    ids = {}
    for name in ("en/feed", "en/events/feed"):
        for site in (before, after, same):
            items = feedparser.parse(site.files()[f"{name}.rss.xml"]).entries
            ids[site] = [item.id for item in items]
            if site is after:
                assert items[0].published_parsed[:3] == (2026, 11, 20)
                assert items[0].title == "Cancelled: Meet"
                assert "Rain!" in items[0].content[0].value
                assert items[0].link != items[1].link
                assert items[1].published_parsed[:3] == (2026, 11, 1)
        event = "tag:service-circle.example,2026:en/events/meet"
        assert ids[before] == [event]
        assert ids[after] == [f"{event}#cancelled", event]
        assert set(ids[same]) == set(ids[after])


def updated_of(site: Build, name: str) -> dict[str, str]:
    """The `updated` of each entry of an Atom feed, by id."""
    feed = feed_of(site, name)
    ids = find(feed, "//atom:entry/atom:id/text()")
    return dict(zip(ids, find(feed, "//atom:entry/atom:updated/text()"), strict=True))


def test_entries_never_share_updated(tmp_path: Path):
    """Texts of one day or one import, a cancellation and its event; the same in every feed."""
    cancelled = EVENT | {"event_status": "cancelled", "modified": "2026-11-02 10:00"}
    files = {
        "en/posts/a.md": write_text("A", "#all", date="2026-11-02"),
        "en/posts/b.md": write_text("B", "#all", date="2026-11-02"),
        "en/posts/c.md": write_text("C", "#all", date="2026-11-02 00:00:01"),
        "en/posts/d.md": write_text("D", "#all", date="2026-10-01", modified="2026-11-02"),
        "en/posts/e.md": write_text("E", "#all", date="2026-11-01 19:00:02+00:00"),
        "en/events/f.md": write_text("F", "#all", **cancelled),
        "en/events/g.md": write_text("G", "#all", **cancelled),
    }
    site = site_of(tmp_path, files)
    whole = updated_of(site, "en/feed.atom.xml")
    assert len(whole) == 9
    assert len({datetime.fromisoformat(time) for time in whole.values()}) == 9
    for name in ("en/tags/all", "en/events"):
        part = updated_of(site, f"{name}/feed.atom.xml")
        assert part.items() <= whole.items()
        json_feed = read_json_feeds(site)[f"{name}/feed.json"]
        assert {item["id"]: item["date_modified"] for item in json_feed["items"]} == part
        assert find(feed_of(site, f"{name}/feed.rss.xml"), "//item/atom:updated/text()") == [
            *part.values()
        ]
    prefix = "tag:service-circle.example,2026:en/posts/"
    assert [whole[f"{prefix}{name}"] for name in "abc"] == [
        f"2026-11-02T00:00:0{second}+05:00" for second in (0, 1, 3)
    ]
    check_atom(feed_of(site, "en/feed.atom.xml"))


def test_a_later_text_leaves_updated_of_earlier_ones(tmp_path: Path):
    files = {f"en/posts/{n}.md": write_text(n, date="2026-11-02") for n in "ab"}
    before = updated_of(site_of(tmp_path / "1", files), "en/feed.atom.xml")
    later = {"en/posts/c.md": write_text("c", date="2026-11-02"),
             "en/posts/a0.md": write_text("d", date="2026-11-03")}  # fmt: skip
    after = updated_of(site_of(tmp_path / "2", files | later), "en/feed.atom.xml")
    assert before.items() <= after.items()


# Fallback ---------------------------------------------------------------------------------------

ENGLISH = {"en/posts/p.md": write_text("Post"), "en/posts/q.md": write_text("Other")}
RUSSIAN = {"ru/posts/p.md": write_text("Запись", date="2026-11-15")}
RU_FALLBACK = FEEDS | {"fallback": {"ru": ["en"]}}


def test_untranslated_texts_stand_in_feeds_if_asked_for(tmp_path: Path):
    site = site_of(tmp_path, ENGLISH | RUSSIAN, FEEDS=RU_FALLBACK)
    atom, rss = feed_of(site, "ru/feed.atom.xml"), feed_of(site, "ru/feed.rss.xml")
    lang = "@xml:lang"
    assert find(atom, "//atom:entry/atom:title/text()") == ["Запись", "Other"]
    assert [find(e, lang) for e in find(atom, "//atom:entry")] == [[], ["en"]]
    assert [find(e, lang) for e in find(rss, "//item")] == [[], ["en"]]
    assert [i["language"] for i in read_json_feeds(site)["ru/feed.json"]["items"]] == ["ru", "en"]
    check_atom(atom)
    for other in ("en", "zh-hans"):
        assert "Запись" not in site.files()[f"{other}/feed.atom.xml"].decode()


def test_a_translation_that_arrives_is_no_second_item(tmp_path: Path):
    before = site_of(tmp_path / "1", ENGLISH, FEEDS=RU_FALLBACK)
    after = site_of(tmp_path / "2", ENGLISH | RUSSIAN, FEEDS=RU_FALLBACK)
    off = site_of(tmp_path / "3", ENGLISH | RUSSIAN)
    ids = [
        set(find(feed_of(site, "ru/feed.atom.xml"), "//atom:entry/atom:id/text()"))
        for site in (before, after, off)
    ]
    assert ids[0] == ids[1]
    assert ids[2] == {"tag:service-circle.example,2026:ru/posts/p"} < ids[0]


@cases(
    ("changes", "told"),
    [
        ({"fallback": {"ru": ["xx"]}}, "names “xx”"),
        ({"fallback": {"ru": "en"}}, "a list of languages"),
        ({"hub": "hub.example"}, "must look like"),
        ({"items": 0}, "at least 1"),
        ({"archive": 3}, "archive"),
    ],
)
def test_settings_that_cannot_be_used_are_told(changes: dict[str, Any], told: str):
    with pytest.raises(ValueError, match=told):
        Options.from_settings(FEEDS | changes, Languages.from_settings(LANGUAGES))


# newsboat ---------------------------------------------------------------------------------------


@contextmanager
def hosting(folder: Path) -> Iterator[str]:
    """A host of files on this machine; the folder is made if it isn't there."""

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

    folder.mkdir(parents=True, exist_ok=True)
    handler = functools.partial(Handler, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class Newsboat:
    """A reader with its own list of feeds and memory."""

    def __init__(self, folder: Path, *urls: str) -> None:
        folder.mkdir()
        self._home, self.urls = folder, folder / "urls"
        self.urls.write_text("".join(f"{url}\n" for url in urls))
        (folder / "config").write_text("use-proxy no\n")

    def __call__(self, *arguments: str) -> str:
        files = ["-C", "config", "-u", "urls", "-c", "cache.db"]
        run = subprocess.run(
            [str(NEWSBOAT), *files, *arguments],
            cwd=self._home,
            env={"HOME": str(self._home), "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        return run.stdout + run.stderr

    def unread(self) -> int:
        """How many unread items there are after all feeds were asked."""
        return int(self("-x", "reload", "print-unread").split()[0])


needs_newsboat = pytest.mark.skipif(NEWSBOAT is None, reason="newsboat isn't installed")


@needs_newsboat
@pytest.mark.parametrize("ending", ["rss.xml", "atom.xml"])
def test_newsboat_sees_new_posts_and_no_post_twice(tmp_path: Path, ending: str):
    first = {
        "en/posts/p.md": write_text("Before", tags=["one"], slug="before"),
        "en/events/meet.md": write_text("Meet", **EVENT),
    }
    changed = {
        "en/posts/p.md": write_text("After", tags=["two"], slug="after", date="2026-11-03"),
        "en/events/meet.md": write_text("Meet us", **EVENT),
    }
    more = {"en/posts/q.md": write_text("News")}
    cancelled = {"en/events/meet.md": write_text("Meet us", **EVENT, event_status="cancelled")}
    with hosting(tmp_path / "output") as host:
        reader = Newsboat(tmp_path / "reader", f"{host}/en/feed.{ending}")
        counts = []
        for files in (first, first | changed, first | changed | more, changed | more | cancelled):
            site_of(tmp_path, files, SITEURL=host)
            counts.append(reader.unread())
            time.sleep(1)  # HTTP tells when a file was changed to the second
    assert counts == [2, 2, 3, 4]


@needs_newsboat
def test_newsboat_imports_the_list_of_feeds(own_site: Build, tmp_path: Path):
    reader = Newsboat(tmp_path / "reader")
    (tmp_path / "reader/feeds.opml").write_bytes(own_site.files()["feeds.opml"])
    reader("-i", "feeds.opml")
    urls = {line.split()[0] for line in reader.urls.read_text("utf-8").splitlines()}
    rss = {name for name in read_feeds(own_site) if name.endswith("rss.xml")}
    assert {address_of(url) for url in urls} == rss
