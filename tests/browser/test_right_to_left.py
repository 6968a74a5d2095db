"""Searching in Arabic: the script of the page folds and stems as the build does."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.arabic import build_arabic, make_theme
from tests.browser.conftest import Quiet
from tests.cases import cases

pytestmark = pytest.mark.browser

MONDAY = "/ar/quiet-monday/"


@pytest.fixture(scope="module")
def search(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    folder = tmp_path_factory.mktemp("arabic")
    site = build_arabic(folder, make_theme(folder, None))
    assert site.status == 0, site.told
    handler = partial(Quiet, directory=str(site.output))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        context = chromium.new_context(base_url=f"http://127.0.0.1:{server.server_port}")
        page = context.new_page()
        page.goto("/ar/search/")
        yield page
        context.close()
        server.shutdown()
        thread.join()


@cases(
    ("typed", "address", "marked"),
    [
        ("محمد", MONDAY, "مُحَمَّدٌ"),
        ("مُحَمَّد", MONDAY, "مُحَمَّدٌ"),
        ("محـــمد", MONDAY, "مُحَمَّدٌ"),
        ("شكوي", MONDAY, "شكوى"),
        ("اخري", MONDAY, "أخرى"),
        ("أسلوب", MONDAY, "أسلوب"),
        ("عميل", MONDAY, "العميل"),  # by Snowball's stem
        ("english", "/en/only-english/", "English"),
    ],
)
def test_a_word_is_found_in_any_spelling(search: Page, typed: str, address: str, marked: str):
    search.locator("#q").fill("")
    search.locator("#q").fill(typed)
    item = search.locator(".results li", has=search.locator(f'a[href="{address}"]'))
    expect(item).to_be_visible()
    assert marked in item.locator("mark").all_inner_texts()


def test_a_result_in_another_direction_says_so(search: Page):
    search.locator("#q").fill("english")
    link = search.locator('.results h2:has(a[href="/en/only-english/"])')
    expect(link).to_have_attribute("dir", "auto")
