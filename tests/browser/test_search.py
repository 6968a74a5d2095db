"""Searching in the page: in four languages, by keyboard, with nothing loaded before it is asked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Quiet
from tests.building import build, write_site
from tests.cases import cases
from tests.pages import LANGUAGES, write_text

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


@cases("lang", LANGUAGES)
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


def test_a_query_in_the_other_script_finds_the_fallback(visit: Visit):
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
    assert "/en/search/" in asked
    assert not [path for path in asked if "/search/index/" in path or "search_index" in path]
    with page.expect_request(lambda request: "/search/index/" in request.url):
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


@cases("lang", LANGUAGES)
def test_without_script_the_page_tells_other_ways(visit: Visit, lang: str):
    page = visit(f"{lang}/search/", java_script_enabled=False)
    expect(page.locator("noscript .notice")).to_be_visible()
    expect(page.locator(f'main a[href="/{lang}/archive/"]')).to_be_visible()


# One text in each language, so that no other form of a word is in the index.
SMALL = {
    "en/posts/a.md": write_text(
        "First",
        "It is one story. A child was stopping by e-mail. C++, C#, ASP.NET and .NET for "
        "1,000 guests, 24/7, in the U.S.A., since COVID-19; it is called R. Wi-Fi is free.",
    ),
    "ru/posts/a.md": write_text(
        "Первая", "Клиентам помогли. Пьём чай под ёлкой, т.е. кое-что по-русски. Версия 3.14."
    ),
    "zh-hans/posts/a.md": write_text("第一", "客户服务用C++写的"),
}
FORMS = {
    "en": """story stories child stop stopped stops email e-mail emails C++ c# .net asp.net C/C++
        1000 1,000 24/7 USA U.S.A. covid-19 covid19 covid R wifi wi-fi guest sto""",
    "ru": """клиент клиенты клиентов клиентам клиентами чай чая чаю чаем ёлка елка елку помогла
        помогло т.е. кое-что по-русски русски 3.14 версии""",
    "zh-hans": "客户 客戶 客户服务 C++ 户服 写",
}
ABSENT = {
    "en": "stories-tale F# 24/6 247 1001 D",
    "ru": "чайник клиентура F# 3.15",
    "zh-hans": "服客 客服",
}


def test_forms_of_words_are_found_where_the_site_has_one(chromium: Browser, tmp_path: Path):
    output = tmp_path / "out"
    site = build(write_site(tmp_path, SMALL), output)
    assert site.status == 0, site.told
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(output))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        page = chromium.new_page()
        wrong: list[tuple[str, str, int]] = []
        for lang, queries in FORMS.items():
            page.goto(f"http://127.0.0.1:{server.server_port}/{lang}/search/")
            for wanted, each in ((1, queries), (0, ABSENT[lang])):
                found = {query: len(ask(page, query)) for query in each.split()}
                wrong += [(lang, q, count) for q, count in found.items() if count != wanted]
        page.close()
        server.shutdown()
    assert wrong == []


def ask(page: Page, query: str) -> list[int]:
    found: list[int] = page.evaluate(
        """async (text) => {
          const form = document.querySelector("form.search");
          const engine = await import(form.dataset.engine);
          const index = await engine.open(form.dataset.index);
          const query = await engine.ask(index, text, {});
          const rows = await Promise.all(query.found.map((id) => engine.read(index, id)));
          return query.found.filter((_, i) => engine.isTrue(index, query, rows[i]));
        }""",
        query,
    )
    return found
