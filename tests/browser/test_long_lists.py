"""Searching in lists that go on on other pages."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect

import pelicanconf
from tests.browser.conftest import Quiet
from tests.building import build, write_site
from tests.pages import write_text

pytestmark = pytest.mark.browser

LANGUAGES = ["de", "en", "fr", "it", "ja", "ko", "pl"]


@pytest.fixture(scope="module")
def long_origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with two cards a page, and seven groups and events in different languages."""
    folder = tmp_path_factory.mktemp("long")
    files = {}
    for number, language in enumerate(LANGUAGES):
        files[f"en/groups/group-{number}.md"] = write_text(
            f"Group {number}", languages=[language], country="KZ", city="Almaty"
        )
        files[f"en/events/event-{number}.md"] = write_text(
            f"Event {number}",
            start=f"2099-01-0{number + 1} 18:00",
            timezone="Asia/Almaty",
            event_languages=[language],
        )
    content = write_site(folder, files)
    output = folder / "output"
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(output))) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        editions = {**pelicanconf.EDITIONS, "page_size": 2}
        site = build(content, output, SITEURL=address, EDITIONS=editions)
        assert site.status == 0, site.told
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield address
        server.shutdown()
        thread.join()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context()
    yield context.new_page()
    context.close()


def shown(page: Page) -> list[str]:
    cards = page.locator(":is([data-upcoming], [data-list]) .card:visible .card-title")
    return [text.strip() for text in cards.all_inner_texts()]


@pytest.mark.parametrize(("section", "word"), [("groups", "Group"), ("events", "Event")])
def test_search_covers_later_pages(long_origin: str, page: Page, section: str, word: str):
    page.goto(f"{long_origin}/en/{section}/")
    assert shown(page) == [f"{word} 0", f"{word} 1"]
    page.locator("#find-language").select_option("pl")
    expect(page.get_by_role("link", name=f"{word} 6", exact=True)).to_be_visible()
    assert shown(page) == [f"{word} 6"]
    page.locator("#find-language").select_option("")
    expect(page.get_by_role("link", name=f"{word} 0", exact=True)).to_be_visible()
    assert shown(page) == [f"{word} {number}" for number in range(len(LANGUAGES))]


def test_shared_search_covers_later_pages(long_origin: str, page: Page):
    page.goto(f"{long_origin}/en/groups/?language=ko")
    expect(page.get_by_role("link", name="Group 5", exact=True)).to_be_visible()
    assert shown(page) == ["Group 5"]


def test_nothing_more_is_loaded_before_a_search(long_origin: str, page: Page):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{long_origin}/en/groups/", wait_until="networkidle")
    assert [url for url in asked if "/page/" in url] == []


def test_without_scripts_links_lead_through_all_pages(long_origin: str, chromium: Browser):
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{long_origin}/en/events/")
    found = shown(page)
    while page.locator('main a[rel="next"]').count():
        page.locator('main a[rel="next"]').click()
        found += shown(page)
    context.close()
    assert found == [f"Event {number}" for number in range(7)]
