"""A feed opened in the browser, and the page that tells how to follow, in a real Chromium."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import pytest
from playwright.sync_api import Page

from tests.cases import cases
from tests.pages import LANGUAGES

pytestmark = pytest.mark.browser

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
VISIBLE = """() => [...document.querySelectorAll("*")]
  .filter((element) => element.getClientRects().length
    && [...element.childNodes].some((node) => node.nodeType !== 1 && node.nodeValue.trim()))
  .map((element) => element.localName)"""


@cases("format", ["rss.xml", "atom.xml"])
@cases("lang", LANGUAGES)
def test_a_feed_reads_as_a_page(visit: Callable[..., Page], lang: str, format: str) -> None:
    """Titles, dates and summaries; no ids and no markup."""
    page = visit(f"{lang}/feed.{format}", color_scheme="light")
    names = page.evaluate(VISIBLE)
    shown = {"rss.xml": ("description", "pubDate", "link"), "atom.xml": ("summary", "published")}
    assert set(names) <= {"title", "subtitle", *shown[format]}
    assert names.count("title") > 5
    said, address = page.evaluate(
        """() => [
          getComputedStyle(document.querySelector("channel, feed"), "::before").content,
          getComputedStyle(document.querySelector("link[rel=self]"), "::before").content]"""
    )
    assert len(said) > 20
    assert address.strip('"') == page.url
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        paper, ink = page.evaluate(
            """() => ["backgroundColor", "color"].map((name) =>
              getComputedStyle(document.documentElement)[name].match(/\\d+/g).map(Number)[0])"""
        )
        assert (paper > 200 > 60 > ink) if scheme == "light" else (ink > 200 > 60 > paper)


def test_the_explanation_is_in_the_edition_s_language(visit: Callable[..., Page]) -> None:
    said = {
        visit(f"{lang}/feed.rss.xml").evaluate(
            'getComputedStyle(document.querySelector("channel"), "::before").content'
        )
        for lang in LANGUAGES
    }
    assert len(said) == len(LANGUAGES)


def test_a_feed_s_address_is_copied(visit: Callable[..., Page]) -> None:
    page = visit("en/follow/", permissions=["clipboard-read", "clipboard-write"])
    page.locator("[data-copy]").click()
    page.get_by_text("Link copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url.replace(
        "follow/", "feed.rss.xml"
    )


def test_a_question_s_link_shows_on_focus_and_leads_to_it(visit: Callable[..., Page]) -> None:
    page = visit("en/faq/")
    anchor = page.locator("#calendar .question-link")
    opacity = "element => getComputedStyle(element).opacity"
    assert anchor.evaluate(opacity) == "0"
    page.locator("#newsletter .question-link").focus()
    while not anchor.evaluate("element => element === document.activeElement"):
        page.keyboard.press("Tab")
    assert anchor.evaluate(opacity) == "1"
    page.keyboard.press("Enter")
    assert page.url.endswith("#calendar")
