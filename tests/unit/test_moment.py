"""Local times, their zones, and the nights on which clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubric.model.moment import (
    Moment,
    format_offset,
    load_zone,
    localize,
    parse_duration,
    parse_moment,
)
from tests.cases import cases

ZONES = st.sampled_from(
    ["Asia/Almaty", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Taipei"]
)


@cases(
    ("text", "local", "offset"),
    [
        ("2026-11-05 18:30", "2026-11-05T18:30", None),
        ("2026-11-05T18:30", "2026-11-05T18:30", None),
        ("2026-11-05 9:05", "2026-11-05T09:05", None),
        (" 2026-11-05 18:30:15 ", "2026-11-05T18:30:15", None),
        ("2026-11-05T18:30+05:00", "2026-11-05T18:30", timedelta(hours=5)),
        ("2026-11-05T18:30:00 -0330", "2026-11-05T18:30", -timedelta(hours=3, minutes=30)),
        ("2026-11-05 18:30Z", "2026-11-05T18:30", timedelta(0)),
        ("2028-02-29 00:00", "2028-02-29T00:00", None),
        ("2020-04-03T20:26:28.000Z", "2020-04-03T20:26:28", timedelta(0)),
        ("2020-04-03T20:26:28.123456789+02:00", "2020-04-03T20:26:28", timedelta(hours=2)),
        ("2020-04-03 20:26:28 +0300", "2020-04-03T20:26:28", timedelta(hours=3)),
        ("2020-04-03 20:26:28 UTC", "2020-04-03T20:26:28", timedelta(0)),
        ("2020-04-03t20:26z", "2020-04-03T20:26", timedelta(0)),
        ("2020-04-03T20:26+02", "2020-04-03T20:26", timedelta(hours=2)),
        ("2020/4/3 8:26", "2020-04-03T08:26", None),
        ("2020.04.03 08:26", "2020-04-03T08:26", None),
    ],
)
def test_moment_is_read_as_written(text: str, local: str, offset: timedelta | None) -> None:
    expected = Moment(datetime.fromisoformat(local), has_time=True, offset=offset)
    assert parse_moment(text) == expected


def test_date_without_time_says_so() -> None:
    moment = parse_moment("2026-11-05")
    assert not moment.has_time
    assert moment.date.isoformat() == "2026-11-05"


@cases(
    "text",
    [
        "",
        "tomorrow",
        "05.11.2026",
        "11/05/2026",
        "2026-11/05",
        "5-11-2026",
        "2026-11-05 18:30:00.",
        "2026-11-05 18:30.000Z",
        "2026-11-05 18",
        "2026-11-05 18.30",
        "2026-11-05 6:30 pm",
        "2026-11-05 18:30 CET",
        "2026-11-05+05:00",
        "２０２６-11-05x",
        "2026-02-29",
        "9999-12-31 23:00",
        "0000-01-01",
        "2026-13-01",
        "2026-11-05 24:00",
        "2026-11-05 18:60",
    ],
)
def test_what_is_no_moment_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="Write it as 2026-11-05 or 2026-11-05 18:30"):
        parse_moment(text)


@given(st.text())
def test_any_other_text_is_refused_as_a_mistake(text: str) -> None:
    with pytest.raises(ValueError, match="“"):
        parse_moment(f"{text}!")


@cases("offset", ["+24:00", "+99:99", "-24:30", "+05:60"])
def test_offset_that_no_clock_has_is_refused(offset: str) -> None:
    with pytest.raises(ValueError, match="Write it as"):
        parse_moment(f"2026-11-05T18:30{offset}")


@cases(
    ("text", "minutes"),
    [("2h", 120), ("90m", 90), ("90min", 90), ("1h 30m", 90), ("1h30m", 90), ("2d", 2880)],
)
def test_duration_is_read(text: str, minutes: int) -> None:
    assert parse_duration(text) == timedelta(minutes=minutes)


@cases("text", ["", "2", "two hours", "-2h", "1.5h", "2h 30", "30m 2h", "0h"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Write it as 2h, 90m or 1h 30m"):
        parse_duration(text)


def test_duration_longer_than_any_calendar_is_refused() -> None:
    with pytest.raises(ValueError, match="Write it as"):
        parse_duration("9999999999999d")


@cases("name", ["Asia/Almaty", "America/Argentina/Buenos_Aires", "UTC"])
def test_zone_is_loaded_by_its_name(name: str) -> None:
    assert load_zone(name).key == name


@cases("name", ["CST", "EST", "Berlin", "+05:00", "GMT+3", ""])
def test_abbreviation_is_no_zone(name: str) -> None:
    with pytest.raises(ValueError, match="Abbreviations are ambiguous"):
        load_zone(name)


@cases(
    "name",
    [
        "Asia/Almati",
        "asia/",
        "Europe/",
        "/etc/passwd",
        "../etc/passwd",
        "Europe/../Berlin",
        "Europe//Berlin",
        "Europe/Berlin\0",
        "Europe/__init__.py",
        "Asia/Алматы",
        "Asia/" + "a" * 300,
    ],
)
def test_unknown_zone_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="is not a"):
        load_zone(name)


@cases(
    ("text", "zone", "utc"),
    [
        ("2026-11-05 18:30", "Asia/Almaty", "2026-11-05T13:30Z"),
        ("2026-11-05 18:30", "Europe/Berlin", "2026-11-05T17:30Z"),
        ("2026-07-05 18:30", "Europe/Berlin", "2026-07-05T16:30Z"),
        ("2026-07-05 18:30", "America/New_York", "2026-07-05T22:30Z"),
        ("2026-01-05 18:30", "Australia/Lord_Howe", "2026-01-05T07:30Z"),
        ("2026-11-05T18:30+05:00", "Asia/Almaty", "2026-11-05T13:30Z"),
    ],
)
def test_local_time_becomes_an_instant(text: str, zone: str, utc: str) -> None:
    zoned = localize(parse_moment(text), ZoneInfo(zone))
    assert zoned.astimezone(UTC) == datetime.fromisoformat(utc)


SKIPPED = [
    ("2026-03-29 02:00", "Europe/Berlin"),
    ("2026-03-29 02:59:59", "Europe/Berlin"),
    ("2026-03-08 02:30", "America/New_York"),
    ("2026-10-04 02:15", "Australia/Lord_Howe"),  # clocks move by half an hour there
    ("2011-12-30 12:00", "Pacific/Apia"),  # Samoa left a whole day out
]


@cases(("text", "zone"), SKIPPED)
@cases("fold", [None, 0, 1])
def test_time_that_clocks_skip_is_refused(text: str, zone: str, fold: int | None) -> None:
    with pytest.raises(ValueError, match="does not exist"):
        localize(parse_moment(text), ZoneInfo(zone), fold)


@cases(
    ("text", "zone"),
    [
        ("2026-03-29 01:59", "Europe/Berlin"),
        ("2026-03-29 03:00", "Europe/Berlin"),
        ("2026-10-25 01:59", "Europe/Berlin"),
        ("2026-10-25 03:00", "Europe/Berlin"),
        ("2026-10-04 02:30", "Australia/Lord_Howe"),
        ("2026-04-05 02:00", "Australia/Lord_Howe"),
    ],
)
def test_times_beside_the_change_are_as_good_as_others(text: str, zone: str) -> None:
    moment = parse_moment(text)
    assert localize(moment, ZoneInfo(zone)).replace(tzinfo=None) == moment.local


TWICE = [
    ("2026-10-25 02:30", "Europe/Berlin", "00:30", "01:30"),
    ("2026-11-01 01:30", "America/New_York", "05:30", "06:30"),
    ("2026-04-05 01:45", "Australia/Lord_Howe", "14:45", "15:15"),
]


@cases(("text", "zone", "first", "second"), TWICE)
def test_time_that_happens_twice_needs_fold(text: str, zone: str, first: str, second: str) -> None:
    moment = parse_moment(text)
    with pytest.raises(ValueError, match=r"happens twice.*fold: 0"):
        localize(moment, ZoneInfo(zone))
    instants = [localize(moment, ZoneInfo(zone), fold).astimezone(UTC) for fold in (0, 1)]
    assert [f"{instant:%H:%M}" for instant in instants] == [first, second]


@cases(("offset", "utc"), [("+02:00", "00:30"), ("+01:00", "01:30")])
def test_offset_says_which_of_two_equal_times(offset: str, utc: str) -> None:
    moment = parse_moment(f"2026-10-25T02:30{offset}")
    assert f"{localize(moment, ZoneInfo('Europe/Berlin')).astimezone(UTC):%H:%M}" == utc


@cases(
    ("text", "zone", "told"),
    [
        ("2026-12-10T18:30+02:00", "Europe/Berlin", r"\+02:00 .*Europe/Berlin .*\+01:00"),
        ("2026-07-10T18:30+01:00", "Europe/Berlin", r"\+01:00 .*Europe/Berlin .*\+02:00"),
        ("2026-12-10T18:30Z", "Asia/Almaty", r"\+00:00 .*Asia/Almaty .*\+05:00"),
        ("2026-12-10T18:30+06:00", "Asia/Almaty", r"\+06:00 .*\+05:00"),  # until 2024
        ("2026-07-10T18:30-03:00", "America/New_York", r"-03:00 .*-04:00"),
    ],
)
def test_offset_that_contradicts_the_zone_is_refused(text: str, zone: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        localize(parse_moment(text), ZoneInfo(zone))


def test_fold_is_0_or_1() -> None:
    with pytest.raises(ValueError, match="fold is 0"):
        localize(parse_moment("2026-12-10 18:30"), ZoneInfo("Europe/Berlin"), fold=2)


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2060, 1, 1)),  # noqa: DTZ001 (local times)
    ZONES,
    st.sampled_from([0, 1]),
)
def test_zoned_time_shows_the_wall_clock_that_was_written(
    local: datetime, name: str, fold: int
) -> None:
    """Either the time doesn't exist, or going through UTC and back gives it again."""
    zone = ZoneInfo(name)
    moment = Moment(local, has_time=True)
    there_and_back = local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone)
    if there_and_back.replace(tzinfo=None) == local:
        zoned = localize(moment, zone, fold)
        assert zoned.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local
    else:
        with pytest.raises(ValueError, match="does not exist"):
            localize(moment, zone, fold)


@cases("text", ["+05:00", "-03:30", "+00:00", "+12:45", "-00:30"])
def test_offset_is_spelt_as_it_is_read(text: str) -> None:
    offset = parse_moment(f"2026-01-01T00:00{text}").offset
    assert format_offset(offset) == text


def test_no_offset_is_spelt_as_utc() -> None:
    assert format_offset(None) == "+00:00"
