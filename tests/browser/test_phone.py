"""What the first screen of a phone shows: dates, places and buttons come before everything else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.building import NOW
from tests.cases import cases
from tests.pages import LANGUAGES

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
SCREEN = 844
PHONE = ViewportSize(width=390, height=SCREEN)


@pytest.fixture
def open_page(chromium: Browser, origin: str) -> Iterator[Open]:
    """Opens an address on a phone, at the time of the build."""
    pages: list[Page] = []

    def open_at(address: str, *, has_script: bool = True) -> Page:
        tag = LANGUAGES[address.partition("/")[0]]["tag"]
        page = chromium.new_page(
            base_url=origin, viewport=PHONE, locale=tag, java_script_enabled=has_script
        )
        pages.append(page)
        if has_script:
            page.clock.set_fixed_time(datetime.fromtimestamp(NOW, UTC))
        page.goto(f"/{address}", wait_until="load")
        return page

    yield open_at
    for page in pages:
        page.context.close()


def bottom(page: Page, selector: str) -> float:
    """Return the distance of an element's lower edge from the top of the page in pixels."""
    box = page.locator(f"{selector} >> visible=true").first.bounding_box()
    assert box, selector
    return box["y"] + box["height"]


@cases("lang", LANGUAGES)
def test_upcoming_dates_fill_the_first_screen(open_page: Open, lang: str):
    page = open_page(f"{lang}/events/")
    tops = page.locator("[data-upcoming] .card").evaluate_all(
        "(cards) => cards.map((card) => card.getBoundingClientRect().top)"
    )
    assert tops[0] < SCREEN / 2.5
    assert len([top for top in tops if top < SCREEN]) >= 3
    expect(page.locator(".finder summary")).to_be_visible()
    expect(page.locator("#find-country")).to_be_hidden()


def test_the_filter_shows_how_many_fields_are_in_use(open_page: Open):
    page = open_page("en/events/")
    count = page.locator(".finder-count")
    cards = page.locator("[data-upcoming] .card:visible")
    before = cards.count()
    expect(count).to_be_hidden()
    page.locator(".finder summary").focus()
    page.keyboard.press("Enter")
    page.locator("#find-country").select_option("DE")
    expect(count).to_have_text("1")
    assert 0 < cards.count() < before
    page.locator("[name=online]").check()
    expect(count).to_have_text("2")
    page.keyboard.press("Tab")  # to the button that clears the filter
    page.keyboard.press("Enter")
    expect(count).to_be_hidden()
    expect(cards).to_have_count(before)
    assert "?" not in page.url


def test_a_shared_filter_is_counted_while_it_is_closed(open_page: Open):
    page = open_page("en/events/?country=DE&language=de&radius=50")
    expect(page.locator(".finder-count")).to_have_text("2")
    expect(page.locator("#find-country")).to_be_hidden()


@cases("address", ["en/events/", "ru/groups/"])
def test_without_script_all_dates_and_places_are_there(open_page: Open, address: str):
    page = open_page(address, has_script=False)
    expect(page.locator(".finder")).to_be_hidden()
    assert page.locator(".card:visible").count() > 1
    assert page.locator(".places a:visible").count() > 1


@cases("lang", LANGUAGES)
def test_a_group_s_next_meeting_is_on_the_first_screen(open_page: Open, lang: str):
    page = open_page(f"{lang}/groups/almaty/")
    for part in (".when time", ".where", ".buttons li:last-child"):
        assert bottom(page, f".next-meeting {part}") < SCREEN
    links = page.locator(".next-meeting .buttons a").evaluate_all("(a) => a.map((e) => e.href)")
    assert any(link.endswith("event.ics") for link in links)


def test_a_meeting_that_is_not_confirmed_can_be_subscribed_to(open_page: Open):
    page = open_page("en/groups/berlin/")
    expect(page.locator(".next-meeting .status-tentative")).to_be_visible()
    expect(page.locator('.next-meeting a[href^="webcal:"]')).to_be_visible()


@cases("lang", LANGUAGES)
def test_what_is_needed_to_attend_comes_before_the_text(open_page: Open, lang: str):
    page = open_page(f"{lang}/events/almaty-december-meetup/")
    assert bottom(page, ".facts .when") < SCREEN
    text = page.locator(".prose").first.bounding_box()
    assert text
    for part in (".facts", ".register .button", ".add-to-calendar", ".sketch svg"):
        assert bottom(page, part) < text["y"], part


def test_an_online_event_has_no_map(open_page: Open):
    page = open_page("en/events/open-complaint-clinic/")
    expect(page.locator(".facts")).to_be_visible()
    expect(page.locator(".sketch")).to_have_count(0)


@cases("lang", LANGUAGES)
def test_a_home_page_has_news_a_meetup_and_a_quotation_within_two_screens(
    open_page: Open, lang: str
):
    page = open_page(f"{lang}/")
    assert bottom(page, ".latest .card") < SCREEN
    assert bottom(page, ".card-quote") < 2 * SCREEN
    assert bottom(page, ".side .card-event") < 2 * SCREEN
