"""Pages stay small, however many texts there are; long lists go on from page to page."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from tests.building import NOW, Build, build, write_site
from tests.cases import cases
from tests.large_site import COUNTS, SETTINGS, TODAY, write_event, write_large_site
from tests.pages import Page, read_pages

LARGEST = 120_000
CARDS = '//main//*[contains(@class, "card-title")]/a'
UPCOMING = f"//*[@data-upcoming]{CARDS.removeprefix('//main')}"
PAST = f"//*[@data-past]{CARDS.removeprefix('//main')}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("large")


@pytest.fixture(scope="module")
def large(folder: Path) -> Build:
    content = write_site(folder, write_large_site(COUNTS))
    site = build(content, folder / "output", **SETTINGS)
    assert site.status == 0, site.told
    return site


def chain(pages: dict[str, Page], first: str, start: str = "") -> list[Page]:
    """A page and those its links lead on to; each names the one before it."""
    found = [pages[first]]
    after = [start] if start else pages[first].links('//nav[@class="pager"]//a[@rel="next"]')
    while after:
        page = pages[after[0]]
        assert page.links('//nav[@class="pager"]//a[@rel="prev"]') == [found[-1].address]
        assert page.canonical == page.address
        assert page.is_indexed
        assert page.alternates == []
        found.append(page)
        after = page.links('//nav[@class="pager"]//a[@rel="next"]')
    return found


def test_no_page_is_too_large(large: Build):
    sizes = {name: len(data) for name, data in large.files().items() if name.endswith(".html")}
    assert {name: size for name, size in sizes.items() if size > LARGEST} == {}


def test_every_page_has_a_heading(large: Build):
    pages = read_pages(large)
    assert [page.address for page in pages.values() if "" in page.texts("//h1")] == []


def test_titles_of_pages_differ(large: Build):
    titles: dict[str, list[str]] = {}
    for address, page in read_pages(large).items():
        if page.is_indexed and re.search(r"/(?:page|past|posts|groups|cities)/\d+/$", address):
            titles.setdefault(page.one("//title").text, []).append(address)
    assert len(titles) > 20
    assert [same for same in titles.values() if len(same) > 1] == []


@cases(
    ("first", "links", "count"),
    [
        ("ru/events/2026/", CARDS, COUNTS["events"]),
        ("ru/groups/", CARDS, COUNTS["groups"]),
        ("ru/archive/2026/", "//main//ol//a", COUNTS["posts"]),
        ("ru/tags/", '//main//ul[contains(@class, "tags-all")]//a', 2 * COUNTS["posts"] + 1),
        ("ru/tags/общий/", CARDS, COUNTS["posts"]),
        ("ru/authors/anna/", CARDS, COUNTS["posts"]),
        ("ru/newsletter/", CARDS, COUNTS["issues"]),
    ],
)
def test_every_entry_is_on_one_page_of_a_list(large: Build, first: str, links: str, count: int):
    pages = chain(dict(read_pages(large)), first)
    assert len(pages) > 1
    found = [link for page in pages for link in page.links(links)]
    assert len(found) == len(set(found)) == count


@cases("first", ["ru/groups/group-0/", "ru/places/алматы/", "ru/places/kz/"])
def test_past_and_coming_events_go_on_below_a_group_and_a_place(large: Build, first: str):
    pages = dict(read_pages(large))
    page = pages[first]
    [later] = page.links('//p[@class="more"]/a[@rel="next"]')
    coming = page.links(UPCOMING) + [
        link for each in chain(pages, first, later)[1:] for link in each.links(CARDS)
    ]
    own = [link for link in coming if link.startswith("ru/events/")]
    assert len(own) == len(set(own)) == COUNTS["events"]
    [earlier] = [url for url in page.links('//p[@class="more"]/a') if "/past/" in url]
    past = page.links(PAST) + [
        link for each in chain(pages, first, earlier)[1:] for link in each.links(CARDS)
    ]
    assert len(past) == len(set(past)) == COUNTS["events"]
    # The latest past ones and the next ones are on the page itself.
    assert [re.findall(r"\d+", url)[-1] for url in past[:3]] == ["0", "1", "2"]
    assert [re.findall(r"\d+", url)[-1] for url in own[:3]] == ["0", "1", "2"]


def test_every_page_of_a_country_s_groups_and_cities_is_linked(large: Build):
    pages = dict(read_pages(large))
    more = pages["ru/places/kz/"].links('//p[@class="more"]/a')
    [groups] = [url for url in more if "/groups/" in url]
    listed = [page.links(CARDS) for page in chain(pages, "ru/places/kz/", groups)[1:]]
    first = '//div[@class="cards"]//*[contains(@class, "card-title")]/a'
    every = [*pages["ru/places/kz/"].links(first), *(url for page in listed for url in page)]
    assert len(every) == len(set(every)) == COUNTS["groups"]
    inline = pages["ru/places/kz/"].links('//header//p[@class="byline"]/a')
    cities = chain(pages, "ru/places/kz/", inline.pop())[1:]
    named = [*inline, *(url for page in cities for url in page.links("//main//li/a"))]
    assert len(named) == len(set(named)) == COUNTS["groups"] + 1


def test_an_archive_of_years_leads_to_the_page_of_each_month(large: Build):
    pages = read_pages(large)
    for link in pages["ru/archive/"].find('//ul[@class="months"]//a'):
        address, _, fragment = link.get("href").partition("#")
        assert pages[address.lstrip("/")].find(f'//*[@id="{fragment}"]')


def test_a_long_series_shows_the_parts_next_to_each(large: Build):
    for page in read_pages(large).values():
        for part in page.find('//nav[@class="series"]'):
            assert len(part.findall(".//li")) == 20
            assert len(part.xpath('.//*[@aria-current="page"]')) == 1


def test_new_entries_leave_older_pages_as_they_are(large: Build, folder: Path):
    """Pages of past events, of issues and of the archive are counted from the oldest."""
    before = large.files()
    content = folder / "content"
    for name in ("latest", "one-more"):
        text = write_event(1, TODAY - timedelta(hours=2))
        (content / f"ru/events/{name}.md").write_text(text, "utf-8")
    after = build(content, folder / "output", now=NOW, **SETTINGS).files()
    older = re.compile(r"ru/(?:places/.*/past|groups/.*/past|events/2026/page)/\d+/index.html")
    kept = [name for name in before if older.fullmatch(name)]
    assert len(kept) > 5
    assert {name for name in kept if before[name] != after.get(name)} == set()
    assert before["ru/events/2026/index.html"] != after["ru/events/2026/index.html"]
