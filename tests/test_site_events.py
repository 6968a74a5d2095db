"""Pages of events, groups and places: what is next, what was, and who meets where."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from rubric.model.event import Place
from tests.building import Build, build, write_site
from tests.cases import cases
from tests.pages import Page, read_pages, write_text

HOURS: dict[str, Any] = {"end": None, "timezone": "Asia/Almaty", "group": "almaty"}
EVENTS: dict[str, dict[str, Any]] = {
    "long-ago": {"start": "2025-03-13 18:30"},
    "last-month": {"start": "2026-10-08 18:30", "recap": "report", "slides": "https://x.org/s"},
    "just-over": {"start": "2026-11-22 15:00", "duration": "2h"},
    "running": {"start": "2026-11-22 16:00", "duration": "2h"},
    "cancelled": {"start": "2026-12-03 18:30", "event_status": "cancelled"},
    "postponed": {
        "start": "2026-12-04 18:30",
        "event_status": "postponed",
        "interpretation": ["en", "kk"],
    },
    "confirmed": {
        "start": "2026-12-10 18:30",
        "event_languages": ["ru"],
        "interpretation": ["en"],
        "registration": "https://example.org/register",
        "registration_until": "2026-11-22",
    },
    "closed": {
        "start": "2026-12-11 18:30",
        "event_languages": ["en"],
        "registration": "https://example.org/register",
        "registration_until": "2026-11-21",
    },
    "sold-out": {
        "start": "2026-12-12 18:30",
        "registration": "https://example.org/register",
        "sold_out": True,
    },
    "online": {"start": "2027-01-20 18:30", "online": "https://example.org/stream"},
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Built at 17:00 on 22 November 2026 in Almaty; texts in English, the group also in Russian."""
    folder = tmp_path_factory.mktemp("events")
    group: dict[str, Any] = {
        "city": "Almaty",
        "country": "KZ",
        "latitude": 43.25,
        "longitude": 76.94,
        "timezone": "Asia/Almaty",
        "languages": ["ru", "kk"],
        "meets": "FREQ=MONTHLY;BYDAY=2TH",
        "meets_at": "18:30",
    }
    files = {
        "en/groups/almaty.md": write_text("Almaty circle", **group),
        "ru/groups/almaty.md": write_text("Алматинский круг", city="Алматы"),
        "en/groups/berlin.md": write_text("Berlin circle", city="Berlin", country="DE"),
        "en/posts/report.md": write_text("How October was"),
        "en/posts/of-group.md": write_text("From the circle", group="almaty"),
        "en/posts/other.md": write_text("Something else"),
    }
    for name, fields in EVENTS.items():
        given: dict[str, Any] = {k: v for k, v in {**HOURS, **fields}.items() if v is not None}
        files[f"en/events/{name}.md"] = write_text(name, date="2025-01-01", **given)
    result = build(write_site(folder, files), folder / "output")
    assert result.status == 0, result.told
    return result


@pytest.fixture
def pages(site: Build) -> Mapping[str, Page]:
    return read_pages(site)


def cards(page: Page, which: str) -> list[str]:
    """Titles of the cards in a list, tentative ones with their date."""
    found = []
    for card in page.find(f"//*[@{which}]//article"):
        (title,) = card.xpath(".//*[contains(@class, 'card-title')]/a/text()")
        is_tentative = card.get("data-status") == "tentative"
        found.append(card.get("data-starts")[:10] if is_tentative else title)
    return found


UPCOMING = [
    "running",
    "confirmed",
    "closed",
    "sold-out",
    "2027-01-14",
    "online",
    "2027-02-11",
    "2027-03-11",
    "cancelled",
    "postponed",
]
LISTED = [title for title in UPCOMING if title not in ("2027-02-11", "2027-03-11")]
"""Lists of many groups name each group's next promised date alone."""
PAST = ["just-over", "last-month", "long-ago"]


