"""Feeds: what readers' programs are promised, read back by two of them."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from gettext import NullTranslations
from html import escape, unescape
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker
from lxml import etree

from rubric.feeds.channels import Channel
from rubric.feeds.content import to_feed_html
from rubric.feeds.items import ItemMaker
from rubric.feeds.writing import FeedWriter
from rubric.model.edition import Edition, Listing, TagPage
from rubric.model.entry import Entry
from rubric.model.kinds import POST
from rubric.model.language import Languages
from rubric.model.markup import to_xml_text
from rubric.model.metadata import PostMetadata
from rubric.model.quotation import Quotation
from rubric.model.site import Site
from rubric.model.tag import parse_tag
from tests.building import Build, build, write_site
from tests.cases import cases
from tests.pages import (
    LANGUAGES,
    SITEURL,
    address_of,
    parse_html,
    parse_xml,
    read_feeds,
    read_json_feeds,
    read_pages,
    write_text,
)

NAMES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
}
TYPES = {"feed.rss.xml": "application/rss+xml", "feed.atom.xml": "application/atom+xml"}
TYPES["feed.json"] = "application/feed+json"
OFFERED = (
    '//link[@rel="alternate"]'
    '[@type="application/rss+xml" or @type="application/atom+xml" or @type="application/feed+json"]'
)
SCHEMAS = Path(__file__).parent / "schemas"
ATOM = etree.RelaxNG(etree.parse(SCHEMAS / "atom.rng"))
JSON_FEED = Draft202012Validator(
    json.loads((SCHEMAS / "jsonfeed-1.1.schema.json").read_text("utf-8")),
    format_checker=FormatChecker(),
)


def find(tree: Any, xpath: str) -> list[Any]:
    found: list[Any] = tree.xpath(xpath, namespaces=NAMES)
    return found


def only(tree: Any, xpath: str) -> Any:
    found = find(tree, xpath)
    assert len(found) == 1, f"{len(found)} × {xpath}"
    return found[0]


def check_atom(tree: Any) -> None:
    ATOM.assertValid(tree)


def check_json(feed: dict[str, Any]) -> None:
    JSON_FEED.validate(feed)


def feeds_of(site: Build, ending: str) -> dict[str, Any]:
    """Every feed of one format, as a tree, by the address of the page it belongs to."""
    return {
        name.removesuffix(ending): parse_xml(data)
        for name, data in read_feeds(site).items()
        if name.endswith(ending)
    }


@pytest.fixture(scope="module")
def empty_site(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """A site without a single text."""
    folder = tmp_path_factory.mktemp("empty")
    (folder / "content").mkdir()
    site = build(folder / "content", folder / "output")
    assert site.status == 0, site.told
    return site


@pytest.fixture(params=["own", "empty"])
def any_site(request: pytest.FixtureRequest, own_site: Build, empty_site: Build) -> Build:
    return own_site if request.param == "own" else empty_site


def test_every_feed_parses(any_site: Build):
    feeds = read_feeds(any_site)
    assert len(feeds) >= 2 * len(LANGUAGES)
    for name, data in feeds.items():
        parsed = feedparser.parse(data, sanitize_html=False)
        assert not parsed.bozo, f"{name}: {parsed.get('bozo_exception')}"
        assert parsed.version == ("rss20" if "rss" in name else "atom10")
        assert len(parsed.entries) == len(find(parse_xml(data), "//item | //atom:entry")), name


def test_every_page_offers_exactly_the_feeds_there_are(any_site: Build):
    offered = set()
    for page in read_pages(any_site).values():
        for link in page.find(OFFERED):
            address = address_of(link.get("href"))
            assert link.get("type") == TYPES[address.rpartition("/")[2]]
            assert link.get("title").strip()
            offered.add(address)
    assert offered == {*read_feeds(any_site), *read_json_feeds(any_site)}


def test_pages_offer_their_own_feed_first(own_site: Build):
    feeds = {name.rpartition("/")[0] + "/" for name in read_feeds(own_site)}
    for page in read_pages(own_site).values():
        links = page.links(OFFERED)
        if page.address in feeds:
            assert links[:2] == [f"{page.address}feed.rss.xml", f"{page.address}feed.atom.xml"]
        home = f"{page.lang or 'en'}/"
        assert {f"{home}feed.rss.xml", f"{home}feed.atom.xml"} <= set(links), page.address


def test_atom_feeds_have_what_the_standard_requires(any_site: Build):
    """RFC 4287, 4.1.1 and 4.1.2."""
    for home, feed in feeds_of(any_site, "feed.atom.xml").items():
        for name in ("id", "title", "updated", "author"):
            assert only(feed, f"/atom:feed/atom:{name}") is not None, home
        assert feed.get("{http://www.w3.org/XML/1998/namespace}lang")
        self_link = only(feed, '/atom:feed/atom:link[@rel="self"]')
        assert self_link.get("href") == f"{SITEURL}/{quote(home)}feed.atom.xml"
        assert self_link.get("type") == "application/atom+xml"
        page = only(feed, '/atom:feed/atom:link[@rel="alternate"]')
        assert address_of(page.get("href")) == home
        for entry in find(feed, "//atom:entry"):
            for name in ("id", "title", "updated", "published", "summary", "content"):
                assert only(entry, f"atom:{name}") is not None
            assert find(entry, "atom:author/atom:name/text()") or find(
                feed, "/atom:feed/atom:author/atom:name/text()"
            )
            # A link without a relation is an alternate one (RFC 4287, 4.2.7.2).
            page = only(entry, 'atom:link[not(@rel) or @rel="alternate"]')
            assert page.get("href").startswith(f"{SITEURL}/")
            assert only(entry, "atom:content").get("type") == "html"


def test_rss_feeds_have_what_the_profile_requires(any_site: Build):
    """RSS 2.0 and the RSS Advisory Board's best-practices profile."""
    for home, feed in feeds_of(any_site, "feed.rss.xml").items():
        assert feed.get("version") == "2.0"
        lang = home.partition("/")[0]
        assert only(feed, "channel/title").text
        assert only(feed, "channel/description").text
        assert only(feed, "channel/language").text == LANGUAGES[lang]["tag"]
        assert only(feed, "channel/link").text == f"{SITEURL}/{quote(home)}"
        assert parsedate_to_datetime(only(feed, "channel/lastBuildDate").text).tzinfo
        self_link = only(feed, 'channel/atom:link[@rel="self"]')
        assert self_link.get("href") == f"{SITEURL}/{quote(home)}feed.rss.xml"
        assert self_link.get("type") == "application/rss+xml"
        for item in find(feed, "//item"):
            assert only(item, "title").text
            assert only(item, "link").text.startswith(f"{SITEURL}/{lang}/")
            assert only(item, "description").text
            assert only(item, "content:encoded").text
            assert only(item, "guid").get("isPermaLink") == "false"
            assert parsedate_to_datetime(only(item, "pubDate").text).tzinfo
            assert find(item, "author") == [], "an RSS author is an e-mail address"


