"""When an event is: what authors write, as instants."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubric.events.times import TimeError, TimeErrors, Times, resolve_times
from rubric.model.event import UserGroup
from rubric.model.moment import load_zone, parse_duration, parse_moment
from tests.cases import cases

DEFAULT = timedelta(hours=2)
MOMENTS = ("start", "end", "moved_from", "registration_until", "promo_until")


def resolve(group: UserGroup | None = None, **written: Any) -> Times:
    """Resolve front matter as it is written; in Berlin unless said or the group's."""
    given: dict[str, Any] = {"start": "2026-12-10 18:30", **written}
    if group is None:
        given.setdefault("timezone", "Europe/Berlin")
    facts: dict[str, Any] = {name: parse_moment(given[name]) for name in MOMENTS if name in given}
    if "duration" in given:
        facts["duration"] = parse_duration(given["duration"])
    return resolve_times({**given, **facts}, group, DEFAULT)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def refused(group: UserGroup | None = None, **written: Any) -> TimeError:
    (error,) = all_refused(group, **written)
    return error


def all_refused(group: UserGroup | None = None, **written: Any) -> list[TimeError]:
    with pytest.raises(TimeErrors) as caught:
        resolve(group, **written)
    for error in caught.value.errors:
        assert error.problem.endswith(".")
        assert error.fix.endswith(".")
    return caught.value.errors


def test_start_and_end_are_local_times_of_the_zone():
    times = resolve(end="2026-12-10 21:00")
    assert (times.starts_at, times.ends_at) == (utc("2026-12-10 17:30"), utc("2026-12-10 20:00"))
    assert times.starts_at.isoformat() == "2026-12-10T18:30:00+01:00"
    assert times.has_stated_end
    assert not times.all_day


def test_an_event_may_end_on_another_day():
    times = resolve(end="2026-12-13 02:00")
    assert times.ends_at - times.starts_at == timedelta(days=2, hours=7, minutes=30)


@cases(("written", "minutes"), [("90m", 90), ("1h 30m", 90), ("2d", 2880), ("26h", 1560)])
def test_a_duration_is_an_end(written: str, minutes: int):
    times = resolve(duration=written)
    assert times.ends_at - times.starts_at == timedelta(minutes=minutes)
    assert times.has_stated_end


def test_a_duration_is_elapsed_time():
    """Berlin's clocks go forward at two that night, so three hours end at three plus one."""
    times = resolve(start="2027-03-28 00:30", duration="3h")
    assert times.ends_at.isoformat() == "2027-03-28T04:30:00+02:00"


def test_an_end_nobody_stated_is_the_default_and_known_as_an_estimate():
    times = resolve()
    assert times.ends_at - times.starts_at == DEFAULT
    assert not times.has_stated_end


def test_an_end_nobody_stated_is_the_group_s_length():
    group = UserGroup(zone=load_zone("Asia/Almaty"), duration=timedelta(minutes=45))
    times = resolve(group)
    assert times.ends_at - times.starts_at == timedelta(minutes=45)
    assert not times.has_stated_end


def test_the_zone_is_the_group_s_unless_the_event_says_another():
    group = UserGroup(zone=load_zone("Asia/Almaty"))
    assert resolve(group).starts_at == utc("2026-12-10 13:30")
    assert resolve(group, timezone="Asia/Taipei").starts_at == utc("2026-12-10 10:30")


def test_without_any_zone_the_event_is_refused():
    wrong = refused(UserGroup())
    assert (wrong.field, wrong.problem) == (
        "timezone",
        "is missing, so the time of the start is unknown.",
    )


# Whole days -----------------------------------------------------------------------------


@cases(
    ("written", "after"),
    [
        ({}, "2026-12-11"),
        ({"end": "2026-12-10"}, "2026-12-11"),
        ({"end": "2026-12-12"}, "2026-12-13"),
        ({"duration": "1d"}, "2026-12-11"),
        ({"duration": "3d"}, "2026-12-13"),
        ({"duration": "4h"}, "2026-12-11"),
        ({"end": "2026-12-12 18:00", "all_day": True}, "2026-12-13"),
    ],
)
def test_whole_days_end_at_the_midnight_after_the_last(written: dict[str, Any], after: str):
    times = resolve(start="2026-12-10", **written)
    assert times.all_day
    assert times.starts_at.isoformat() == "2026-12-10T00:00:00+01:00"
    assert times.ends_at.isoformat() == f"{after}T00:00:00+01:00"


def test_an_event_with_times_may_be_of_whole_days():
    times = resolve(all_day=True)
    assert times.starts_at.isoformat() == "2026-12-10T00:00:00+01:00"


def test_a_day_with_fewer_hours_is_a_whole_day():
    times = resolve(start="2027-03-28")
    assert times.ends_at.astimezone(UTC) - times.starts_at.astimezone(UTC) == timedelta(hours=23)


def test_a_day_begins_even_if_clocks_skip_its_midnight():
    """Cairo's clocks jump from midnight to one on that day."""
    times = resolve(start="2026-04-24", timezone="Africa/Cairo")
    assert times.starts_at.astimezone(UTC) == utc("2026-04-23 22:00")
    assert times.starts_at.date().isoformat() == "2026-04-24"


# Clocks that change ---------------------------------------------------------------------


@cases(("fold", "start"), [(0, "2026-10-25 00:30"), (1, "2026-10-25 01:30")])
def test_fold_says_which_of_two_equal_times(fold: int, start: str):
    times = resolve(start="2026-10-25 02:30", fold=fold)
    assert times.starts_at.astimezone(UTC) == utc(start)
    assert times.ends_at.astimezone(UTC) == utc(start) + DEFAULT