@cases("lang", ["en", "ru", "zh-hans", "zh-hant"])
def test_every_edition_lists_what_is_next_and_what_was(pages: Mapping[str, Page], lang: str):
    page = pages[f"{lang}/events/"]
    titles = cards(page, "data-upcoming")
    assert titles == LISTED
    assert cards(page, "data-past") == PAST


def test_past_events_have_a_page_a_year(pages: Mapping[str, Page]):
    assert [a for a in pages if a.startswith("en/events/2")] == [
        "en/events/2025/",
        "en/events/2026/",
    ]
    titles = "//article//*[contains(@class, 'card-title')]"
    assert pages["en/events/2025/"].texts(titles) == ["long-ago"]
    assert pages["en/events/2026/"].texts(titles) == ["just-over", "last-month"]
    links = pages["en/events/"].links("//p[@class='more']/a")
    assert links == ["en/events/2026/", "en/events/2025/"]


def test_the_home_page_shows_only_what_takes_place(pages: Mapping[str, Page]):
    """Three of them; the others stand ready for when those have ended."""
    home = pages["en/"]
    taking_place = [title for title in UPCOMING if title not in ("cancelled", "postponed")]
    assert cards(home, "data-upcoming") == taking_place[:6]
    hidden = [card.get("hidden") is not None for card in home.find("//*[@data-upcoming]//article")]
    assert hidden == [False] * 3 + [True] * 3


def test_a_group_s_page_has_its_dates_its_past_and_its_posts(pages: Mapping[str, Page]):
    page = pages["en/groups/almaty/"]
    assert cards(page, "data-upcoming") == UPCOMING
    assert cards(page, "data-past") == PAST
    posts = page.texts("//section[@aria-labelledby='posts']//*[contains(@class, 'card-title')]")
    assert set(posts) == {"From the circle", "How October was"}
    (remains,) = page.texts("//*[@data-past]//p[@class='what-remains']")
    assert remains == "Slides · Report"


def test_a_group_without_dates_says_so(pages: Mapping[str, Page]):
    page = pages["en/groups/berlin/"]
    assert cards(page, "data-upcoming") == cards(page, "data-past") == []
    assert page.texts("//*[@data-upcoming]/p") == ["No date is set yet."]


def test_event_and_report_lead_to_each_other(pages: Mapping[str, Page]):
    assert "en/report/" in pages["en/events/last-month/"].links(
        "//p[contains(@class, 'is-over')]/a"
    )
    assert "en/events/last-month/" in pages["en/report/"].links("//p[@class='notice']/a")
    assert "en/groups/almaty/" in pages["en/events/last-month/"].links("//dl//a[not(@rel)]")


def test_registration_closes_after_the_last_day(pages: Mapping[str, Page]):
    button = "//p[@class='register']/a/@href"
    closed = "//p[@class='notice'][@data-shows-after][not(@hidden)]"
    for name, is_open in (("confirmed", True), ("closed", False), ("sold-out", False)):
        page = pages[f"en/events/{name}/"]
        assert page.find(button) == (["https://example.org/register"] if is_open else [])
        assert len(page.find(closed)) == (name == "closed"), name
    deadline = pages["en/events/confirmed/"].one("//p[@class='register']/@data-hides-after")
    assert deadline == "2026-11-23T00:00:00+05:00"
    status = pages["en/events/sold-out/"].texts("//p[contains(@class, 'status')]")
    assert status == ["Sold out"]


def test_interpretation_is_shown_without_languages(pages: Mapping[str, Page]):
    languages = "//dl//dd/small[contains(., 'Interpreted into:')]"
    (text,) = pages["en/events/postponed/"].texts(languages)
    assert " ".join(text.split()) == "Interpreted into: English and Kazakh"
    assert len(pages["en/events/confirmed/"].texts(languages)) == 1