def test_channels_lead_to_the_page_they_belong_to(any_site: Build):
    pages = read_pages(any_site)
    for home in feeds_of(any_site, "feed.rss.xml"):
        assert home in pages
    for lang in LANGUAGES:
        feed = feeds_of(any_site, "feed.rss.xml")[f"{lang}/"]
        assert address_of(only(feed, "channel/link").text) == f"{lang}/"


def test_authors_are_named_in_both_formats(own_site: Build):
    atom = feeds_of(own_site, "feed.atom.xml")["ru/"]
    rss = feeds_of(own_site, "feed.rss.xml")["ru/"]
    names = find(rss, "//item/dc:creator/text()")
    assert "Айгерим Садыкова" in names
    assert names == find(atom, "//atom:entry/atom:author/atom:name/text()")


def test_ids_are_unique_over_all_feeds(any_site: Build):
    feeds = feeds_of(any_site, "feed.atom.xml").values()
    ids = Counter(only(feed, "/atom:feed/atom:id").text for feed in feeds)
    assert set(ids.values()) == {1}
    entries: dict[str, str] = {}
    for feed in feeds:
        own = find(feed, "//atom:entry/atom:id/text()")
        assert len(own) == len(set(own))
        for entry in find(feed, "//atom:entry"):
            link = only(entry, 'atom:link[@rel="alternate"]').get("href")
            id = only(entry, "atom:id").text
            assert entries.setdefault(id, link) == link
            assert id not in ids
    assert len(set(entries.values())) == len(entries)


