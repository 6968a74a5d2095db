"""Events and groups with script: whose clock is shown, what is over, and what is near."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Request,
    Route,
    ViewportSize,
    expect,
)

from tests.browser.conftest import Quiet
from tests.building import NOW, build, write_site
from tests.cases import cases
from tests.pages import LANGUAGES, parse_html, write_text

pytestmark = pytest.mark.browser

Open = Callable[..., Page]
BUILT = datetime.fromtimestamp(NOW, UTC)
MAX_PAGES = 6
VIEWPORT = ViewportSize(width=1280, height=720)
ZONES = ("America/New_York", "Asia/Taipei", "Europe/Berlin")
CLINIC = "events/open-complaint-clinic/"  # online, 2027-02-04 17:00 in Berlin
DECEMBER = "events/almaty-december-meetup/"  # in person, 2026-12-10 18:30 in Almaty
WORKSHOP = "events/berlin-letter-workshop/"  # in person, 2026-12-05 11:00, cancelled
EVENTS, GROUPS = "en/events/", "en/groups/"

SOPOT: dict[str, Any] = {
    "venue": "Hall",
    "city": "Sopot",
    "country": "PL",
    "timezone": "Europe/Warsaw",
}
SHORE = {
    "en/groups/seaside.md": write_text(
        "Seaside circle",
        slug="by-the-sea",
        city="Sopot",
        country="PL",
        latitude=54.4418,
        longitude=18.5601,
        languages=["en", "pl"],
        meets="FREQ=WEEKLY;BYDAY=WE",
        meets_at="18:00",
        duration="2h",
        timezone="Europe/Warsaw",
    ),
    "en/events/room.md": write_text(
        "Room",
        start="2026-11-24 18:00",
        end="2026-11-24 20:00",
        registration="https://example.org/room",
        registration_until="2026-11-24 12:00",
        price=5,
        currency="PLN",
        promo_code="SEA",
        promo_text="Free tea",
        promo_until="2026-11-23",
        group="seaside",
        venue="Hall",
        event_languages=["pl"],
        timezone="Europe/Warsaw",
    ),
    "en/events/both.md": write_text(
        "Both",
        start="2026-12-01 18:00",
        end="2026-12-01 20:00",
        online="https://example.org/both",
        registration="https://example.org/both",
        promo_code="BOTH",
        promo_text="Two seats for one",
        event_status="moved",
        moved_from="2026-11-28 18:00",
        **SOPOT,
    ),
    "en/events/days.md": write_text(
        "Days",
        start="2026-12-03",
        end="2026-12-04",
        all_day=True,
        online="https://example.org/days",
        timezone="Europe/Warsaw",
    ),
    "en/events/later.md": write_text(
        "Later",
        start="2026-12-09 18:00",
        end="2026-12-09 20:00",
        event_status="postponed",
        **SOPOT,
    ),
}
"""A town too small for the list of cities, and events that the project's own site lacks."""