def test_links_to_more_calendars_are_separated(pages: Mapping[str, Page]):
    line = pages["en/events/"].one("//p[@class='more-calendars']")
    links = line.xpath("./a")
    assert len(links) > 1
    assert [link.tail.strip() for link in links[:-1]] == ["·"] * (len(links) - 1)


def test_an_event_is_over_once_it_has_ended(pages: Mapping[str, Page]):
    for name in ("just-over", "running"):
        (notice,) = pages[f"en/events/{name}/"].find("//p[contains(@class, 'is-over')]")
        assert (notice.get("hidden") is None) is (name == "just-over")


@cases(
    ("lang", "country", "city"),
    [
        ("en", "Kazakhstan", "Almaty"),
        ("ru", "Казахстан", "Алматы"),
        ("zh-hans", "哈萨克斯坦", "Almaty"),
    ],
)
def test_every_edition_has_a_page_of_each_country_and_city(
    pages: Mapping[str, Page], lang: str, country: str, city: str
):
    for address, name in (("kz", country), ("almaty", city)):
        page = pages[f"{lang}/places/{address}/"]
        assert page.texts("//h1") == [name]
        assert cards(page, "data-upcoming") == [title for title in LISTED if title != "online"]
        assert cards(page, "data-past") == PAST
        assert len(page.find("//article[contains(@class, 'card-group')]")) == 1
    assert f"{lang}/places/almaty/" in pages[f"{lang}/places/kz/"].links("//header//a")
    places = pages[f"{lang}/events/"].links("//nav[@class='places']//a")
    assert sorted(places) == [f"{lang}/places/{key}/" for key in ("almaty", "berlin", "de", "kz")]


def options(page: Page, name: str) -> list[str]:
    return [value for value in page.find(f"//select[@name='{name}']/option/@value") if value]


def test_the_finder_offers_what_there_is(pages: Mapping[str, Page]):
    page = pages["en/events/"]
    assert options(page, "language") == ["en", "kk", "ru"]
    assert options(page, "country") == ["DE", "KZ"]
    assert options(page, "group") == ["almaty", "berlin"]
    assert options(page, "month") == ["2026-11", "2026-12", "2027-01"]
    groups = pages["en/groups/"]
    assert options(groups, "month") == []
    assert options(groups, "language") == ["kk", "ru"]


def test_cards_say_what_the_finder_asks(pages: Mapping[str, Page]):
    (card,) = pages["en/events/"].find("//article[.//a[contains(@href, '/confirmed/')]]")
    asked = {name: card.get(f"data-{name}") for name in ("languages", "country", "city", "group")}
    assert asked == {"languages": "ru en", "country": "KZ", "city": "almaty", "group": "almaty"}
    assert (card.get("data-latitude"), card.get("data-longitude")) == ("43.25", "76.94")
    (online,) = pages["en/events/"].find("//article[@data-attendance='online']")
    assert online.get("data-city") is None


@cases("address", ["en/events/", "en/groups/almaty/", "en/places/kz/", "ru/places/almaty/"])
def test_pages_offer_their_calendar_every_way(pages: Mapping[str, Page], address: str):
    page = pages[address]
    file = f"/{address}calendar.ics"
    section = "//section[contains(@class, 'subscribe')]"
    webcal = page.one(f"{section}/ul//a[starts-with(@href, 'webcal://')]/@href")
    assert urlsplit(webcal).path == file
    google = page.one(f"{section}//a[contains(@href, 'calendar.google.com')]/@href")
    assert parse_qs(urlsplit(google).query) == {"cid": [webcal]}
    outlook = page.one(f"{section}//a[contains(@href, 'outlook')]/@href")
    assert parse_qs(urlsplit(outlook).query)["url"] == [webcal.replace("webcal:", "https:")]
    assert unquote(page.one(f"{section}//a[@download]/@href")) == file
    assert urlsplit(page.one(f"{section}//input[@readonly]/@value")).path == file
    alternates = page.find("//link[@rel='alternate'][@type='text/calendar']/@href")
    assert alternates[0] == file