def test_ids_are_tag_uris(any_site: Build):
    """RFC 4151: authority and date, then what is specific; plain ASCII."""
    for feed in feeds_of(any_site, "feed.atom.xml").values():
        for id in find(feed, "//atom:id/text()"):
            assert re.fullmatch(r"tag:service-circle\.example,2026:[\x21-\x7e]+", id)


def test_both_formats_tell_the_same(own_site: Build):
    atom_feeds = feeds_of(own_site, "feed.atom.xml")
    for home, rss in feeds_of(own_site, "feed.rss.xml").items():
        atom = atom_feeds[home]
        for ours, theirs in [
            ("title", "atom:title"),
            ("guid", "atom:id"),
            ("content:encoded", "atom:content"),
        ]:
            expected = find(atom, f"//atom:entry/{theirs}/text()")
            assert find(rss, f"//item/{ours}/text()") == expected, home
        # A description is HTML, a summary plain text.
        descriptions = [unescape(text) for text in find(rss, "//item/description/text()")]
        assert descriptions == find(atom, "//atom:entry/atom:summary/text()"), home


def test_a_feed_is_as_new_as_its_newest_item(own_site: Build):
    for feed in feeds_of(own_site, "feed.atom.xml").values():
        times = [datetime.fromisoformat(t) for t in find(feed, "//atom:entry/atom:updated/text()")]
        if times:
            updated = datetime.fromisoformat(only(feed, "/atom:feed/atom:updated").text)
            assert updated == max(times)
    for feed in feeds_of(own_site, "feed.rss.xml").values():
        times = [parsedate_to_datetime(t) for t in find(feed, "//item/pubDate/text()")]
        if times:
            updated = parsedate_to_datetime(only(feed, "channel/lastBuildDate").text)
            assert updated >= max(times)
            assert times == sorted(times, reverse=True)


def test_an_empty_feed_is_not_dated_by_the_clock(empty_site: Build, tmp_path):
    (tmp_path / "content").mkdir()
    later = build(tmp_path / "content", tmp_path / "output", now=1_900_000_000)
    assert read_feeds(later) == read_feeds(empty_site)


def test_content_links_are_absolute(own_site: Build):
    for name, data in read_feeds(own_site).items():
        for text in find(parse_xml(data), "//content:encoded/text() | //atom:content/text()"):
            assert "{filename}" not in text
            assert "{static}" not in text
            assert "{tag}" not in text
            for link in parse_html(f"<div>{text}</div>").xpath("//@href | //@src | //@poster"):
                assert re.match(r"https?://|mailto:|tel:", link), f"{name}: {link}"


def test_content_links_within_the_site_lead_to_pages(own_site: Build):
    there = {*read_pages(own_site), *own_site.files()}
    seen = set()
    for data in read_feeds(own_site).values():
        for text in find(parse_xml(data), "//content:encoded/text()"):
            for link in parse_html(f"<div>{text}</div>").xpath("//a/@href"):
                if link.startswith(SITEURL):
                    assert address_of(link) in there
                    seen.add(link)
    assert seen


def test_feeds_hold_whole_texts(own_site: Build):
    feed = feeds_of(own_site, "feed.rss.xml")["en/"]
    for item in find(feed, "//item"):
        page = read_pages(own_site)[address_of(only(item, "link").text)]
        body = page.find('//article//*[@class="prose"]')
        content = parse_html(f"<div>{only(item, 'content:encoded').text}</div>")
        for text in page.texts('//article//*[@class="prose"]/p') if body else []:
            assert text in " ".join(content.text_content().split())


def test_feeds_hold_own_texts_alone(own_site: Build):
    for home, feed in feeds_of(own_site, "feed.rss.xml").items():
        links = find(feed, "//item/link/text()")
        assert {address_of(link).partition("/")[0] for link in links} <= {home.partition("/")[0]}


