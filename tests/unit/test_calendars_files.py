"""Calendar files: what a reader's calendar gets is what was meant."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events  # type: ignore[import-untyped]
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rubric.calendars.model import Calendar, CalendarEvent
from rubric.calendars.writer import render
from tests.cases import cases
from tests.unit.test_calendars_zones import NAMES, interpret, is_clear, local, zone

GOLDEN = Path(__file__).parents[1] / "golden" / "calendars"
PRODID = "-//Rubric//Calendar//EN"
ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Africa/Cairo",
    "Asia/Jerusalem",
    "Africa/Casablanca",
    "Asia/Almaty",
    "Asia/Taipei",
    "Australia/Lord_Howe",
    "Europe/Dublin",
    "America/Santiago",
    "America/Nuuk",
]


def event(**changes: Any) -> CalendarEvent:
    starts_at = datetime(2026, 12, 10, 18, 30, tzinfo=zone("Asia/Almaty"))
    usual = CalendarEvent(
        uid="events-meetup@example.org",
        sequence=0,
        changed_at=datetime(2026, 11, 1, 9, 30, tzinfo=UTC),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        has_stated_end=True,
        summary="Meetup",
    )
    return replace(usual, **changes)


def calendar(*events: CalendarEvent, **changes: Any) -> Calendar:
    usual = Calendar(
        name="Касса",
        description="",
        language="ru",
        url="https://example.org/ru/events/",
        source="https://example.org/ru/events/calendar.ics",
        events=events,
    )
    return replace(usual, **changes)


def unfold(content: bytes) -> list[str]:
    return content.replace(b"\r\n ", b"").decode().split("\r\n")


def value(lines: list[str], name: str) -> str:
    """The one value of a property, as it stands there."""
    (found,) = [line for line in lines if re.match(rf"{name}[;:]", line)]
    return found.partition(":")[2]


def unescape(text: str) -> str:
    """TEXT read once from left to right; icalendar reads the escapes one after another."""
    meant = {"n": "\n", "N": "\n"}
    return re.sub(r"\\(.)", lambda match: meant.get(match[1], match[1]), text)


def read_times(content: bytes) -> list[datetime]:
    """Instants of every DTSTART and DTEND of events, by the file's own VTIMEZONEs."""
    parsed = icalendar.Calendar.from_ical(content)
    zones = {str(part["TZID"]): part for part in parsed.walk("VTIMEZONE")}
    text = "\n".join(unfold(content)).partition("BEGIN:VEVENT")[2]
    found = []
    for tzid, wall, z in re.findall(r"DT(?:START|END)(?:;TZID=([^:]+))?:(\d+T\d+)(Z?)", text):
        time = local(wall)
        found.append(time.replace(tzinfo=UTC) if z else interpret(zones[tzid], time))
    return found


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from([name for name in NAMES if "/" in name]),
            st.datetimes(local("2020-01-01"), local("2040-01-01")),
            st.timedeltas(timedelta(minutes=1), timedelta(days=3)),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_a_file_alone_gives_the_instants(
    drawn: list[tuple[str, datetime, timedelta]],
) -> None:
    """Also of local times that happen twice: those stand in UTC."""
    events, expected = [], []
    for number, (name, wall, length) in enumerate(drawn):
        starts_at = wall.replace(tzinfo=UTC, microsecond=0).astimezone(zone(name))
        ends_at = (starts_at.astimezone(UTC) + length).replace(microsecond=0)
        ends_at = ends_at.astimezone(zone(name))
        events.append(event(uid=f"{number}@x", starts_at=starts_at, ends_at=ends_at))
        expected.append((starts_at.astimezone(UTC), f"{number}", ends_at.astimezone(UTC)))
    content = render(calendar(*events), PRODID)
    assert read_times(content) == [t for s, _, e in sorted(expected) for t in (s, e)]


@cases("name", ZONES)
def test_expansion_over_clock_changes(name: str) -> None:
    """Another reader, which must go by our VTIMEZONE because it can't know the zone's name."""
    events, expected = [], []
    day = datetime(2024, 1, 1, 12, tzinfo=UTC)
    while day.year < 2028:
        starts_at = day.astimezone(zone(name))
        assert is_clear(starts_at)
        events.append(event(uid=f"{day:%Y%m%d}@x", starts_at=starts_at, ends_at=starts_at))
        events[-1] = replace(events[-1], ends_at=starts_at + timedelta(hours=1))
        expected.append(day)
        day += timedelta(days=5)
    content = render(calendar(*events), PRODID)
    # icalendar remembers zones it had to make by their names, so each test has its own.
    nowhere = f"Nowhere/{name}".encode()
    unknown = content
    for before in (b"TZID=", b"TZID:"):
        unknown = unknown.replace(before + name.encode(), before + nowhere)
    parsed = icalendar.Calendar.from_ical(unknown)
    found = recurring_ical_events.of(parsed).between((2024, 1, 1), (2028, 1, 2))
    assert sorted(e.start.astimezone(UTC) for e in found) == expected


