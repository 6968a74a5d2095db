"""Searching in the page: in four languages, by keyboard, with nothing loaded before it is asked."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.pages import LANGUAGES

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]

# A word as a reader types it → a text that has it, in whatever form, and what is marked there.
FOUND = {
    "en": ("apologies", "en/the-apology-that-fits/", "apology"),
    "ru": ("клиенту", "ru/second-reply/", "клиент"),
    "zh-hans": ("客户", "zh-hans/first-contact-resolution/", "客户"),
    "zh-hant": ("電話", "zh-hant/quiet-monday/", "電話"),
}


def results(page: Page) -> list[str]:
    links = page.locator(".results h2 a").evaluate_all("all => all.map((a) => a.pathname)")
    return [path.removeprefix("/") for path in links]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_word_is_found_and_marked(visit: Visit, lang: str):
    word, address, marked = FOUND[lang]
    page = visit(f"{lang}/search/")
    page.locator("#q").fill(word)
    expect(page.locator(".results")).to_be_visible()
    assert address in results(page)
    item = page.locator(".results li", has=page.locator(f'a[href$="/{address}"]'))
    told = [mark.casefold() for mark in item.locator("mark").all_inner_texts()]
    assert any(mark.startswith(marked) for mark in told), told
    expect(page.locator(".search-status")).to_be_visible()


def test_a_query_in_the_other_script_finds_the_stand_in(visit: Visit):
    """zh-hant shows texts that only zh-hans has; its readers type 客戶."""
    page = visit("zh-hant/search/")
    page.locator("#q").fill("客戶")
    expect(page.locator(".results")).to_be_visible()
    assert any("first-contact-resolution" in address for address in results(page))


def test_nothing_is_loaded_before_the_field_has_focus(visit: Visit):
    page = visit("en/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.goto("/en/search/", wait_until="networkidle")
    assert not [path for path in asked if "/search/" in path[len("/en/search/") :]]
    assert not [path for path in asked if path.startswith("/en/search/") and path != "/en/search/"]
    with page.expect_request(lambda request: "/en/search/" in request.url):
        page.locator("#q").focus()


def test_a_typo_is_forgiven(visit: Visit):
    page = visit("en/search/")
    page.locator("#q").fill("apolagy")
    expect(page.locator(".results")).to_be_visible()
    assert "en/the-apology-that-fits/" in results(page)


def test_choices_narrow_and_the_address_keeps_them(visit: Visit):
    page = visit("en/search/")
    page.locator("#q").fill("customer")
    expect(page.locator(".results")).to_be_visible()
    everything = set(results(page))
    page.locator("#search-kind").select_option("quote")
    expect(page.locator(".results li")).not_to_have_count(len(everything))
    quotes = set(results(page))
    assert quotes < everything
    assert "en/quote-drucker/" in quotes
    page.wait_for_function("location.search.includes('kind=quote')")
    query = parse_qs(urlsplit(page.url).query)
    assert query["q"] == ["customer"]
    page.reload()
    expect(page.locator(".results li")).to_have_count(len(quotes))
    assert set(results(page)) == quotes


def test_it_is_used_by_keyboard_alone(visit: Visit):
    page = visit("en/search/")
    page.locator("body").press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("apology")
    expect(page.locator(".results")).to_be_visible()
    first = results(page)[0]
    page.keyboard.press("ArrowDown")
    expect(page.locator(".results h2 a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#q")).to_have_value("")
    page.locator("#q").fill("apology")
    expect(page.locator(".results")).to_be_visible()
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert urlsplit(page.url).path == f"/{first}"


def test_words_nobody_wrote_are_told_and_never_markup(visit: Visit):
    page = visit("en/search/?q=%3Cimg+src%3Dx+onerror%3Dalert(1)%3E+zzzzqq")
    expect(page.locator(".search-status")).to_have_text(
        "Nothing was found. Try fewer or other words."
    )
    assert page.locator("main img").count() == 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_without_script_the_page_tells_other_ways(visit: Visit, lang: str):
    page = visit(f"{lang}/search/", java_script_enabled=False)
    expect(page.locator("noscript .notice")).to_be_visible()
    expect(page.locator(f'main a[href="/{lang}/archive/"]')).to_be_visible()