def test_a_feed_holds_as_many_items_as_set(tmp_path):
    files = {
        f"en/posts/p{day}.md": write_text(f"Post {day}", date=f"2026-10-0{day}", tags=["all"])
        for day in range(1, 8)
    }
    settings = {"authority": "example.org", "since": "2025-03", "items": 3, "archive_items": 0}
    site = build(write_site(tmp_path, files), tmp_path / "output", FEEDS=settings)
    for home in ("en/", "en/tags/all/"):
        feed = feeds_of(site, "feed.rss.xml")[home]
        assert find(feed, "//item/title/text()") == ["Post 7", "Post 6", "Post 5"]
        assert find(feed, "//item/guid/text()")[0] == "tag:example.org,2025-03:en/posts/p7"


def test_a_changed_text_dates_its_feed(tmp_path):
    files = {
        "en/posts/a.md": write_text("A", date="2026-10-01", modified="2026-11-05 12:00"),
        "en/posts/b.md": write_text("B", date="2026-10-02"),
    }
    site = build(write_site(tmp_path, files), tmp_path / "output")
    feed = feeds_of(site, "feed.atom.xml")["en/"]
    assert only(feed, "/atom:feed/atom:updated").text == "2026-11-05T12:00:00+05:00"
    assert find(feed, "//atom:published/text()")[1] == "2026-10-01T00:00:00+05:00"


BEFORE: dict[str, Any] = {"title": "Before", "tags": ["one"], "slug": "before"}


@pytest.mark.parametrize(
    ("name", "after"),
    [
        ("posts/p.md", BEFORE | {"title": "After"}),
        ("posts/p.md", BEFORE | {"tags": ["two", "three"]}),
        ("posts/p.md", BEFORE | {"slug": "after"}),
        ("posts/p.md", BEFORE | {"date": "2026-10-10"}),
        ("posts/2026/q.md", BEFORE | {"translation_key": "posts/p"}),
    ],
    ids=["retitle", "retag", "readdress", "redate", "move"],
)
def test_a_changed_post_is_the_same_to_feed_readers(tmp_path, name: str, after: dict[str, Any]):
    """Its id stays, so that nobody is shown it twice."""
    first = build(
        write_site(tmp_path / "first", {"en/posts/p.md": write_text(**BEFORE)}),
        tmp_path / "first" / "output",
    )
    second = build(
        write_site(tmp_path / "second", {f"en/{name}": write_text(**after)}),
        tmp_path / "second" / "output",
    )
    for ending, xpath in [
        ("feed.rss.xml", "//item/guid"),
        ("feed.atom.xml", "//atom:entry/atom:id"),
    ]:
        ids = [only(feeds_of(site, ending)["en/"], xpath).text for site in (first, second)]
        assert ids[0] == ids[1] == "tag:service-circle.example,2026:en/posts/p"


def test_ids_survive_a_change_of_domain(tmp_path):
    content = write_site(tmp_path, {"en/posts/p.md": write_text("Post")})
    sites = [
        build(content, tmp_path / str(number), SITEURL=url)
        for number, url in enumerate(["https://old.example", "https://new.example/blog"])
    ]
    ids = [find(feeds_of(site, "feed.atom.xml")["en/"], "//atom:id/text()") for site in sites]
    assert ids[0] == ids[1]
    assert len(ids[0]) == 2


# Nasty texts ------------------------------------------------------------------------------

NASTY = st.lists(
    st.one_of(
        st.sampled_from(
            [
                "]]>",
                "<![CDATA[",
                "</script>",
                "<script>alert(1)</script>",
                "<!--",
                "--!>",
                "&",
                "&amp;",
                "&#0;",
                "&nbsp;",
                "<?xml?>",
                "\x00",
                "\x0b",
                "\x1b",
                "\x7f",
                "\x85",
                "\u2028",
                "\u200f",
                "\u202eevil\u202c",
                "\u2066",
                "\ufeff",
                "\ufffe",
                "\uffff",
                "\U0001ffff",
                "\ud800",
                "👩🏽‍💻",
                "🏳️‍🌈",
                "🇰🇿",
                "שלום",
                "\r\n",
                "\t",
                "𠮷",
                "é",
            ]
        ),
        st.text(st.characters(), max_size=5),
    ),
    max_size=8,
).map("".join)


def make_site(url: str = SITEURL) -> Site:
    zone = ZoneInfo("Asia/Almaty")
    now = datetime(2026, 11, 22, tzinfo=zone)
    return Site(url=url, zone=zone, now=now, languages=Languages.from_settings(LANGUAGES))


