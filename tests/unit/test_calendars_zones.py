"""Every VTIMEZONE means the instants that the time zone data means, to every reader."""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
from dateutil.rrule import rrulestr
from dateutil.tz import tzical
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rubric.calendars.transitions import (
    derive_rule,
    find_rules,
    find_transitions,
    local_time_at,
)
from rubric.calendars.vtimezone import build_vtimezone
from tests.cases import cases
from tests.collecting import each

NAMES = sorted(files("tzdata").joinpath("zones").read_text("utf-8").split())
HARD = [
    "Europe/Berlin",
    "America/New_York",
    "Africa/Cairo",
    "Asia/Jerusalem",
    "Africa/Casablanca",
    "Africa/El_Aaiun",
    "Asia/Almaty",
    "Asia/Taipei",
    "Australia/Lord_Howe",
    "Europe/Dublin",
    "America/Santiago",
    "America/Nuuk",
    "America/Scoresbysund",
    "Asia/Gaza",
    "America/Asuncion",
    "Pacific/Chatham",
    "Antarctica/Troll",
    "America/Havana",
    "Pacific/Easter",
    "Asia/Beirut",
]


local = datetime.fromisoformat
"""A time without a zone."""


@cache
def zone(name: str) -> ZoneInfo:
    """The zone of the pinned package; ZoneInfo(name) may take the operating system's."""
    with files("tzdata.zoneinfo").joinpath(*name.split("/")).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


def interpret(component: Any, wall: datetime) -> datetime:
    """The instant of a local time, by nothing but RFC 5545, 3.6.5."""
    best, offset = local("0001-01-01"), None
    for part in component.subcomponents:
        onset = part["DTSTART"].dt
        if "RRULE" in part:
            rule = rrulestr(part["RRULE"].to_ical().decode(), dtstart=onset)
            onset = rule.before(wall, inc=True)
        if onset is not None and best < onset <= wall:
            best, offset = onset, part["TZOFFSETTO"].td
    assert offset is not None, f"no clock at {wall}"
    instant: datetime = wall - offset
    return instant.replace(tzinfo=UTC)


def parse(component: icalendar.Timezone) -> Any:
    return icalendar.Timezone.from_ical(component.to_ical(sorted=False))


def is_clear(time: datetime) -> bool:
    return time.replace(fold=0).utcoffset() == time.replace(fold=1).utcoffset()


def check(name: str, instants: list[datetime], first: datetime, last: datetime) -> None:
    built = build_vtimezone(zone(name), first, last)
    component = parse(built)
    peer = tzical(StringIO(built.to_ical(sorted=False).decode())).get(name)
    for instant in instants:
        time = instant.astimezone(zone(name))
        if not is_clear(time):
            continue
        wall = time.replace(tzinfo=None)
        assert interpret(component, wall) == instant, (name, time)
        assert wall.replace(tzinfo=peer).astimezone(UTC) == instant, (name, time)


@cases("name", HARD)
@cases("years", [(2022, 2027), (2024, 2024), (2030, 2040)])
def test_around_every_change(name: str, years: tuple[int, int]) -> None:
    first = datetime(years[0], 1, 1, tzinfo=UTC)
    last = datetime(years[1] + 1, 1, 1, tzinfo=UTC)
    instants = [first, last]
    for change in find_transitions(zone(name), first, last):
        near = [change.at + timedelta(minutes=m) for m in (-181, -61, -1, 0, 1, 31, 61, 181)]
        instants += [instant for instant in near if first <= instant <= last]
    check(name, instants, first, last)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(NAMES),
    st.lists(st.datetimes(local("2020-01-01"), local("2040-12-31")), min_size=1, max_size=4),
)
def test_any_zone_any_time(name: str, walls: list[datetime]) -> None:
    locals_ = [wall.replace(microsecond=0, tzinfo=zone(name)) for wall in walls]
    assume(all(map(is_clear, locals_)))
    instants = sorted(local.astimezone(UTC) for local in locals_)
    check(name, instants, instants[0], instants[-1])


@each(NAMES)
def test_transitions_are_complete(name: str) -> None:
    """Between two transitions the local time never changes, and at each it does."""
    since, until = datetime(1980, 1, 1, tzinfo=UTC), datetime(2041, 1, 1, tzinfo=UTC)
    transitions = find_transitions(zone(name), since, until)
    for transition in transitions:
        just_before = transition.at - timedelta(seconds=1)
        assert local_time_at(zone(name), just_before) == transition.before
        assert local_time_at(zone(name), transition.at) == transition.after
        assert transition.before != transition.after
    instants = [transition.at for transition in transitions]
    start = local_time_at(zone(name), since)
    for number in range(0, (until - since).days, 9):
        instant = since + timedelta(days=number)
        past = bisect_right(instants, instant)
        expected = transitions[past - 1].after if past else start
        assert local_time_at(zone(name), instant) == expected, instant


