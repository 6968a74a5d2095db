"""How pages are used: by mouse, by keyboard, and without script."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.test_looks import ADDRESSES
from tests.cases import cases
from tests.pages import LANGUAGES

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
PAPER = "() => getComputedStyle(document.body).backgroundColor"


def path_of(page: Page) -> str:
    return urlsplit(page.url).path


def test_no_page_errs_or_calls_another_host(chromium: Browser, origin: str):
    """Several pages load at once: each waits until nothing is asked for any more."""
    context = chromium.new_context(base_url=origin)
    told: list[str] = []
    asked: set[str] = set()
    context.on("console", lambda message: told.append(f"{message.page}: {message.text}"))
    context.on("weberror", lambda error: told.append(f"{error.page}: {error.error}"))
    context.on("requestfailed", lambda request: told.append(f"failed {request.url}"))
    context.on("request", lambda request: asked.add(request.url))
    context.on(
        "response",
        lambda answer: (
            told.append(f"{answer.status} {answer.url}") if answer.status > 399 else None
        ),
    )
    pages = [context.new_page() for _ in range(8)]
    for start in range(0, len(ADDRESSES), len(pages)):
        loading = list(zip(pages, ADDRESSES[start:], strict=False))
        for page, address in loading:
            page.goto(f"/{address}?choose", wait_until="commit")
        for page, _ in loading:
            page.wait_for_load_state("networkidle")
    context.close()
    assert told == []
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(origin).netloc}
    assert any(url.endswith(".css") for url in asked)


# The theme --------------------------------------------------------------------------------


def test_the_theme_button_switches_and_the_choice_stays(visit: Visit):
    page = visit("en/", color_scheme="light")
    light = page.evaluate(PAPER)
    button = page.locator(".theme-toggle")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    dark = page.evaluate(PAPER)
    assert dark != light
    page.reload()
    assert page.evaluate(PAPER) == dark
    page.goto("/ru/angry-review/")
    assert page.evaluate(PAPER) == dark
    expect(page.locator(".theme-toggle")).to_have_attribute("aria-pressed", "true")
    page.locator(".theme-toggle").click()
    page.reload()
    assert page.evaluate(PAPER) == light


def test_a_reader_of_a_dark_system_can_choose_light(visit: Visit):
    page = visit("en/", color_scheme="dark")
    dark = page.evaluate(PAPER)
    page.locator(".theme-toggle").click()
    assert page.evaluate(PAPER) != dark
    page.reload()
    assert page.evaluate(PAPER) != dark


def test_a_chosen_theme_is_there_before_the_page_is_drawn(visit: Visit):
    """Its script is no module, so it runs while the head is read, before any body."""
    page = visit("en/", color_scheme="light")
    page.locator(".theme-toggle").click()
    page.add_init_script(
        """new MutationObserver((_, observer) => {
          if (!document.body) return;
          window.themeAtBody = document.documentElement.dataset.theme;
          observer.disconnect();
        }).observe(document, { childList: true, subtree: true });"""
    )
    page.reload()
    assert page.evaluate("window.themeAtBody") == "dark"


# The language menu ----------------------------------------------------------------------


def test_the_language_menu_works_by_keyboard(visit: Visit):
    page = visit("en/angry-review/")
    menu = page.locator("details.languages")
    summary = menu.locator("summary")
    summary.focus()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("open", "")
    expect(menu.locator("a").first).to_be_visible()
    page.keyboard.press("Tab")
    expect(menu.locator("a").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(summary).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ru/angry-review/")
    assert page.evaluate("document.documentElement.lang") == "ru"


def test_escape_in_the_language_menu_does_nothing_else(visit: Visit):
    page = visit("en/search/?q=tea")
    menu, field = page.locator("details.languages"), page.locator("[name=q]")
    results = page.locator(".result")
    results.first.wait_for()
    menu.locator("summary").click()
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(menu).not_to_have_attribute("open", "")
    expect(menu.locator("summary")).to_be_focused()
    expect(field).to_have_value("tea")
    assert urlsplit(page.url).query == "q=tea"
    expect(results.first).to_be_visible()
    # Without an open menu, Escape is the search's own key.
    field.focus()
    page.keyboard.press("Escape")
    expect(field).to_have_value("")


@cases("keys", [["Shift+Tab"], ["Tab"] * (len(LANGUAGES) + 1)])
def test_the_language_menu_closes_when_the_focus_leaves_it(visit: Visit, keys: list[str]):
    page = visit("en/angry-review/")
    menu = page.locator("details.languages")
    menu.locator("summary").focus()
    page.keyboard.press("Enter")
    for key in keys[:-1]:
        page.keyboard.press(key)
        expect(menu).to_have_attribute("open", "")
    page.keyboard.press(keys[-1])
    expect(menu).not_to_have_attribute("open", "")
    assert not page.evaluate(
        "document.querySelector('.languages').contains(document.activeElement)"
    )


def test_the_language_menu_stays_open_while_it_is_pressed(visit: Visit):
    """On its edge, too, where a press takes the focus from the links."""
    page = visit("en/angry-review/")
    menu = page.locator("details.languages")
    menu.locator("summary").click()
    page.keyboard.press("Tab")
    menu.locator("ul").click(position={"x": 2, "y": 2})
    expect(menu).to_have_attribute("open", "")
    menu.locator('a[data-language="ru"]').click()
    page.wait_for_url("**/ru/angry-review/")


def test_the_language_menu_closes_on_a_click_elsewhere(visit: Visit):
    page = visit("en/angry-review/")
    menu = page.locator("details.languages")
    menu.locator("summary").click()
    expect(menu).to_have_attribute("open", "")
    page.locator("h1").click()
    expect(menu).not_to_have_attribute("open", "")


def test_the_open_language_menu_is_on_the_screen(visit: Visit):
    page = visit("404.html")
    for lang in LANGUAGES:
        page.goto(f"/{lang}/")
        page.locator("details.languages summary").click()
        for width in (320, 390, 1280):
            page.set_viewport_size({"width": width, "height": 700})
            boxes = page.locator("details.languages a").evaluate_all(
                "links => links.map((link) => link.getBoundingClientRect().toJSON())"
            )
            assert len(boxes) == len(LANGUAGES)
            for box in boxes:
                assert box["x"] >= 0
                assert box["x"] + box["width"] <= width
                assert box["width"] > 0
                assert box["height"] >= 24


def test_the_skip_link_comes_first_and_leads_to_the_content(visit: Visit):
    page = visit("en/angry-review/")
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_everything_one_can_reach_by_keyboard_shows_it(visit: Visit):
    """Each focused element has an outline (WCAG 2.2, 2.4.7)."""
    page = visit("en/")
    seen = set()
    for _ in range(25):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => {
              const style = getComputedStyle(document.activeElement);
              return [document.activeElement.outerHTML.slice(0, 80),
                style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2];
            }"""
        )
        assert found[1], found[0]
        seen.add(found[0])
    assert len(seen) > 15