def make_entry(title: str, body: str, **fields: Any) -> Entry:
    return Entry(
        kind=POST,
        lang="en",
        key="posts/p",
        source="en/posts/p.md",
        slug="p",
        url="en/p/",
        status="published",
        title=title,
        metadata=PostMetadata.model_construct(title="-", authors=fields.pop("authors", ())),
        html=body,
        date=datetime(2026, 11, 1, tzinfo=ZoneInfo("Asia/Almaty")),
        **fields,
    )


def write_feeds(site: Site, entry: Entry) -> dict[str, Any]:
    """The two feeds of a channel of one entry, parsed."""
    catalogue = NullTranslations()
    edition = Edition(site.languages["en"], catalogue.gettext, catalogue.ngettext)
    for tag in entry.tags:
        label = tag.spelling
        edition.tags[tag.identity] = TagPage(tag, "en", label, "", None, [])
    channel = Channel(edition, "en/", entry.title, entry.title, [Listing(entry, "en", entry.url)])
    maker = ItemMaker(site, "example.org", "2026", lambda edition, entry: "", lambda url: None)
    writer = FeedWriter(maker, 20)
    feeds = {name: writer.write(form, shown) for name, form, shown in writer.plan(channel)}
    told = json.loads(feeds.pop("en/feed.json"))
    check_json(told)
    assert told["items"][0]["content_html"] == to_feed_html(site, entry)
    assert not any(feedparser.parse(data).bozo for data in feeds.values())
    trees = {name.removeprefix("en/feed."): parse_xml(data) for name, data in feeds.items()}
    check_atom(trees["atom.xml"])
    return trees


def lines(text: str) -> str:
    """XML reads every line end as `\\n` (XML 1.0, 2.11)."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


@given(title=NASTY, summary=NASTY, body=NASTY, name=NASTY, word=NASTY)
def test_any_text_survives_a_feed(title: str, summary: str, body: str, name: str, word: str):
    """All that XML can hold comes back as it was; what it can't hold is left out."""
    entry = make_entry(
        f"T{title}",
        f"<p>{body}</p>",
        summary=f"S{summary}",
        authors=(f"N{name}",),
        tags=(parse_tag(f"w{word}"),),
    )
    feeds = write_feeds(make_site(), entry)
    title, html = to_xml_text(entry.title), to_xml_text(entry.body)
    rss = only(feeds["rss.xml"], "//item")
    assert lines(only(rss, "title").text) == lines(title)
    assert lines(only(rss, "content:encoded").text) == lines(html)
    creator = only(rss, "dc:creator").text
    assert " ".join(creator.split()) == " ".join(to_xml_text(entry.metadata.authors[0]).split())
    atom = only(feeds["atom.xml"], "//atom:entry")
    assert lines(only(atom, "atom:title").text) == lines(title)
    assert lines(only(atom, "atom:content").text) == lines(html)
    assert lines(only(atom, "atom:summary").text) == lines(to_xml_text(entry.summary))
    assert only(atom, "atom:category") is not None


@given(title=st.sampled_from(["", " ", "\x00", "\u200f", "\ufeff\t"]), summary=NASTY)
def test_an_empty_title_is_told_by_something_else(title: str, summary: str):
    feeds = write_feeds(make_site(), make_entry(title, "", summary=summary))
    for tree, xpath in (
        (feeds["rss.xml"], "//item/title"),
        (feeds["atom.xml"], "//atom:entry/atom:title"),
    ):
        assert only(tree, xpath).text


@given(
    moment=st.datetimes(
        min_value=datetime(1000, 1, 1),  # noqa: DTZ001 (naive on purpose)
        timezones=st.one_of(
            st.none(), st.sampled_from([ZoneInfo("Asia/Almaty"), ZoneInfo("Europe/Amsterdam")])
        ),
    ).filter(lambda moment: 1000 < moment.year < 9998)
)
def test_any_date_is_valid(moment: datetime):
    """Also one without a zone, and local mean times with seconds in their offset."""
    entry = make_entry("T", "<p>Text.</p>", summary="S")
    entry.date = moment
    feeds = write_feeds(make_site(), entry)
    zoned = moment if moment.tzinfo else moment.replace(tzinfo=make_site().zone)
    # By UTC: times that clocks skip or show twice are equal to none of another zone.
    instant = zoned.replace(microsecond=0).astimezone(UTC)
    atom = only(feeds["atom.xml"], "//atom:entry/atom:published").text
    rss = only(feeds["rss.xml"], "//item/pubDate").text
    assert datetime.fromisoformat(atom).astimezone(UTC) == instant
    assert parsedate_to_datetime(rss).astimezone(UTC) == instant