@each(NAMES)
def test_rules_give_all_transitions(name: str) -> None:
    """Only Egypt has none: its clocks change on the day after a month's last Thursday."""
    first, last = datetime(2100, 1, 1, tzinfo=UTC), datetime(2140, 1, 1, tzinfo=UTC)
    rules = find_rules(zone(name))
    transitions = find_transitions(zone(name), first, last)
    if rules:
        assert [rule.in_year(year) for year in range(2100, 2140) for rule in rules] == transitions
    else:
        assert not transitions or name in ("Africa/Cairo", "Egypt")


def parts_of(name: str, first: datetime, last: datetime) -> list[tuple[str, str]]:
    text = build_vtimezone(zone(name), first, last).to_ical(sorted=False).decode()
    assert "RDATE" not in text
    found = []
    for block in text.split("BEGIN:")[2:]:
        rule = [line for line in block.splitlines() if line.startswith("RRULE")]
        found.append((block.split()[0], rule[0].removeprefix("RRULE:") if rule else ""))
    return found


SPAN = datetime(2030, 1, 5, tzinfo=UTC), datetime(2031, 12, 5, tzinfo=UTC)


def test_forms() -> None:
    """A rule for those that have one, one clock for the fixed, a list for the rest."""
    assert parts_of("Europe/Berlin", *SPAN) == [
        ("STANDARD", "FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU"),
        ("DAYLIGHT", "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"),
    ]
    assert parts_of("Asia/Jerusalem", *SPAN)[1] == (
        "DAYLIGHT",
        "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=23,24,25,26,27,28,29;BYDAY=FR",
    )
    assert parts_of("Asia/Taipei", *SPAN) == [("STANDARD", "")]
    assert parts_of("Asia/Almaty", *SPAN) == [("STANDARD", "")]
    cairo = parts_of("Africa/Cairo", *SPAN)
    assert [kind for kind, _ in cairo] == ["STANDARD", *["DAYLIGHT", "STANDARD"] * 2]
    assert not any(rule for _, rule in cairo)


def test_almaty_changed_its_clock() -> None:
    first, last = (datetime(2024, month, 1, tzinfo=UTC) for month in (1, 6))
    parts = parse(build_vtimezone(zone("Asia/Almaty"), first, last)).subcomponents
    assert [part["TZOFFSETTO"].td for part in parts] == [timedelta(hours=6), timedelta(hours=5)]
    assert parts[1]["DTSTART"].dt == local("2024-03-01")


def test_dublin_calls_its_summer_daylight() -> None:
    standard, daylight = parse(build_vtimezone(zone("Europe/Dublin"), *SPAN)).subcomponents
    assert (standard.name, standard["TZNAME"]) == ("STANDARD", "GMT")
    assert (daylight.name, daylight["TZNAME"]) == ("DAYLIGHT", "IST")
    assert daylight["TZOFFSETTO"].td == timedelta(hours=1)


def test_one_summer_evening_has_the_rule_too() -> None:
    """Or a calendar would take the zone for one without winter."""
    evening = datetime(2030, 7, 1, 18, tzinfo=UTC)
    assert len(parts_of("Europe/Berlin", evening, evening)) == 2


def test_icalendar_starts_summer_time_an_hour_late() -> None:
    """RFC 5545, 3.6.5: an onset is local time before the change, 2:00 in Berlin.

    If this fails, icalendar is correct, and `from_tzinfo` may replace our own code.
    """
    built: Any = icalendar.Timezone.from_tzinfo(
        zone("Europe/Berlin"), "Europe/Berlin", date(2030, 1, 1), date(2031, 1, 1)
    )
    (summer,) = (part for part in built.subcomponents if part.name == "DAYLIGHT")
    assert summer["DTSTART"].dt == local("2030-03-31T03:00")


def each_year(rule: str) -> list[datetime]:
    """The local times of an RRULE in 28 years, at 2:00."""
    return list(rrulestr(f"{rule};COUNT=28", dtstart=local("2101-01-01T02:00")))


@cases(
    "rule",
    [
        "FREQ=YEARLY;BYMONTH=10;BYDAY=1SU",
        "FREQ=YEARLY;BYMONTH=3;BYDAY=4FR",
        "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "FREQ=YEARLY;BYMONTH=2;BYDAY=4SU",
        "FREQ=YEARLY;BYMONTH=2;BYDAY=-1SU",
        "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=23,24,25,26,27,28,29;BYDAY=FR",
    ],
)
def test_rule_is_derived_from_its_dates(rule: str) -> None:
    """The fourth Sunday of February is not the last one in every year."""
    derived = derive_rule(each_year(rule))
    assert derived is not None
    parts = [
        f"{name}={','.join(map(str, value)) if isinstance(value, list) else value}"
        for name, value in derived.rrule().items()
    ]
    assert ";".join(parts) == rule


@cases(
    "rule",
    [
        "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1",
        "FREQ=YEARLY;BYYEARDAY=60",
        "FREQ=YEARLY;BYMONTH=10,11;BYDAY=1FR",
    ],
)
def test_other_dates_follow_no_rule(rule: str) -> None:
    """A date of the year, and weekdays in two months."""
    assert derive_rule(each_year(rule)) is None


def test_no_dates_follow_no_rule() -> None:
    assert derive_rule([]) is None
    assert find_rules(zone("Asia/Almaty")) == ()