def test_clocks_that_go_back_do_not_end_an_event_before_its_start():
    """From 02:45 summer time, half an hour later it is 02:15 winter time."""
    times = resolve(start="2026-10-25 02:45", fold=0, duration="30m")
    assert times.ends_at.isoformat() == "2026-10-25T02:15:00+01:00"
    with_end = resolve(start="2026-10-25 02:45+02:00", end="2026-10-25 02:15+01:00")
    assert with_end.ends_at.astimezone(UTC) == utc("2026-10-25 01:15")


@cases(
    ("written", "field", "problem"),
    [
        ({"start": "2026-10-25 02:30"}, "start", "happens twice in Europe/Berlin"),
        ({"start": "2027-03-28 02:30"}, "start", "does not exist in Europe/Berlin"),
        ({"start": "2026-12-10 18:30+02:00"}, "start", "the offset +02:00 is not the one of"),
        ({"end": "2027-03-28 02:30"}, "end", "does not exist in Europe/Berlin"),
        ({"end": "2026-12-10 18:30"}, "end", "is not after the start."),
        ({"end": "2026-12-10 18:29"}, "end", "is not after the start."),
        ({"end": "2026-12-11"}, "end", "has no time, but the start has."),
        ({"start": "2026-12-10", "end": "2026-12-09"}, "end", "is not after the start."),
        ({"end": "2026-12-10 20:00", "duration": "2h"}, "duration", "and end are both set."),
        ({"start": "2026-12-10", "end": "2026-12-11", "duration": "2d"}, "duration", "and end"),
        ({"moved_from": "2027-03-28 02:30"}, "moved_from", "does not exist in Europe/Berlin"),
        ({"registration_until": "2026-10-25 02:30"}, "registration_until", "happens twice in"),
        ({"promo_until": "2027-03-28 02:30"}, "promo_until", "does not exist in"),
    ],
)
def test_wrong_times_are_refused_by_field(written: dict[str, Any], field: str, problem: str):
    wrong = refused(**written)
    assert wrong.field == field
    assert problem in wrong.problem


def test_an_event_needs_a_start():
    with pytest.raises(TimeErrors) as caught:
        resolve_times({"timezone": "Europe/Berlin"}, None, DEFAULT)
    assert [error.field for error in caught.value.errors] == ["start"]


# Deadlines ------------------------------------------------------------------------------


@cases("name", ["registration_until", "promo_until"])
def test_a_deadline_without_a_time_counts_to_the_end_of_the_day(name: str):
    assert getattr(resolve(None, **{name: "2026-12-09"}), name) == utc("2026-12-09 23:00")


@cases("name", ["registration_until", "promo_until"])
def test_a_deadline_with_a_time_is_that_time(name: str):
    assert getattr(resolve(None, **{name: "2026-12-09 12:00"}), name) == utc("2026-12-09 11:00")


def test_no_deadline_is_none():
    times = resolve()
    assert (times.registration_until, times.promo_until, times.moved_from) == (None, None, None)


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2036, 1, 1)),  # noqa: DTZ001 (a wall clock)
    st.integers(1, 5000),
    st.sampled_from(
        [
            "Europe/Berlin",
            "America/New_York",
            "Africa/Cairo",
            "Asia/Jerusalem",
            "Africa/Casablanca",
            "Asia/Almaty",
            "Asia/Taipei",
            "Australia/Lord_Howe",
        ]
    ),
)
def test_any_time_that_exists_once_lasts_as_long_as_said(wall: datetime, minutes: int, name: str):
    wall = wall.replace(second=0, microsecond=0)
    zone = load_zone(name)
    instants = {wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1)}
    written: dict[str, Any] = {
        "start": f"{wall:%Y-%m-%d %H:%M}",
        "timezone": name,
        "duration": f"{minutes}m",
    }
    if len(instants) > 1:
        assert refused(**written).field == "start"
        return
    times = resolve(**written)
    (instant,) = instants
    assert times.starts_at.astimezone(UTC) == instant
    assert times.ends_at.astimezone(UTC) == instant + timedelta(minutes=minutes)


GAP = "2026-03-29 02:30"
"""A time that does not exist in Berlin."""


@cases(
    ("written", "fields"),
    [
        ({"start": GAP, "end": GAP}, ["start", "end"]),
        ({"start": GAP, "end": "2026-12-10"}, ["start", "end"]),
        ({"start": GAP, "end": "2026-03-29 01:00"}, ["start"]),
        ({"start": GAP, "end": "2026-12-10 20:00", "duration": "2h"}, ["start", "duration"]),
        (
            {"start": GAP, "moved_from": GAP, "registration_until": GAP, "promo_until": GAP},
            ["moved_from", "registration_until", "promo_until", "start"],
        ),
        ({"end": "2026-12-09 20:00", "promo_until": GAP}, ["promo_until", "end"]),
    ],
)
def test_all_wrong_times_are_reported_at_once(written: dict[str, Any], fields: list[str]):
    assert [error.field for error in all_refused(**written)] == fields


def test_a_missing_start_does_not_hide_a_wrong_end():
    facts = {"timezone": "Europe/Berlin", "end": parse_moment(GAP)}
    with pytest.raises(TimeErrors) as caught:
        resolve_times(facts, None, DEFAULT)
    assert [error.field for error in caught.value.errors] == ["start", "end"]


@cases("end", ["2199-12-10 20:00", "2027-12-13 20:00"])
def test_an_event_of_more_than_a_year_is_refused(end: str):
    wrong = refused(end=end)
    assert (wrong.field, wrong.problem) == ("end", "is more than a year after the start.")
    assert resolve(end="2027-12-10 20:00").has_stated_end


def test_whole_days_of_more_than_a_year_are_refused():
    assert refused(start="2026-12-10", end="2028-01-01").field == "end"
    assert resolve(start="2026-01-01", end="2026-12-31").all_day