@pytest.fixture(scope="module")
def shore(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the small site."""
    folder = tmp_path_factory.mktemp("shore")
    output = folder / "output"
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(output))) as server:
        address = f"http://127.0.0.1:{server.server_port}"
        site = build(write_site(folder, SHORE), output, SITEURL=address)
        assert site.status == 0, site.told
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield address
        server.shutdown()
        thread.join()


class Pages:
    """Pages of a browser, by the options of their context: opening another one takes long.

    Each is led from address to address. `reports` are messages and errors of all pages, `hosts`
    the hosts that were requested, each with that of the page's own site.
    """

    def __init__(self, chromium: Browser) -> None:
        self.reports: list[str] = []
        self.hosts: set[tuple[str, str]] = set()
        self._chromium = chromium
        self._pages: dict[str, Page] = {}

    def of(self, home: str, options: dict[str, Any]) -> Page:
        """The page of a context with these options."""
        key = repr((home, sorted(options.items())))
        page = self._pages.pop(key, None) or self.open(home, options)
        self._pages[key] = page  # the last one is the one used last
        if len(self._pages) > MAX_PAGES:
            self._pages.pop(next(iter(self._pages))).context.close()
        return page

    def open(self, home: str, options: dict[str, Any]) -> Page:
        """A page of a context of its own."""
        page = self._chromium.new_context(base_url=home, **options).new_page()
        page.on("console", lambda message: self.reports.append(f"{page.url}: {message.text}"))
        page.on("pageerror", lambda error: self.reports.append(f"{page.url}: {error}"))
        page.on("request", lambda request: self._note(request, home))
        return page

    def close(self) -> None:
        for page in self._pages.values():
            page.context.close()

    def _note(self, request: Request, home: str) -> None:
        if request.url.startswith("http"):
            self.hosts.add((urlsplit(request.url).netloc, urlsplit(home).netloc))


@pytest.fixture(scope="module")
def pages(chromium: Browser) -> Iterator[Pages]:
    pages = Pages(chromium)
    yield pages
    pages.close()


@pytest.fixture
def open_page(pages: Pages, origin: str) -> Iterator[Open]:
    """Opens an address with a browser's clock and zone; options are those of a context.

    A test that opens a second page with the same options gets the first one. `runs` and `before`
    give it a page of its own, whose clock runs, or which is prepared before it is opened.
    Whatever a test does, no page may err or call another host.
    """
    contexts: list[BrowserContext] = []

    def open_at(
        address: str,
        *,
        now: datetime = BUILT,
        zone: str = "Europe/Berlin",
        home: str = origin,
        runs: bool = False,
        before: Callable[[Page], object] | None = None,
        **options: Any,
    ) -> Page:
        lang = address.partition("/")[0]
        options = {"locale": LANGUAGES[lang]["tag"], "timezone_id": zone, **options}
        if not runs and before is None:
            page = pages.of(home, options)
            page.set_viewport_size(VIEWPORT)
        else:
            page = pages.open(home, options)
            contexts.append(page.context)
        if runs:
            page.clock.install(time=now)
        else:
            page.clock.set_fixed_time(now)
        if before:
            before(page)
        page.goto(f"/{address}", wait_until="load")
        return page

    yield open_at
    for context in contexts:
        context.close()
    reports, hosts = [*pages.reports], {*pages.hosts}
    pages.reports.clear()
    pages.hosts.clear()
    assert reports == []
    assert {(host, home) for host, home in hosts if host != home} == set()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def instant(locator: Locator) -> datetime:
    return at(locator.get_attribute("datetime") or "")


# Whose clock ------------------------------------------------------------------------------

CLINIC_THERE = {
    ("en", "America/New_York"): (r"Thursday,? (February 4|4 February)", "11:00"),
    ("en", "Asia/Taipei"): (r"Friday,? (February 5|5 February)", "00:00|12:00"),
    ("ru", "America/New_York"): ("четверг, 4 февраля", "11:00"),
    ("ru", "Asia/Taipei"): ("пятница, 5 февраля", "00:00"),
    ("zh-hans", "America/New_York"): ("2月4日星期四", "11:00"),
    ("zh-hans", "Asia/Taipei"): ("2月5日星期五", "00:00"),
    ("zh-hant", "America/New_York"): ("2月4日星期四", "上午11:00"),
    ("zh-hant", "Asia/Taipei"): ("2月5日星期五", "上午12:00"),
}


@cases(("lang", "zone"), CLINIC_THERE)
def test_online_the_visitor_s_own_time_goes_first(open_page: Open, lang: str, zone: str):
    page = open_page(f"{lang}/{CLINIC}", zone=zone)
    when = page.locator(".facts .when")
    own = when.locator(":scope > :first-child")
    expect(own).to_have_class("own-time")
    assert own.evaluate("element => Number(getComputedStyle(element).fontWeight)") >= 700
    times = when.locator("time")
    assert times.count() == 2
    assert instant(times.first) == instant(times.last) == at("2027-02-04T17:00+01:00")
    for words in CLINIC_THERE[lang, zone]:
        expect(own).to_contain_text(re.compile(words))
    expect(own).to_contain_text(re.compile(r"\b(EST|GMT[+-]\d+)"))
    expect(times.last).to_contain_text(re.compile(r"\b(17|下午5|5):00"))
    expect(when).to_contain_text("UTC+01:00")


@cases("zone", ["Europe/Berlin", "Europe/Stockholm"])
def test_nothing_is_added_where_clocks_agree(open_page: Open, zone: str):
    page = open_page(f"en/{CLINIC}", zone=zone, now=at("2027-01-04T12:00Z"))
    for lang in LANGUAGES:
        page.goto(f"/{lang}/{CLINIC}")
        expect(page.locator(".facts .in")).to_be_visible()
        expect(page.locator(".facts .when time")).to_have_count(1)
        expect(page.locator(".own-time")).to_have_count(0)


@cases("zone", ZONES)
def test_in_a_room_the_room_s_clock_counts(open_page: Open, zone: str):
    page = open_page(f"en/{DECEMBER}", zone=zone)
    for lang in LANGUAGES:
        page.goto(f"/{lang}/{DECEMBER}")
        expect(page.locator(".facts .in")).to_be_visible()
        times = page.locator(".facts .when time")
        expect(times).to_have_count(1)
        expect(times).to_contain_text(re.compile("(18|6):30"))
        expect(page.locator(".facts .when")).to_contain_text("UTC+05:00")


@cases("zone", ["America/New_York", "Asia/Taipei"])
def test_both_clocks_are_shown_for_both_ways_to_join(open_page: Open, shore: str, zone: str):
    page = open_page("en/events/both/", zone=zone, home=shore)
    when = page.locator(".facts .when")
    expect(when.locator(":scope > :first-child")).to_contain_text(re.compile("(18|6):00"))
    own = when.locator(".own-time")
    expect(own).to_contain_text({"America/New_York": "12:00", "Asia/Taipei": "1:00"}[zone])
    expect(own).to_contain_text(re.compile(r"EST|GMT-5|GMT\+8"))
    assert instant(own.locator("time")) == at("2026-12-01T18:00+01:00")


@cases("zone", ZONES)
def test_whole_days_are_days_everywhere(open_page: Open, shore: str, zone: str):
    page = open_page("en/events/days/", zone=zone, home=shore)
    expect(page.locator(".when time")).to_have_count(1)
    expect(page.locator(".in")).to_be_visible()


def test_cards_show_the_visitor_s_clock_too(open_page: Open):
    page = open_page("ru/events/", zone="America/New_York")
    card = page.locator(".card[data-attendance=online]")
    expect(card.locator(".when > :first-child")).to_contain_text("четверг, 4 февраля в 11:00")
    expect(card.locator(".when > time")).to_contain_text("17:00")
    expect(page.locator(".card[data-attendance=in_person] .own-time")).to_have_count(0)


@cases("lang", LANGUAGES)
def test_both_clocks_have_twelve_hours_or_both_have_more(open_page: Open, lang: str):
    """The page's words are the build's, the visitor's are the browser's."""
    page = open_page(f"{lang}/{CLINIC}", zone="America/New_York")
    own, organiser = page.locator(".facts .when time").all_inner_texts()
    halves = re.compile("[AP]M|[上下]午", re.IGNORECASE)
    assert bool(halves.search(own)) == bool(halves.search(organiser))


def test_words_follow_the_page_not_the_browser(open_page: Open):
    now = at("2026-12-07T12:00Z")
    page = open_page(f"ru/{CLINIC}", zone="Asia/Taipei", locale="de-DE", now=now)
    expect(page.locator(".own-time")).to_contain_text("пятница, 5 февраля")
    expect(page.locator(".in")).to_have_text("через 9 недель")


@cases("address", [f"en/{CLINIC}", f"zh-hant/{DECEMBER}"])
def test_without_script_the_venue_s_time_and_zone_stand(open_page: Open, address: str):
    page = open_page(address, zone="America/New_York", java_script_enabled=False)
    expect(page.locator(".when time")).to_have_count(1)
    expect(page.locator(".when time")).to_be_visible()
    expect(page.locator(".when")).to_contain_text("UTC+0")


# In three days ----------------------------------------------------------------------------

WORDS = {
    "en": ("in 3 days", "tomorrow", "today", "in 3 weeks"),
    "ru": ("через 3 дня", "завтра", "сегодня", "через 3 недели"),
    "zh-hans": ("3天后", "明天", "今天", "3周后"),
    "zh-hant": ("3天後", "明天", "今天", "3週後"),
}


@cases("lang", LANGUAGES)
def test_how_soon_is_said_in_the_page_s_language(open_page: Open, lang: str):
    page = open_page(f"{lang}/{DECEMBER}", zone="America/New_York")
    said = []
    for left in (3, 1, 0, 20):  # days
        page.clock.set_fixed_time(at("2026-12-10T13:00Z") - timedelta(days=left))
        page.reload()
        said.append(page.locator(".facts .in").inner_text().replace(" ", ""))
    assert said == [words.replace(" ", "") for words in WORDS[lang]]


@cases(("zone", "words"), [("America/New_York", "tomorrow"), ("Asia/Taipei", "in 2 days")])
def test_days_are_counted_by_the_visitor_s_calendar(open_page: Open, zone: str, words: str):
    """In Taipei it is the evening of the 3rd, and the clinic begins as the 5th does."""
    page = open_page(f"en/{CLINIC}", zone=zone, now=at("2027-02-03T12:00Z"))
    expect(page.locator(".facts .in")).to_have_text(words)


def test_nothing_that_is_off_is_said_to_come(open_page: Open, shore: str):
    page = open_page(EVENTS)
    expect(page.locator("[data-status=scheduled] .in").first).to_be_visible()
    expect(page.locator("[data-status=cancelled] .in")).to_have_count(0)
    page = open_page(EVENTS, home=shore)
    expect(page.locator("[data-status=moved] .in")).to_have_count(1)
    expect(page.locator("[data-status=postponed] .in")).to_have_count(0)


def test_the_page_of_what_is_off_says_no_day(open_page: Open, shore: str):
    page = open_page(f"en/{WORKSHOP}")
    expect(page.locator(".facts")).to_be_visible()
    expect(page.locator(".in")).to_have_count(0)
    page = open_page("en/events/later/", home=shore)
    expect(page.locator(".facts")).to_be_visible()
    expect(page.locator(".in")).to_have_count(0)


def test_how_soon_follows_an_open_page_over_midnight(open_page: Open):
    page = open_page(
        f"en/{DECEMBER}", zone="Asia/Almaty", now=at("2026-12-07T23:59:30+05:00"), runs=True
    )
    words = page.locator(".facts .in")
    expect(words).to_have_text("in 3 days")
    page.clock.fast_forward(61_000)
    expect(words).to_have_text("in 2 days")


# Upcoming stays true ----------------------------------------------------------------------

Cards = list[tuple[str, str]]
CARDS = """(list) => [...document.querySelectorAll(`[data-${list}] .card[data-ends]`)]
  .filter((card) => card.checkVisibility())
  .map((card) => [card.querySelector(".card-title a").pathname, card.dataset.starts])"""
DECEMBER_ENDS = at("2026-12-10T21:00+05:00")
SECOND = timedelta(seconds=1)
MOMENTS = {
    "just built": BUILT,
    "a second before an end": DECEMBER_ENDS - SECOND,
    "at an end": DECEMBER_ENDS,
    "30 days on": BUILT + timedelta(days=30),
    "after a tentative date": at("2027-01-02T13:00+01:00"),
    "when nearly all is over": at("2027-03-20T12:00+08:00"),
}


def cards(page: Page, name: str) -> Cards:
    return [(path, starts) for path, starts in page.evaluate(CARDS, name)]


def expected_cards(tree: Any, now: datetime) -> tuple[Cards, Cards]:
    """What the lists should show at a moment, by the page as it was built."""
    said: dict[str, list[Any]] = {
        name: tree.xpath(f"//*[@data-{name}]//article[@data-ends]") for name in ("upcoming", "past")
    }
    room = sum(card.get("hidden") is None for card in said["upcoming"])
    is_home = bool(tree.xpath('//body[@class="page-home"]'))
    over = [card for card in said["upcoming"] if at(card.get("data-ends")) <= now]
    coming = [card for card in said["upcoming"] if card not in over]
    moved = [] if is_home else [c for c in over if c.get("data-status") != "tentative"]
    return (
        [_name(card) for card in coming[: room if is_home else None]],
        [
            _name(card)
            for card in sorted([*reversed(moved), *said["past"]], key=_start, reverse=True)
        ],
    )


def _start(card: Any) -> datetime:
    return at(card.get("data-starts"))


def _name(card: Any) -> tuple[str, str]:
    link = card.xpath('.//*[contains(@class, "card-title")]/a/@href')[0]
    return urlsplit(link).path, card.get("data-starts")


@cases(
    ("address", "zone"),
    [
        *(("en/", zone) for zone in ZONES),
        ("zh-hant/events/", ZONES[0]),
        ("en/groups/almaty/", ZONES[1]),
        ("ru/groups/berlin/", ZONES[0]),
        ("zh-hans/places/kz/", ZONES[2]),
    ],
)
def test_what_is_over_moves_to_the_past(open_page: Open, address: str, zone: str):
    page = open_page(address, zone=zone)
    tree = parse_html(page.request.get(page.url).body())
    changed = set()
    for name, now in MOMENTS.items():
        page.clock.set_fixed_time(now)
        page.reload()
        upcoming, past = expected_cards(tree, now)
        assert cards(page, "upcoming") == upcoming, name
        assert cards(page, "past") == past, name
        changed.add((*upcoming, None, *past))
    assert len(changed) > 1


@cases("zone", ZONES)
def test_thirty_days_on(open_page: Open, zone: str):
    """The same in words: what a visitor finds a month after the last build."""
    later = BUILT + timedelta(days=30)
    page = open_page("en/", zone=zone)
    assert cards(page, "upcoming")[0][0] == f"/en/{DECEMBER}"
    page = open_page("en/", zone=zone, now=later)
    shown = cards(page, "upcoming")
    assert shown[0] == ("/en/groups/berlin/", "2027-01-02T11:00:00+01:00")
    assert len(shown) == 3
    page = open_page(EVENTS, zone=zone, now=later)
    paths = [path for path, _ in cards(page, "past")]
    assert paths[:3] == [f"/en/{DECEMBER}", f"/en/{WORKSHOP}", "/en/events/berlin-service-day/"]
    page = open_page("en/groups/almaty/", zone=zone, now=later)
    assert cards(page, "past")[0][0] == f"/en/{DECEMBER}"
    page = open_page("en/places/almaty/", zone=zone, now=later)
    assert cards(page, "past")[0][0] == f"/en/{DECEMBER}"


def test_tentative_dates_vanish_and_leave_nothing(open_page: Open):
    page = open_page("en/groups/berlin/", now=at("2027-12-01T00:00Z"))
    assert cards(page, "upcoming") == []
    assert "/en/groups/berlin/" not in [path for path, _ in cards(page, "past")]


def test_a_past_section_appears_with_what_it_holds(open_page: Open, shore: str):
    page = open_page("en/groups/by-the-sea/", home=shore)
    expect(page.locator("#past")).to_be_hidden()
    page = open_page("en/groups/by-the-sea/", home=shore, now=at("2026-11-24T20:00+01:00"))
    expect(page.locator("#past")).to_be_visible()
    assert [path for path, _ in cards(page, "past")] == ["/en/events/room/"]


HELD = "not(@data-status='cancelled' or @data-status='postponed')"


def test_without_script_the_lists_stand_by_date(open_page: Open):
    page = open_page(EVENTS, java_script_enabled=False, now=BUILT + timedelta(days=90))
    tree = parse_html(page.content())
    shown = [at(each) for each in tree.xpath("//*[@data-upcoming]//article/@data-starts")]
    held = [at(each) for each in tree.xpath(f"//*[@data-upcoming]//article[{HELD}]/@data-starts")]
    assert held == sorted(held) == shown[: len(held)]
    assert len(held) > 5


@cases("zone", ZONES)
def test_an_event_s_page_says_that_it_is_over(open_page: Open, zone: str):
    page = open_page(f"en/{DECEMBER}", zone=zone, now=DECEMBER_ENDS - SECOND)
    over = page.locator(".is-over")
    expect(over).to_be_hidden()
    page.clock.set_fixed_time(DECEMBER_ENDS)
    page.reload()
    expect(over).to_be_visible()
    expect(page.locator(".in")).to_have_count(0)


@cases("zone", ZONES)
def test_registration_closes_by_itself(open_page: Open, zone: str):
    """Open until noon in Berlin the day before; closed; and over, where nobody asks."""
    page = open_page(f"en/{CLINIC}", zone=zone)
    register = page.locator(".register")
    closed = page.locator(".notice", has_text="Registration is closed.")
    told = []
    for moment in (
        "2027-02-03T11:59:59+01:00",
        "2027-02-03T12:00:00+01:00",
        "2027-02-04T18:29:59+01:00",
        "2027-02-04T18:30:00+01:00",
    ):
        page.clock.set_fixed_time(at(moment))
        page.reload()
        told.append((register.is_visible(), closed.is_visible()))
    assert told == [(True, False), (False, True), (False, True), (False, False)]


@cases("zone", ZONES)
def test_a_promo_code_goes_after_its_last_day(open_page: Open, zone: str):
    page = open_page(f"en/{CLINIC}", zone=zone, now=at("2027-01-20T23:59:59+01:00"))
    code = page.locator(".facts", has_text="CIRCLE20").locator("code")
    expect(code).to_be_visible()
    page.clock.set_fixed_time(at("2027-01-21T00:00+01:00"))
    page.reload()
    expect(code).to_be_hidden()


def test_a_promo_code_without_a_last_day_goes_with_registration(open_page: Open, shore: str):
    begins = at("2026-12-01T18:00+01:00")
    page = open_page("en/events/both/", home=shore, now=begins - SECOND)
    expect(page.locator(".facts code")).to_be_visible()
    page = open_page("en/events/both/", home=shore, now=begins)
    expect(page.locator(".register")).to_be_hidden()
    expect(page.locator(".facts code")).to_be_hidden()


def test_an_open_page_moves_on_by_itself(open_page: Open):
    page = open_page(EVENTS, now=DECEMBER_ENDS - 30 * SECOND, runs=True)
    card = page.locator(f'[data-upcoming] .card:has(a[href="/en/{DECEMBER}"])')
    expect(card).to_be_visible()
    page.clock.fast_forward(61_000)
    expect(card).to_have_count(0)
    assert cards(page, "past")[0][0] == f"/en/{DECEMBER}"
    expect(page.locator("[data-past] .in")).to_have_count(0)


def test_an_open_event_page_moves_on_by_itself(open_page: Open, shore: str):
    page = open_page("en/events/room/", home=shore, now=at("2026-11-23T23:59:30+01:00"), runs=True)
    code, register = page.locator(".facts code"), page.locator(".register")
    expect(code).to_be_visible()
    page.clock.fast_forward(61_000)
    expect(code).to_be_hidden()
    expect(register).to_be_visible()
    page.clock.fast_forward("12:00:00")
    expect(register).to_be_hidden()
    page.clock.fast_forward("08:00:00")
    expect(page.locator(".is-over")).to_be_visible()
    expect(page.locator(".in")).to_have_count(0)


# Finding ----------------------------------------------------------------------------------

BERLIN = {"latitude": 52.52, "longitude": 13.405}


def found(page: Page) -> list[str]:
    """The last parts of the addresses of the cards in sight, without past ones."""
    paths = page.evaluate(
        """() => [...document.querySelectorAll("[data-upcoming] .card, [data-list] .card")]
          .filter((card) => card.checkVisibility())
          .map((card) => card.querySelector(".card-title a").pathname)"""
    )
    return [path.strip("/").rpartition("/")[2] for path in paths]


def type_city(page: Page, name: str) -> None:
    page.locator("[name=place]").fill(name)
    page.locator("[name=place]").press("Enter")


def listens_to(page: Page) -> list[str]:
    """Paths of the lists of cities asked for from now on."""
    asked: list[str] = []
    page.on(
        "request",
        lambda request: (
            asked.append(urlsplit(request.url).path) if request.url.endswith(".json") else None
        ),
    )
    return asked


@cases(
    ("name", "value", "wanted"),
    [
        ("language", "kk", "languages"),
        ("country", "TW", "country"),
        ("group", "berlin", "group"),
        ("month", "2027-02", "starts"),
    ],
)
def test_events_are_chosen_by(open_page: Open, name: str, value: str, wanted: str):
    page = open_page(EVENTS)
    everything = found(page)
    page.locator(f"[name={name}]").select_option(value)
    shown = page.locator("[data-upcoming] .card:visible")
    values = [each.get_attribute(f"data-{wanted}") or "" for each in shown.all()]
    assert values
    assert all(value in each.split() or each.startswith(value) for each in values)
    assert len(values) == page.locator(f'[data-upcoming] .card[data-{wanted}*="{value}"]').count()
    assert len(values) < len(everything)
    page.locator(f"[name={name}]").select_option("")
    assert found(page) == everything


def test_a_group_with_an_address_of_its_own_is_chosen_with_all_its_dates(
    open_page: Open, shore: str
):
    page = open_page(EVENTS, home=shore)
    page.locator("[name=group]").select_option(label="Seaside circle")
    assert set(found(page)) == {"room", "by-the-sea"}


def test_events_one_can_join_from_afar(open_page: Open, shore: str):
    page = open_page(EVENTS)
    page.locator("[name=online]").check()
    assert found(page) == ["open-complaint-clinic"]
    page = open_page(EVENTS, home=shore)
    page.locator("[name=online]").check()
    assert found(page) == ["both", "days"]


def test_groups_are_chosen_by_language_and_country(open_page: Open):
    page = open_page("ru/groups/")
    page.locator("[name=language]").select_option("de")
    assert found(page) == ["berlin"]
    page.locator("[name=country]").select_option("KZ")
    assert found(page) == []
    expect(page.locator(".finder-result")).to_be_visible()
    page.locator("[name=language]").select_option("")
    assert found(page) == ["almaty"]
    expect(page.locator(".finder-result")).to_be_empty()


@cases(
    ("lang", "city", "group"),
    [
        ("ru", "Алматы", "almaty"),
        ("ru", "алма", "almaty"),
        ("ru", "Berlin", "berlin"),
        ("zh-hans", "阿拉木图", "almaty"),
        ("zh-hans", "台北", "taipei"),
        ("zh-hant", "臺北", "taipei"),
        ("zh-hant", "柏林", "berlin"),
        ("en", "  BERLIN ", "berlin"),
        ("en", "Leipzig", "berlin"),
        ("en", "Taipei", "taipei"),
    ],
)
def test_a_city_is_found_in_the_page_s_language(open_page: Open, lang: str, city: str, group: str):
    page = open_page(f"{lang}/groups/")
    asked = listens_to(page)
    page.locator("[name=language]").select_option("")
    assert asked == []
    with page.expect_response("**/cities.json"):
        page.locator("[name=place]").focus()
    type_city(page, city)
    expect(page.locator(".card .away:visible")).to_have_count(1)
    assert found(page) == [group]
    assert asked == [f"/{lang}/places/cities.json"]


@cases("address", [EVENTS, GROUPS])
def test_cities_are_loaded_only_when_somebody_wants_to_type(open_page: Open, address: str):
    asked: list[str] = []
    page = open_page(
        address,
        before=lambda page: page.on("request", lambda request: asked.append(request.url)),
    )
    page.locator("[name=country]").select_option("DE")
    page.locator("[name=radius]").select_option("50")
    page.wait_for_load_state("networkidle")
    assert any(url.endswith(".js") for url in asked)
    assert not any(url.endswith(".json") for url in asked)


def test_who_types_faster_than_the_list_arrives_is_not_sent_away(open_page: Open):
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page = open_page(GROUPS, before=lambda page: page.route("**/cities.json", hold))
    with page.expect_request("**/cities.json"):
        page.locator("[name=place]").focus()
    type_city(page, "Berlin")
    page.locator("[name=language]").select_option("de")
    expect(page.locator(".finder-result")).to_be_empty()
    assert len(held) == 1
    held[0].continue_()
    expect(page.locator(".away:visible")).to_have_count(1)
    assert found(page) == ["berlin"]


def test_a_town_too_small_for_the_list_is_known_where_a_group_meets(open_page: Open, shore: str):
    page = open_page(GROUPS, home=shore)
    type_city(page, "Sopot")
    expect(page.locator(".away:visible")).to_have_text("0 km away")
    assert found(page) == ["by-the-sea"]


def test_an_unknown_city_is_told_and_hides_nothing(open_page: Open):
    page = open_page(GROUPS)
    everything = found(page)
    type_city(page, "Xyzzy")
    expect(page.locator(".finder-result")).to_have_text(re.compile("not known here"))
    assert found(page) == everything
    type_city(page, "Berlin")
    expect(page.locator(".finder-result")).to_be_empty()
    assert found(page) == ["berlin"]
    type_city(page, " ")
    expect(page.locator(".away")).to_have_count(0)
    assert found(page) == everything


def test_what_a_search_told_stays_told(open_page: Open):
    page = open_page(EVENTS, now=DECEMBER_ENDS - 30 * SECOND, runs=True)
    type_city(page, "Xyzzy")
    result = page.locator(".finder-result")
    expect(result).to_have_text(re.compile("not known here"))
    page.clock.fast_forward(61_000)
    expect(page.locator(f'[data-past] a[href="/en/{DECEMBER}"]')).to_be_visible()
    expect(result).to_have_text(re.compile("not known here"))


def test_what_a_search_hid_stays_hidden_as_time_goes(open_page: Open):
    page = open_page("en/events/?country=TW", now=at("2027-01-14T20:29:30+05:00"), runs=True)
    before = found(page)
    assert set(before) == {"taipei", "taipei-spring-salon"}
    page.clock.fast_forward(61_000)
    expect(page.locator('[data-upcoming] [data-starts^="2027-01-14"]')).to_have_count(0)
    assert found(page) == before


def test_a_radius_widens_the_search(open_page: Open):
    """Leipzig is some 150 km from Berlin, Warsaw some 520."""
    page = open_page(GROUPS)
    type_city(page, "Warsaw")
    expect(page.locator(".finder-result")).to_have_text(re.compile("Widen"))
    assert found(page) == []
    page.locator("[name=radius]").select_option("1000")
    assert found(page) == ["berlin"]
    expect(page.locator(".away:visible")).to_have_text(re.compile(r"^5[0-3]\d km away$"))
    type_city(page, "Leipzig")
    page.locator("[name=radius]").select_option("100")
    assert found(page) == []
    page.locator("[name=radius]").select_option("250")
    assert found(page) == ["berlin"]


def test_near_me_sorts_groups_by_distance(open_page: Open):
    page = open_page(GROUPS, geolocation=BERLIN, permissions=["geolocation"])
    page.locator("[name=radius]").select_option("1000")
    page.locator("[data-near]").click()
    expect(page.locator(".away:visible")).to_have_count(1)
    assert found(page) == ["berlin"]
    assert int(page.locator(".away:visible").inner_text().split()[0]) < 5
    order = page.evaluate(
        "[...document.querySelectorAll('[data-list] .card')].map((card) => card.dataset.group)"
    )
    assert order == ["berlin", "almaty", "taipei"]  # 4,680 and 8,970 km
    assert urlsplit(page.url).query == ""
    page.locator("[name=language]").select_option("de")
    assert found(page) == ["berlin"]
    assert parse_qs(urlsplit(page.url).query) == {"language": ["de"]}


def test_near_me_keeps_events_by_date(open_page: Open):
    almaty = {"latitude": 43.24, "longitude": 76.9}
    page = open_page(EVENTS, geolocation=almaty, permissions=["geolocation"])
    page.locator("[data-near]").click()
    expect(page.locator(".away:visible").first).to_be_visible()
    assert found(page)[0] == "almaty-december-meetup"
    assert set(found(page)) == {"almaty-december-meetup", "almaty"}
    starts = page.evaluate(
        """[...document.querySelectorAll("[data-upcoming] .card")]
          .filter((card) => card.checkVisibility()).map((card) => card.dataset.starts)"""
    )
    assert starts == sorted(starts)


def test_a_position_refused_is_told(open_page: Open):
    page = open_page(GROUPS, permissions=[])
    everything = found(page)
    type_city(page, "Berlin")
    expect(page.locator(".away:visible")).to_have_count(1)
    page.locator("[data-near]").click()
    expect(page.locator(".finder-result")).to_have_text(re.compile("position is not available"))
    assert sorted(found(page)) == sorted(everything)
    assert urlsplit(page.url).query == ""


@cases("lang", ["en", "ru"])
def test_a_search_can_be_reloaded_and_shared(open_page: Open, lang: str):
    city = {"en": "Berlin", "ru": "Берлин"}[lang]
    page = open_page(f"{lang}/events/")
    type_city(page, city)
    page.locator("[name=radius]").select_option("500")
    page.locator("[name=language]").select_option("de")
    page.locator("[name=month]").select_option("2027-01")
    expect(page.locator(".away:visible")).to_have_count(1)
    shown = found(page)
    assert shown == ["berlin"]
    query = parse_qs(urlsplit(page.url).query)
    assert query == {
        "place": [city],
        "radius": ["500"],
        "language": ["de"],
        "month": ["2027-01"],
    }
    page.reload()
    expect(page.locator(".away:visible")).to_have_count(1)
    assert found(page) == shown
    parts = urlsplit(page.url)
    other = open_page(f"{parts.path[1:]}?{parts.query}")
    expect(other.locator(".away:visible")).to_have_count(1)
    assert found(other) == shown
    assert other.locator("[name=place]").input_value() == city
    assert other.locator("[name=radius]").input_value() == "500"


def test_an_address_nobody_wrote_by_the_form_breaks_nothing(open_page: Open):
    page = open_page("en/events/?length=1&radius=7&language=xx&place=Berlin&utm_source=x&online=0")
    expect(page.locator(".away:visible").first).to_be_visible()
    assert "berlin" in found(page)
    assert page.locator("[name=radius]").input_value() == "250"
    assert parse_qs(urlsplit(page.url).query) == {"place": ["Berlin"], "radius": ["250"]}


def test_the_finder_works_by_keyboard(open_page: Open):
    page = open_page(GROUPS, geolocation=BERLIN, permissions=["geolocation"])
    place = page.locator("[name=place]")
    for _ in range(40):
        page.keyboard.press("Tab")
        if place.evaluate("element => element === document.activeElement"):
            break
    expect(place).to_be_focused()
    page.keyboard.type("Taipei")
    page.keyboard.press("Enter")
    expect(page.locator(".away:visible")).to_have_count(1)
    assert found(page) == ["taipei"]
    page.keyboard.press("Tab")
    expect(page.locator("[data-near]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator('[data-group="berlin"] .away')).to_be_visible()
    assert found(page) == ["berlin"]
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("[name=language]")).to_be_focused()
    page.keyboard.type("Russian")
    expect(page.locator(".finder-result")).to_be_visible()
    assert found(page) == []


@cases("address", [EVENTS, "ru/groups/"])
def test_places_lead_on_without_script(open_page: Open, address: str):
    page = open_page(address, java_script_enabled=False)
    expect(page.locator(".finder")).to_be_hidden()
    for key in ("de", "berlin"):
        page.goto(f"/{address}")
        link = page.locator(f'.places a[href$="/places/{key}/"]')
        expect(link).to_be_visible()
        link.click()
        page.wait_for_url(f"**/places/{key}/")
        assert {"berlin", "berlin-letter-workshop"} <= {
            (each.get_attribute("href") or "").strip("/").rpartition("/")[2]
            for each in page.locator(".card-title a").all()
        }


# Calendars --------------------------------------------------------------------------------


@cases(
    ("address", "button", "done"),
    [
        (EVENTS, "Copy", "Link copied"),
        ("en/groups/berlin/", "Copy", "Link copied"),
        ("en/places/almaty/", "Copy", "Link copied"),
        ("ru/events/", None, None),
    ],
)
def test_the_calendar_s_address_can_be_copied(
    open_page: Open, origin: str, address: str, button: str | None, done: str | None
):
    page = open_page(address, permissions=["clipboard-read", "clipboard-write"])
    copy = page.locator("[data-copy]")
    before = copy.inner_text()
    assert button in (before, None)
    copy.click()
    expect(copy).not_to_have_text(before)
    assert done in (copy.inner_text(), None)
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"{origin}/{address.partition('/')[0]}/")
    assert copied == page.locator("#calendar-address").input_value()
    answer = page.request.get(copied)
    assert answer.text().startswith("BEGIN:VCALENDAR\r\n")
    webcal = page.locator('.subscribe .buttons a[href^="webcal://"]')
    expect(webcal).to_be_visible()
    assert webcal.get_attribute("href") == f"webcal://{copied.partition('://')[2]}"


# The map ----------------------------------------------------------------------------------


MAP = """(map) => [map, ...map.querySelectorAll("a")].map((element) => {
  return ["svg", ".map-point", ".map-target", ".map-label"].map((name) => {
    const part = element.matches(name) ? element : element.querySelector(name);
    if (!part) return null;
    const { x, y, width, height } = part.getBoundingClientRect();
    const size = parseFloat(getComputedStyle(part).fontSize);
    const isVisible = part.checkVisibility({ visibilityProperty: true }) && width > 0;
    return { x, y, width, height, size, isVisible };
  });
})"""
"""Frame, point, target and label of the map, and of each of its links."""


@cases("lang", LANGUAGES)
def test_the_map_shows_where_groups_are(open_page: Open, lang: str):
    page = open_page(f"{lang}/groups/")
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        (frame, *_), *links = page.locator("svg.map").evaluate(MAP)
        assert frame["width"] > width * 0.85
        assert frame["height"] > 120
        assert len(links) == 3
        for _, point, target, label in links:
            assert point["isVisible"]
            assert point["width"] >= 8
            assert frame["x"] <= point["x"] <= frame["x"] + frame["width"] - point["width"]
            assert frame["y"] <= point["y"] <= frame["y"] + frame["height"] - point["height"]
            assert target["width"] >= 24
            assert label["isVisible"]
            assert label["size"] * frame["width"] / 1080 > 11.5


@cases("scheme", ["light", "dark"])
def test_the_map_can_be_told_from_the_paper(open_page: Open, scheme: str):
    page = open_page(GROUPS, color_scheme=scheme)
    colours = {
        page.locator(name).first.evaluate("element => getComputedStyle(element).fill")
        for name in (".map-land", ".map-point", ".map-label")
    }
    colours.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert len(colours) == 4


@cases("lang", ["en", "zh-hant"])
def test_the_map_s_links_work_by_keyboard(open_page: Open, lang: str):
    page = open_page(f"{lang}/groups/")
    reached: list[str] = []
    for _ in range(60):
        page.keyboard.press("Tab")
        link = page.evaluate(
            """() => document.activeElement.matches(".map a")
              ? document.activeElement.getAttribute("href") : null"""
        )
        if link is None and reached:
            break
        if link:
            ring = page.locator(".map a:focus-visible .map-point")
            assert ring.evaluate("e => parseFloat(getComputedStyle(e).strokeWidth)") >= 3
            reached.append(link)
    assert len(reached) == 3
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{reached[-1]}")
    assert re.fullmatch(rf"/{lang}/places/[a-z]+/", reached[-1])
    expect(page.locator(".card-group")).to_be_visible()


# Weight -----------------------------------------------------------------------------------


def test_scripts_are_small(open_page: Open):
    sizes: dict[str, dict[str, int]] = {}
    for address in ("en/", EVENTS, GROUPS, f"en/{CLINIC}", "en/groups/berlin/"):
        page = open_page(address)
        sources = page.evaluate("[...document.scripts].map((each) => each.src).filter(Boolean)")
        sizes[address] = {url: len(page.request.get(url).body()) for url in sources}
    assert len(sizes[EVENTS]) == 4
    assert sum(sizes[EVENTS].values()) < 12_288
    everything = {url: size for each in sizes.values() for url, size in each.items()}
    assert sum(everything.values()) < 12_288
