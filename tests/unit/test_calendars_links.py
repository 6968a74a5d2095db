"""Links into readers' calendars say the same as the files."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from rubric.calendars.model import CalendarEvent
from rubric.calendars.service_urls import (
    google_event_url,
    google_subscribe_url,
    outlook_event_url,
    outlook_subscribe_url,
    webcal_url,
)
from tests.cases import cases
from tests.unit.test_calendars_files import event
from tests.unit.test_calendars_zones import zone

URL = "https://example.org/zh-hant/events/calendar.ics"


def query(url: str) -> dict[str, str]:
    assert "+" not in url
    assert url.isascii()
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def days() -> CalendarEvent:
    start = datetime(2026, 12, 10, tzinfo=zone("Asia/Almaty"))
    return event(all_day=True, starts_at=start, ends_at=start + timedelta(days=2))


def test_webcal() -> None:
    assert webcal_url(URL) == "webcal://example.org/zh-hant/events/calendar.ics"


@cases("url", ["http://x/c.ics", "/c.ics", "webcals://x/", "https://", ""])
def test_only_https_is_subscribed_to(url: str) -> None:
    for build in (webcal_url, google_subscribe_url, lambda u: outlook_subscribe_url(u, "x")):
        with pytest.raises(ValueError, match="not an https URL"):
            build(url)


def test_google_subscribe() -> None:
    assert google_subscribe_url(URL) == (
        "https://calendar.google.com/calendar/r?cid="
        "webcal%3A%2F%2Fexample.org%2Fzh-hant%2Fevents%2Fcalendar.ics"
    )


def test_outlook_subscribe() -> None:
    url = outlook_subscribe_url(URL, "台北 & friends")
    assert url.startswith("https://outlook.live.com/calendar/0/addfromweb?url=https%3A%2F%2F")
    assert query(url) == {"url": URL, "name": "台北 & friends"}


def test_google_event() -> None:
    said = query(google_event_url(event(summary="Чай & пирожки", location="Алматы")))
    assert said == {
        "action": "TEMPLATE",
        "text": "Чай & пирожки",
        "dates": "20261210T133000Z/20261210T153000Z",
        "location": "Алматы",
    }
    assert query(google_event_url(days()))["dates"] == "20261210/20261212"


def test_outlook_event() -> None:
    said = query(outlook_event_url(event(url="https://x/")))
    assert said["startdt"] == "2026-12-10T13:30:00Z"
    assert said["enddt"] == "2026-12-10T15:30:00Z"
    assert said["body"] == "https://x/"
    assert "allday" not in said
    whole = query(outlook_event_url(days()))
    assert (whole["startdt"], whole["enddt"], whole["allday"]) == (
        "2026-12-10",
        "2026-12-12",
        "true",
    )


@cases(
    ("description", "details"),
    [
        (
            "Tea.\nhttps://x/e/\nRegister: https://x/r",
            "Tea.\nRegister: https://x/r\n\nhttps://x/e/",
        ),
        ("https://x/e/", "https://x/e/"),
        ("", "https://x/e/"),
        ("Tea, see https://x/e/ for more.", "Tea, see https://x/e/ for more."),
        ("Tea at https://x/e/more", "Tea at https://x/e/more\n\nhttps://x/e/"),
    ],
)
def test_the_page_is_named_once(description: str, details: str) -> None:
    given = event(description=description, url="https://x/e/")
    assert query(google_event_url(given))["details"] == details
    assert query(outlook_event_url(given))["body"] == details


@cases("build", [google_event_url, outlook_event_url])
def test_a_long_description_ends_with_the_page(build: Any) -> None:
    given = event(description="\n".join(["Tea " * 300, "https://x/e/"]), url="https://x/e/")
    values = query(build(given))
    text = values.get("details") or values["body"]
    assert text.endswith("…\n\nhttps://x/e/")
    assert text.count("https://x/e/") == 1


@cases("text", ["服務" * 3000, "слово " * 3000])
@cases("build", [google_event_url, outlook_event_url])
def test_addresses_stay_short(text: str, build: Any) -> None:
    assert len(build(event(description=text, url="https://x/"))) < 8000
