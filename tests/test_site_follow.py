"""FAQ pages and the page of ways to follow, as a build writes them."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import feedparser

from tests.building import SITE, Build, build, write_site
from tests.cases import cases
from tests.pages import LANGUAGES, SITEURL, languages, parse_xml, read_feeds, read_pages, write_text
from tools.new import write_new

ONE = languages()
ONE = {"en": {**ONE["en"], "chain": []}}
FAQ = "## When do you meet? {#meet}\n\nOn Mondays, [ask](contact.md) & come.\n\n## Who?\n\nYou."


@cases("lang", LANGUAGES)
def test_each_question_is_told_linked_and_described(own_site: Build, lang: str) -> None:
    page = read_pages(own_site)[f"{lang}/faq/"]
    ids = [heading.get("id") for heading in page.find("//h2[@class='question']")]
    assert len(ids) > 5
    assert [a.get("href") for a in page.find("//nav[@class='faq-contents']//a")] == [
        f"#{id}" for id in ids
    ]
    anchors = page.find("//a[@class='question-link']")
    assert all(a.get("href") == f"#{id}" for a, id in zip(anchors, ids, strict=True))
    assert len({a.get("aria-label") for a in anchors}) == len(ids)
    (data,) = [each for each in page.structured if each["@type"] == "FAQPage"]
    assert [urlsplit(each["url"]).fragment for each in data["mainEntity"]] == ids
    for question in data["mainEntity"]:
        assert question["name"] in page.tree.text_content()
        assert 'href="/' not in question["acceptedAnswer"]["text"]
    assert not page.find("//main//details")


@cases("lang", LANGUAGES)
def test_the_same_questions_have_the_same_ids_in_every_language(own_site: Build, lang: str) -> None:
    ids = "//h2[@class='question']/@id"
    pages = read_pages(own_site)
    assert pages[f"{lang}/faq/"].find(ids) == pages["en/faq/"].find(ids)


def test_a_faq_is_in_no_feed_and_no_list_and_shows_its_change_alone(site_folder: Path) -> None:
    contact = write_text("Contact", "Write.")
    faq = write_text("Questions", FAQ, kind="faq", modified="2026-11-10", tags=["meetings"])
    old = write_text("Old news", date="2023-11-05", tags=["meetings"])
    aged = write_text("Kept news", date="2023-11-05", modified="2026-01-05")
    files = {"pages/contact": contact, "pages/faq": faq, "posts/old": old, "posts/kept": aged}
    content = write_site(site_folder, {f"en/{name}.md": text for name, text in files.items()})
    site = build(content, site_folder / "output", LANGUAGES=ONE)
    assert site.status == 0, site.told
    pages = read_pages(site)
    page = pages["en/faq/"]
    assert [time.get("datetime")[:10] for time in page.find("//main//time")] == ["2026-11-10"]
    assert not any(b"en/faq/" in feed for feed in read_feeds(site).values())
    assert "/en/faq/" not in str([a.get("href") for a in pages["en/archive/"].find("//main//a")])
    (data,) = [each for each in page.structured if each["@type"] == "FAQPage"]
    assert (
        f'{SITEURL}/en/contact/">ask</a> &amp; come'
        in (data["mainEntity"][0]["acceptedAnswer"]["text"])
    )
    (note,) = pages["en/old/"].texts("//p[@class='notice']")
    assert note.startswith("Written in November 2023;")
    assert pages["en/old/"].links("//p[@class='notice']/a") == ["en/faq/"]
    assert pages["en/kept/"].texts("//p[@class='notice']") == []


def test_a_new_faq_builds_as_it_is(site_folder: Path) -> None:
    from datetime import UTC, datetime

    content = write_site(site_folder, {"en/posts/a.md": write_text("A")})
    path = write_new(content, "faq", "en", "Questions", datetime(2026, 11, 1, tzinfo=UTC))
    assert path == content / "en/pages/questions.md"
    site = build(content, site_folder / "output", LANGUAGES=ONE)
    assert site.status == 0, site.told
    assert read_pages(site)["en/drafts/pages/questions/"].find("//h2/@id") == ["a-question"]


@cases("lang", LANGUAGES)
def test_the_follow_page_leads_to_every_kind_of_feed(own_site: Build, lang: str) -> None:
    page = read_pages(own_site)[f"{lang}/follow/"]
    files = own_site.files()
    feeds = page.links("//main//a[@type]")
    assert feeds
    assert [feed for feed in feeds if feed not in files] == []
    assert len(feeds) == len(set(feeds))
    folders = {feed.rpartition("/")[0].partition("/")[2].partition("/")[0] for feed in feeds}
    assert {"", "tags", "authors", "groups", "newsletter"} <= folders
    calendars = page.find("//main//a[starts-with(@href, 'webcal:')]")
    assert len(calendars) == len(
        page.find("//section[@aria-labelledby='meetups']//li/a[@download]")
    )
    assert len(calendars) > 2
    labels = [a.get("aria-label") for a in page.find("//main//a[@type]")]
    assert len(set(labels)) == len(labels)


@cases("lang", LANGUAGES)
def test_the_follow_page_is_found_from_every_page(own_site: Build, lang: str) -> None:
    for address, page in read_pages(own_site).items():
        if page.lang == lang and page.find("//footer"):
            assert f"{lang}/follow/" in page.links("//footer//a"), address


def test_a_follow_page_of_many_tags_stays_small(site_folder: Path) -> None:
    """The most used tags are named, the others stand behind the topics."""
    posts = {
        f"en/posts/p{n}.md": write_text(f"Post {n}", tags=[f"tag{n}", "often", f"t{n % 7}"])
        for n in range(150)
    }
    channel = "https://t.me/example"
    site = build(
        write_site(site_folder, posts),
        site_folder / "output",
        LANGUAGES=ONE,
        FOLLOW={"telegram": {"en": channel}},
    )
    assert site.status == 0, site.told
    page = read_pages(site)["en/follow/"]
    topics = page.texts("//section[@aria-labelledby='tags']/ul/li/a[1]")
    assert len(topics) == 12
    assert {"#often", "#t0", "#t6"} <= set(topics)
    assert "en/tags/" in page.links("//section[@aria-labelledby='tags']//p/a")
    assert [a.get("href") for a in page.find("//section[@aria-labelledby='telegram']//a")] == [
        channel
    ]
    assets = [*page.find("//link[@rel='stylesheet']/@href"), *page.find("//script/@src")]
    written = site.files()
    size = len(written["en/follow/index.html"]) + sum(len(written[a.lstrip("/")]) for a in assets)
    assert size <= 60_000


def test_telegram_is_not_told_where_there_is_none(own_site: Build) -> None:
    assert not read_pages(own_site)["en/follow/"].find("//*[@id='telegram']")


def test_every_xml_feed_names_a_sheet_that_is_there(own_site: Build) -> None:
    written = own_site.files()
    feeds = {name: data for name, data in read_feeds(own_site).items() if "feed." in name}
    assert len(feeds) > 50
    for name, data in feeds.items():
        instruction = parse_xml(data).getprevious()
        assert instruction.target == "xml-stylesheet", name
        assert instruction.get("type") == "text/css"
        sheet = instruction.get("href").lstrip("/")
        assert sheet in written
        assert f"feed-{name.partition('/')[0]}." in sheet
        assert not feedparser.parse(data).bozo, name


def test_addresses_of_the_theme_are_below_the_site_s_path(site_folder: Path) -> None:
    content = write_site(site_folder, {"en/posts/a.md": write_text("A")})
    site = build(content, site_folder / "out", LANGUAGES=ONE, SITEURL="https://example.org/blog")
    assert site.status == 0, site.told
    href = parse_xml(site.files()["en/feed.rss.xml"]).getprevious().get("href")
    assert href.removeprefix("/blog/") in site.files()


def test_the_project_s_own_faq_exists_in_every_language() -> None:
    assert all((SITE / f"{lang}/pages/faq.md").is_file() for lang in LANGUAGES)