TEXTS = [
    "a; b, c\\d",
    r"C:\New\notes and \N, \n",
    "line\nline\r\nline\rline\u2028line\x0bline",
    "間違いのない時間。" * 20,
    "👩‍👩‍👧‍👦🏳️‍🌈" * 20,
    "Служба поддержки: “сто друзей” " * 9,
    "tab\there",
    "x" * 73 + "ы" * 10,
    "\\" * 150,
    ";" * 75 + "," * 76,
]


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.sampled_from(TEXTS), st.text()))
def test_texts_come_back(text: str) -> None:
    content = render(
        calendar(event(summary=text, description=text, location=text, categories=(text,))),
        PRODID,
    )
    assert b"\r" not in content.replace(b"\r\n", b"")
    assert b"\n" not in content.replace(b"\r\n", b"")
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
        assert not re.search(rb"[\x00-\x08\x0a-\x1f\x7f]", line)
    wanted = re.sub("\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]", "\n", text)
    wanted = re.sub("[\x00-\x08\x0b-\x1f\x7f]", "", wanted)
    assume(wanted.strip())
    lines = unfold(content)
    for name in ("SUMMARY", "DESCRIPTION", "LOCATION", "CATEGORIES"):
        assert unescape(value(lines, name)) == wanted
    assert len(icalendar.Calendar.from_ical(content).walk("VEVENT")) == 1


def test_a_text_cannot_add_a_property() -> None:
    evil = "x\r\nATTENDEE:mailto:a@b"
    content = render(
        calendar(event(uid=evil, summary=evil, url=f"https://x/{evil}", language="en")), PRODID
    )
    assert not [line for line in unfold(content) if line.startswith("ATTENDEE")]


@cases(
    ("status", "expected", "transparency"),
    [
        ("scheduled", "CONFIRMED", "OPAQUE"),
        ("moved", "CONFIRMED", "OPAQUE"),
        ("postponed", "TENTATIVE", "TRANSPARENT"),
        ("tentative", "TENTATIVE", "TRANSPARENT"),
        ("cancelled", "CANCELLED", "TRANSPARENT"),
    ],
)
def test_status(status: str, expected: str, transparency: str) -> None:
    lines = unfold(render(calendar(event(status=status)), PRODID))
    assert (value(lines, "STATUS"), value(lines, "TRANSP")) == (expected, transparency)


def test_stamps() -> None:
    changed_at = datetime(2026, 11, 1, 14, 30, 5, 999, tzinfo=zone("Asia/Almaty"))
    lines = unfold(render(calendar(event(changed_at=changed_at, sequence=3)), PRODID))
    assert value(lines, "DTSTAMP") == value(lines, "LAST-MODIFIED") == "20261101T093005Z"
    assert value(lines, "SEQUENCE") == "3"


def test_an_estimated_end_is_a_duration() -> None:
    """Elapsed time: four hours, though clocks show five."""
    starts_at = datetime(2027, 3, 27, 23, tzinfo=zone("Europe/Berlin"))
    ends_at = datetime(2027, 3, 28, 4, tzinfo=zone("Europe/Berlin"))
    estimated = event(starts_at=starts_at, ends_at=ends_at, has_stated_end=False)
    lines = unfold(render(calendar(estimated), PRODID))
    assert value(lines, "DURATION") == "PT4H"
    assert not [line for line in lines if line.startswith("DTEND")]


def test_days() -> None:
    """The end is exclusive, and days need no VTIMEZONE."""
    starts_at = datetime(2026, 12, 10, tzinfo=zone("Asia/Almaty"))
    days = event(all_day=True, starts_at=starts_at, ends_at=starts_at + timedelta(days=2))
    content = render(calendar(days), PRODID)
    lines = unfold(content)
    assert "DTSTART;VALUE=DATE:20261210" in lines
    assert "DTEND;VALUE=DATE:20261212" in lines
    assert b"VTIMEZONE" not in content