# The chooser ------------------------------------------------------------------------------


ASKED = [
    (["ru"], "ru"),
    (["ru-KZ"], "ru"),
    (["zh-TW"], "zh-hant"),
    (["zh-HK"], "zh-hant"),
    (["zh-Hant"], "zh-hant"),
    (["zh-CN"], "zh-hans"),
    (["zh"], "zh-hans"),
    (["zh-SG"], "zh-hans"),
    (["en-GB"], "en"),
    (["de", "ru", "en"], "ru"),
    (["kk-KZ", "zh-TW"], "zh-hant"),
]


def test_the_chooser_leads_to_the_reader_s_language(visit: Visit):
    page = visit("404.html")
    # The languages of each visit are in the name of the window, which outlives a page.
    page.add_init_script(
        """const languages = JSON.parse(window.name || "[]");
        Object.defineProperty(navigator, "languages", { get: () => languages });"""
    )
    for asked, lang in ASKED:
        page.evaluate("languages => { window.name = JSON.stringify(languages); }", asked)
        page.goto("/")
        page.wait_for_url(f"**/{lang}/")
        assert page.evaluate("navigator.languages") == asked
        page.evaluate("localStorage.clear()")


def test_the_chooser_follows_the_browser_s_own_setting(visit: Visit):
    page = visit("", locale="zh-TW")
    page.wait_for_url("**/zh-hant/")