@given(address=NASTY)
def test_any_address_of_a_picture_leaves_feeds_valid(address: str):
    body = f'<p><img src="{escape(address)}"></p>'
    write_feeds(make_site(), make_entry("T", body, summary="S"))


@cases(
    ("address", "whole"),
    [
        ("a.png", "/en/p/a.png"),
        ("../a.png", "/en/a.png"),
        ("./i/a.png?x=1&amp;y=2", "/en/p/i/a.png?x=1&amp;y=2"),
        ("", "/en/p/"),
    ],
)
def test_a_relative_picture_gets_a_whole_address(address: str, whole: str):
    html = to_feed_html(make_site("https://e.org"), make_entry("T", f'<img src="{address}">'))
    assert html == f'<img src="https://e.org{whole}">'


def test_a_huge_post_is_whole_in_every_feed():
    body = "<p>" + "a ]]> 👩🏽‍💻 \u202e&amp; </p><p>" * 60_000 + "</p>"
    feeds = write_feeds(make_site(), make_entry("T", body, summary="S"))
    assert len(body.encode()) > 2_000_000
    assert only(feeds["rss.xml"], "//item/content:encoded").text == body
    assert only(feeds["atom.xml"], "//atom:entry/atom:content").text == body


@given(text=NASTY, by=NASTY, source=NASTY)
def test_a_quotation_comes_back_from_feed_html_as_text(text: str, by: str, source: str):
    quotation = Quotation(text=f"Q{text}", by=f"B{by}", source=f"S{source}")
    html = to_feed_html(make_site(), make_entry("T", "", quotation=quotation))
    tree = parse_html(f"<div>{html}</div>")
    assert [el.tag for el in tree.xpath("//div//*") if el.tag not in ("blockquote", "p")] == []
    assert html.count("<blockquote>") == 1


@given(text=st.text(st.characters()))
def test_text_for_xml_keeps_everything_xml_can_hold(text: str):
    kept = to_xml_text(text)
    assert to_xml_text(kept) == kept
    parse_xml(f"<a>{kept.replace('&', '').replace('<', '').replace(']]>', '')}</a>".encode())
    dropped = set(text) - set(kept)
    assert all(
        ord(c) < 0x20 or 0xD800 <= ord(c) <= 0xDFFF or ord(c) in (0xFFFE, 0xFFFF) for c in dropped
    )


@cases("url", ["https://example.org", "https://example.org/blog"])
def test_links_of_a_feed_are_widened_once(url: str):
    base = url.removeprefix("https://example.org")
    body = (
        f'<p><a href="{base}/en/q/">q</a> <a href="#here">h</a> <img src="{base}/images/a.png">'
        '<a href="https://other.example/">o</a> <a href="mailto:a@example.org">m</a></p>'
    )
    html = to_feed_html(make_site(url), make_entry("T", body))
    assert parse_html(html).xpath("//@href | //@src") == [
        f"{url}/en/q/",
        f"{url}/en/p/#here",
        f"{url}/images/a.png",
        "https://other.example/",
        "mailto:a@example.org",
    ]


def test_a_code_sample_of_a_link_stays_as_written():
    """Quotes aren't escaped in text, so an attribute in a sample looks like a real one."""
    html = to_feed_html(make_site(), make_entry("T", '<p><code>href="/en/"</code></p>'))
    assert html == '<p><code>href="/en/"</code></p>'


def test_feeds_are_written_by_no_clock(tmp_path: Path):
    content = write_site(tmp_path, {"en/posts/p.md": write_text("Post")})
    first = build(content, tmp_path / "first")
    second = build(content, tmp_path / "second", now=1_900_000_000)
    assert read_feeds(first) == read_feeds(second)