def test_utc_has_no_zone() -> None:
    starts_at = datetime(2026, 12, 10, 12, tzinfo=ZoneInfo("UTC"))
    online = event(starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
    content = render(calendar(online), PRODID)
    assert b"DTSTART:20261210T120000Z\r\n" in content
    assert b"VTIMEZONE" not in content


@cases("fold", [0, 1])
def test_a_time_that_happens_twice_is_in_utc(fold: int) -> None:
    starts_at = datetime(2026, 10, 25, 2, 30, tzinfo=zone("Europe/Berlin"), fold=fold)
    ends_at = datetime(2026, 10, 25, 6, tzinfo=zone("Europe/Berlin"))
    content = render(calendar(event(starts_at=starts_at, ends_at=ends_at)), PRODID)
    assert f"DTSTART:20261025T0{fold}3000Z" in unfold(content)


def test_names_only_in_files_to_subscribe_to() -> None:
    many = unfold(render(calendar(event(), description="Все встречи"), PRODID))
    one = unfold(render(calendar(event(), is_single=True), PRODID))
    assert "X-WR-CALNAME:Касса" in many
    assert "NAME;LANGUAGE=ru:Касса" in many
    assert "DESCRIPTION;LANGUAGE=ru:Все встречи" in many
    assert not [line for line in one if re.match("NAME|X-WR-|DESCRIPTION", line)]
    for lines in (many, one):
        assert "SOURCE;VALUE=URI:https://example.org/ru/events/calendar.ics" in lines
        assert "REFRESH-INTERVAL;VALUE=DURATION:PT1H" in lines
        assert "X-PUBLISHED-TTL:PT1H" in lines
        assert "METHOD:PUBLISH" in lines


def test_order_of_events_doesnt_matter() -> None:
    events = [event(uid=f"{name}@x") for name in "cab"]
    content = render(calendar(*events), PRODID)
    assert content == render(calendar(*reversed(events)), PRODID)
    assert re.findall(rb"UID:(.)", content) == [b"a", b"b", b"c"]


def test_small_degrees_have_no_exponent() -> None:
    lines = unfold(render(calendar(event(latitude=1e-5, longitude=-76.889709)), PRODID))
    assert value(lines, "GEO") == "0.000010;-76.889709"


@cases(
    ("changes", "problem"),
    [
        ({"starts_at": local("2026-12-10T18:00")}, "no named time zone"),
        ({"starts_at": datetime(2026, 12, 10, 18, tzinfo=UTC)}, "no named time zone"),
        ({"ends_at": event().starts_at}, "is not after the start"),
    ],
)
def test_wrong_events(changes: dict[str, Any], problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        render(calendar(event(**changes)), PRODID)


def test_a_uid_is_one_events() -> None:
    with pytest.raises(ValueError, match="same UID"):
        render(calendar(event(), event(summary="Other")), PRODID)


def test_golden_russian() -> None:
    place = event(
        status="moved",
        sequence=2,
        summary="Новая дата: Сервис, о котором рассказывают",
        description="Разбираем письма, на которые не ответили; чай и пирожки.\n"
        "https://example.org/ru/meetup/",
        location="Библиотека, проспект Достык 13, Алматы",
        latitude=43.238949,
        longitude=76.945465,
        url="https://example.org/ru/events/встреча/",
        categories=("Истории о сервисе", "Алматы"),
        language="ru",
    )
    content = render(calendar(place, description="Встречи сообщества"), PRODID)
    assert content == (GOLDEN / "russian.ics").read_bytes()


def test_golden_traditional_chinese() -> None:
    starts_at = datetime(2026, 12, 5, 14, tzinfo=zone("Asia/Taipei"))
    talk = event(
        uid="events-taipei@example.org",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=3),
        has_stated_end=False,
        summary="服務設計讀書會：把抱怨當成禮物",
        description="我們一起讀一封客訴信，並且一字一句改寫回覆；"
        "歡迎帶自己的例子來，新朋友也歡迎 🍵。",
        location="台北市大安區, 和平東路一段 129 號",
        url="https://example.org/zh-hant/events/taipei/",
        categories=("服務故事",),
        language="zh-Hant",
    )
    content = render(
        calendar(talk, name="台北", language="zh-Hant", is_single=True, description=""), PRODID
    )
    assert content == (GOLDEN / "traditional-chinese.ics").read_bytes()
