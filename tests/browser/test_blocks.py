"""Content blocks in Chromium: keyboard, copying, scrolling, contrast and layout."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from threading import Thread
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

import pelicanconf
from tests.block_examples import EXAMPLES, write_files
from tests.browser import access
from tests.browser.conftest import SLOW, Quiet
from tests.building import build, write_site
from tests.cases import cases

pytestmark = pytest.mark.browser

WIDE = "|" + "column with a long name|" * 8 + "\n|" + "---|" * 8 + "\n|" + "value|" * 8
CODE = (
    '```python\ndef brew(tea: str = "green") -> int:\n    # A comment\n    return 3 + len(tea)\n```'
)
HEADINGS = "\n\n".join(f"## Part {number}\n\nText." for number in range(6))
ALL = "\n\n".join([HEADINGS, *EXAMPLES, WIDE, CODE])
TEXTS = {
    f"{lang}/posts/all.md": f"---\ntitle: All\ndate: 2026-09-07\n---\n{ALL}\n"
    for lang in ("en", "ru", "zh-hans")
}
SHIFT = """() => new Promise((resolve) => {
  let shift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) shift += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => resolve(shift), 400);
})"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("blocks")
    content = write_site(folder, TEXTS)
    write_files(content)
    languages = {
        key: {**value, "chain": []}
        for key, value in pelicanconf.LANGUAGES.items()
        if key in ("en", "ru", "zh-hans")
    }
    lists = {
        key: value
        for key, value in pelicanconf.NEWSLETTER["lists"].items()
        if value["lang"] in languages
    }
    output = folder / "output"
    built = build(content, output, LANGUAGES=languages, NEWSLETTER={"lists": lists})
    assert built.status == 0, built.told
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(output))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture
def open_page(chromium: Browser, address: str) -> Iterator[Callable[..., Page]]:
    contexts = []

    def open_page(lang: str, **options: object) -> Page:
        context = chromium.new_context(base_url=address, **options)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.goto(f"/{lang}/all/", wait_until="load")
        return page

    yield open_page
    for context in contexts:
        context.close()


def test_a_hidden_answer_opens_by_keyboard(open_page):
    page = open_page("en", java_script_enabled=False)
    summary = page.locator(".prose details summary")
    answer = page.get_by_text("An hour at most, says almost everybody.")
    assert not answer.is_visible()
    summary.focus()
    page.keyboard.press("Enter")
    assert answer.is_visible()
    page.keyboard.press("Space")
    assert not answer.is_visible()


def test_code_is_copied(open_page):
    page = open_page("en", permissions=["clipboard-read", "clipboard-write"])
    code = page.locator(".codehilite").last
    button = code.get_by_role("button", name="Copy")
    button.focus()
    page.keyboard.press("Enter")
    code.get_by_role("button", name="Copied").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith('def brew(tea: str = "green") -> int:\n    # A comment')


def test_without_scripts_there_is_no_button(open_page):
    page = open_page("en", java_script_enabled=False)
    assert page.locator(".copy-code").count() == 0


def test_a_wide_table_scrolls_by_keyboard(open_page):
    page = open_page("en", viewport={"width": 390, "height": 800})
    table = page.get_by_role("region", name=re.compile("column with a long name"))
    table.focus()
    assert table.evaluate("(frame) => frame.scrollWidth > frame.clientWidth")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(400)
    assert table.evaluate("(frame) => frame.scrollLeft") > 0


def test_contents_are_beside_the_text_on_wide_screens_only(open_page):
    wide, narrow = (
        open_page("en", viewport={"width": width, "height": 800}) for width in (1280, 390)
    )
    link = 'nav.contents a[href="#part-0"]'
    assert wide.locator(link).is_visible()
    contents, text = (wide.locator(name).bounding_box() for name in ("nav.contents", ".prose"))
    assert contents["x"] + contents["width"] <= text["x"]
    assert not narrow.locator(link).is_visible()
    narrow.locator("nav.contents summary").click()
    narrow.locator(link).click()
    assert narrow.url.endswith("#part-0")


@cases(("lang", "width"), [(lang, w) for lang in ("en", "ru", "zh-hans") for w in (320, 390, 1280)])
def test_nothing_is_wider_than_the_page_or_moves(open_page, lang: str, width: int):
    page = open_page(lang, viewport={"width": width, "height": 800}, extra_http_headers=SLOW)
    assert page.evaluate(access.OVERFLOW) == {}
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(access.TARGETS) == {}
    assert page.evaluate(SHIFT) == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_and_names(open_page, scheme: Literal["light", "dark"]):
    page = open_page("en", color_scheme=scheme, viewport={"width": 1280, "height": 800})
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")
    found = {name: page.evaluate(script) for name, script in access.STILL.items()}
    assert {name: finding for name, finding in found.items() if finding} == {}
    with access.forced(page, access.HOVERABLE, "hover"):
        assert page.evaluate(access.TEXT) == {}
    with access.forced(page, access.FOCUSABLE, "focus", "focus-visible"):
        assert page.evaluate(access.RINGS) == {}


def test_answers_are_printed(open_page):
    page = open_page("en")
    page.emulate_media(media="print")
    answer = page.get_by_text("An hour at most, says almost everybody.")
    assert answer.bounding_box()["height"] > 0