def test_an_event_is_added_by_itself(pages: Mapping[str, Page]):
    page = pages["en/events/confirmed/"]
    buttons = page.find("//ul[contains(@class, 'add-to-calendar')]//a/@href")
    assert buttons[0] == "/en/events/confirmed/event.ics"
    google, outlook = (parse_qs(urlsplit(link).query) for link in buttons[1:])
    assert google["dates"] == ["20261210T133000Z/20261210T153000Z"]
    assert outlook["startdt"] == ["2026-12-10T13:30:00Z"]
    for name in ("cancelled", "just-over"):
        assert not pages[f"en/events/{name}/"].find("//ul[contains(@class, 'add-to-calendar')]")


def test_every_calendar_a_page_offers_exists(site: Build, own_site: Build):
    for each in (site, own_site):
        files = each.files()
        offered = {
            unquote(link).removeprefix("/")
            for page in read_pages(each).values()
            for link in page.find("//link[@type='text/calendar']/@href | //a[@download]/@href")
        }
        assert {name for name in files if name.endswith(".ics")} == offered


def test_maps_lead_to_the_position_or_the_street_of_a_venue():
    there = Place(venue="Hall", street="Abay 7", city="Алматы", latitude=43.25, longitude=76.9)
    assert there.map_url == (
        "https://www.openstreetmap.org/?mlat=43.25&mlon=76.9#map=17/43.25/76.9"
    )
    street = replace(there, latitude=None)
    assert unquote(street.map_url) == "https://www.openstreetmap.org/search?query=Abay 7, Алматы"
    assert replace(street, street="").map_url == ""


def test_the_page_of_an_event_has_a_map_of_its_place(tmp_path: Path):
    event: dict[str, Any] = {
        "start": "2027-01-10 18:00",
        "timezone": "Asia/Almaty",
        "venue": "Hall",
    }
    online = {"online": "https://example.org/call"}
    files = {
        "en/events/known.md": write_text("Known", city="Almaty", country="KZ", **event),
        "en/events/exact.md": write_text(
            "Exact", city="Nowhere", country="KZ", latitude=50.1, longitude=70.2, **event
        ),
        "en/events/unknown.md": write_text("Unknown", city="Nosuchtown", country="KZ", **event),
        "en/events/past.md": write_text(
            "Past", **{**event, "start": "2020-01-10 18:00"}, city="Almaty", country="KZ"
        ),
        "en/events/call.md": write_text(
            "Call", start="2027-01-10 18:00", timezone="Asia/Almaty", **online
        ),
        "en/groups/almaty.md": write_text(
            "Almaty",
            city="Almaty",
            country="KZ",
            timezone="Asia/Almaty",
            latitude=43.25,
            longitude=76.9,
        ),
    }
    built = build(write_site(tmp_path, files), tmp_path / "output")
    assert built.status == 0, built.told
    maps = {
        name: 'class="map"' in built.page(f"en/events/{name}/")
        for name in ("known", "exact", "unknown", "past", "call")
    }
    assert maps == {"known": True, "exact": True, "unknown": False, "past": False, "call": False}


def test_a_home_page_has_a_quotation_among_its_first_posts(tmp_path: Path):
    files = {
        f"en/posts/post-{day}.md": write_text(f"Post {day}", date=f"2026-11-{day:02} 10:00")
        for day in range(10, 20)
    }
    files["en/posts/quote.md"] = write_text(
        "Words", "#servicequotes", date="2026-10-01 10:00", quote="Listen first.", by="Ann"
    )
    built = build(write_site(tmp_path, files), tmp_path / "output")
    assert built.status == 0, built.told
    titles = re.findall(r"Post 1\d|Listen first", built.page("en/").partition("<main")[2])
    assert [*dict.fromkeys(titles)][:4] == ["Post 19", "Post 18", "Listen first", "Post 17"]