def test_the_chooser_stays_where_no_language_fits(visit: Visit):
    page = visit("", locale="de")
    page.wait_for_load_state("networkidle")
    assert path_of(page) == "/"
    links = page.locator(".chooser a")
    assert links.count() == len(LANGUAGES)
    for link in links.all():
        expect(link).to_be_visible()


def test_the_chooser_remembers_a_choice(visit: Visit):
    page = visit("?choose", locale="ru")
    assert path_of(page) == "/"
    page.locator('.chooser a[data-language="zh-hans"]').click()
    page.wait_for_url("**/zh-hans/")
    page.goto("/")
    page.wait_for_url("**/zh-hans/")


def test_the_chooser_remembers_a_choice_in_the_menu(visit: Visit):
    page = visit("en/", locale="en")
    page.locator("details.languages summary").click()
    page.locator('details.languages a[data-language="ru"]').click()
    page.wait_for_url("**/ru/")
    page.goto("/")
    page.wait_for_url("**/ru/")


def test_one_can_go_back_from_where_the_chooser_led(visit: Visit):
    """It takes its own place in the history, so that "back" doesn't lead on again."""
    page = visit("404.html", locale="ru")
    page.goto("/")
    page.wait_for_url("**/ru/")
    page.go_back()
    assert path_of(page) == "/404.html"


# Without script ---------------------------------------------------------------------------


def test_the_chooser_is_a_list_of_links_without_script(visit: Visit):
    page = visit("", java_script_enabled=False, locale="ru")
    assert path_of(page) == "/"
    for lang, options in LANGUAGES.items():
        link = page.locator(f'.chooser a[data-language="{lang}"]')
        expect(link).to_be_visible()
        expect(link).to_contain_text(options["site_name"])
    page.locator('.chooser a[data-language="ru"]').click()
    page.wait_for_url("**/ru/")


def test_the_language_menu_opens_without_script(visit: Visit):
    page = visit("en/angry-review/", java_script_enabled=False)
    page.locator("details.languages summary").click()
    link = page.locator('details.languages a[data-language="ru"]')
    expect(link).to_be_visible()
    link.click()
    page.wait_for_url("**/ru/angry-review/")


@cases(
    "address",
    ["en/", "ru/angry-review/", "zh-hant/quote-chekhov/", "en/events/", "zh-hans/groups/berlin/"],
)
def test_all_text_is_there_without_script(visit: Visit, address: str):
    """Whatever stands in the page is shown, but for what script alone can fill or work."""
    page = visit(address, java_script_enabled=False)
    shown, unseen = page.evaluate(
        """() => {
          const texts = [...document.querySelectorAll("main *")].filter((element) =>
            !element.closest("[hidden], details:not([open]), script, template, noscript, "
              + ".finder, .search-keys, [data-copy], .share") &&
            [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));
          const unseen = texts.filter((e) => !e.checkVisibility({ visibilityProperty: true }));
          return [texts.length, unseen.map((element) => element.textContent.trim())];
        }"""
    )
    assert shown > 5
    assert unseen == []


def test_what_needs_script_is_not_shown_without_it(visit: Visit):
    page = visit("en/quote-drucker/", java_script_enabled=False)
    for button in page.locator("button").all():
        expect(button).to_be_hidden()


def test_a_quotation_can_be_copied(visit: Visit, origin: str):
    page = visit("en/quote-drucker/", permissions=["clipboard-read", "clipboard-write"])
    page.evaluate("delete Navigator.prototype.share")
    button = page.locator("[data-share]")
    expect(button).to_be_visible()
    button.click()
    expect(button).to_have_text("Link copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == f"{origin}/en/quote-drucker/"


def test_pages_work_where_storage_is_forbidden(visit: Visit):
    """Some browsers throw when storage is so much as looked at."""
    page = visit("404.html")
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.add_init_script(
        """Object.defineProperty(window, "localStorage", {
          get() { throw new DOMException("no", "SecurityError"); } });"""
    )
    page.goto("/en/")
    before = page.evaluate(PAPER)
    page.locator(".theme-toggle").click()
    assert page.evaluate(PAPER) != before
    assert errors == []
