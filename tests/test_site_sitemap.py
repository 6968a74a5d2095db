"""Sitemaps: valid, and the same as what a crawl of the pages finds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from urllib.robotparser import RobotFileParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from rubric.sitemap.sitemap import Url, split
from tests.building import ROOT, Build, build, write_site
from tests.pages import SITEURL, Page, address_of, parse_xml, read_pages, write_text

NAMES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


def schema(name: str) -> Any:
    return etree.XMLSchema(etree.parse(ROOT / "tests" / "schemas" / f"{name}.xsd"))


def urls_in(content: bytes) -> Iterator[tuple[str, str | None, list[tuple[str, str]]]]:
    """Address, lastmod and alternates of each page a valid sitemap tells."""
    tree = parse_xml(content)
    schema("sitemap").assertValid(tree)
    for url in tree.findall("s:url", NAMES):
        links = url.findall("x:link", NAMES)
        assert {link.get("rel") for link in links} <= {"alternate"}
        alternates = [(link.get("hreflang"), link.get("href")) for link in links]
        yield url.findtext("s:loc", None, NAMES), url.findtext("s:lastmod", None, NAMES), alternates


def to_be_found(page: Page) -> bool:
    return page.is_indexed and page.canonical == page.address


def test_the_sitemap_tells_the_pages_that_a_crawl_finds(own_site: Build):
    told = {
        address_of(address): alternates
        for address, _, alternates in urls_in(own_site.files()["sitemap.xml"])
    }
    crawled = {
        address: page.alternates
        for address, page in read_pages(own_site).items()
        if to_be_found(page)
    }
    assert told == crawled
    assert any(told.values())
    assert "404.html" not in told


def test_addresses_are_those_of_canonical_links(own_site: Build):
    canonical = {
        page.one('//link[@rel="canonical"]/@href')
        for page in read_pages(own_site).values()
        if to_be_found(page)
    }
    told = [address for address, _, _ in urls_in(own_site.files()["sitemap.xml"])]
    assert set(told) == canonical
    assert told == sorted(told)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Pages of every kind that a sitemap leaves out, and enough others to be split at 10."""
    files = {
        f"en/posts/{n:02}.md": write_text(f"Text {n}", "Text. #many", date=f"2026-10-{n:02} 10:00")
        for n in range(1, 13)
    }
    files |= {
        "en/posts/draft.md": write_text("Draft", status="draft"),
        "en/posts/hidden.md": write_text("Hidden", status="hidden"),
        "en/posts/tomorrow.md": write_text("Tomorrow", date="2030-01-01 10:00"),
        "en/posts/moved.md": write_text("Moved", aliases=["/en/was-here/"]),
        "en/posts/edited.md": write_text(
            "Edited", "Text. #one", date="2026-01-01", modified="2026-11-20 08:15"
        ),
        "ru/posts/услуги.md": write_text("Услуги & «сервис»", "Текст. #many", slug="услуги"),
        "en/pages/about.md": "---\ntitle: About\n---\nText.\n",
    }
    folder = tmp_path_factory.mktemp("sitemap")
    result = build(write_site(folder, files), folder / "output", SITEMAPS={"max_urls": 10})
    assert result.status == 0, result.told
    return result


@pytest.fixture(scope="module")
def told(site: Build) -> dict[str, str | None]:
    """lastmod by address, gathered from the index as a search engine does."""
    index = parse_xml(site.files()["sitemap.xml"])
    schema("siteindex").assertValid(index)
    found: dict[str, str | None] = {}
    for part in index.findall("s:sitemap", NAMES):
        name = address_of(part.findtext("s:loc", None, NAMES))
        urls = list(urls_in(site.files()[name]))
        assert 0 < len(urls) <= 10
        newest = max(filter(None, (changed for _, changed, _ in urls)), default=None)
        assert part.findtext("s:lastmod", None, NAMES) == newest
        found |= {address_of(address): changed for address, changed, _ in urls}
    return found


def test_many_pages_are_split_and_none_is_lost(site: Build, told: dict[str, str | None]):
    crawled = {address for address, page in read_pages(site).items() if to_be_found(page)}
    assert set(told) == crawled
    assert sum(name.startswith("sitemap-") for name in site.files()) == -(-len(told) // 10)


def test_what_is_not_to_be_found_is_not_told(site: Build, told: dict[str, str | None]):
    pages = read_pages(site)
    titles = {"Draft", "Hidden", "Tomorrow", "Page not found"}
    left_out = [a for a, page in pages.items() if titles & set(page.texts("//h1"))]
    assert len(left_out) >= len(titles)
    for address in (*left_out, "en/was-here/"):
        assert address in pages
        assert address not in told
    # The full fallback of zh-hant has pages of its own, which stand in for English ones.
    fallbacks = [a for a in pages if a.startswith("zh-hant/") and pages[a].is_fallback]
    assert fallbacks
    assert not told.keys() & set(fallbacks)


def test_lastmod_is_the_newest_of_what_a_page_shows(told: dict[str, str | None]):
    assert told["en/05/"] == "2026-10-05T10:00:00+05:00"
    assert told["en/edited/"] == told["en/tags/one/"] == "2026-11-20T08:15:00+05:00"
    assert told["en/archive/2026/"] == told[""] == "2026-11-20T08:15:00+05:00"
    # The edited text is too old for home.
    assert told["en/"] == "2026-11-01T10:00:00+05:00"
    assert told["ru/услуги/"] == "2026-11-01T10:00:00+05:00"
    assert told["en/about/"] is None


def test_addresses_in_any_script_are_percent_encoded(site: Build):
    text = b"".join(d for name, d in site.files().items() if name.startswith("sitemap-"))
    assert f"<loc>{SITEURL}/ru/%D1%83%D1%81".encode() in text
    assert text.isascii()


def test_robots_may_read_everything_and_find_the_sitemap(site: Build):
    robots = RobotFileParser()
    robots.parse(site.page("robots.txt").splitlines())
    assert robots.site_maps() == [f"{SITEURL}/sitemap.xml"]
    assert robots.can_fetch("AnyBot", f"{SITEURL}/en/05/")


@given(
    st.lists(st.integers(0, 400), max_size=60),
    st.integers(1, 20),
    st.integers(500, 3000),
)
def test_no_part_breaks_a_limit(lengths: list[int], max_urls: int, max_bytes: int):
    changed = datetime(2026, 1, 1, tzinfo=UTC)
    urls = [Url(f"https://e.example/{n}/" + "a" * size, changed) for n, size in enumerate(lengths)]
    parts = list(split(urls, max_urls, max_bytes))
    found = []
    for part in parts:
        own = [loc.text for loc in parse_xml(part.content).iterfind("s:url/s:loc", NAMES)]
        assert len(own) <= max_urls
        assert len(part.content) <= max_bytes or len(own) == 1
        found += own
    assert found == [url.address for url in urls]
