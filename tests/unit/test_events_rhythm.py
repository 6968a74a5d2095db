"""Rhythms: from rules and words to the dates they promise."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import dropwhile, islice, takewhile
from time import process_time
from typing import Any

import pytest
from dateutil import rrule
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from rubric.events.recurrence import dates_between
from rubric.events.rhythm import Rhythm, find_tentative, parse_rhythm
from rubric.events.rrule import RhythmError
from rubric.model.moment import load_zone
from rubric.model.recurrence import Recurrence
from tests.cases import cases

ALMATY = load_zone("Asia/Almaty")
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TWO_HOURS = timedelta(hours=2)
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Africa/Cairo",
    "Asia/Jerusalem",
    "Africa/Casablanca",
    "Asia/Almaty",
    "Asia/Taipei",
    "Australia/Lord_Howe",
]


def rhythm(meets: str, at: str = "18:30", zone: str = "Asia/Almaty", founded: str = "") -> Rhythm:
    return parse_rhythm(meets, at, load_zone(zone), TWO_HOURS, founded)


def promised(
    given: Rhythm, confirmed: tuple[str, ...] = (), now: datetime = NOW, limit: int = 3
) -> list[str]:
    days = {date.fromisoformat(day) for day in confirmed}
    return [f"{m.starts_at:%Y-%m-%d}" for m in find_tentative(given, days, now, limit)]


# Rules ----------------------------------------------------------------------------------


@cases(
    "text",
    [
        "FREQ=MONTHLY;BYDAY=2TH",
        "RRULE:byday=2th;freq=monthly;",
        "FREQ=MONTHLY;BYDAY=+2TH;INTERVAL=1;WKST=MO",
        "FREQ=MONTHLY;BYDAY=2TH, 2TH",
        "second Thursday of the month",
    ],
)
def test_spellings_of_one_rule_are_the_same(text: str):
    parsed = rhythm(text)
    assert parsed.rule == Recurrence("MONTHLY", days=((2, 3),))
    assert parsed.at == time(18, 30)


@cases(
    ("meets", "at", "expected"),
    [
        ("every Thursday", "18:30", time(18, 30)),
        ("every Thursday 19:15", "", time(19, 15)),
        ("every Thursday 19:15", "19:15", time(19, 15)),
        ("FREQ=WEEKLY;BYDAY=TH;BYHOUR=19;BYMINUTE=15", "", time(19, 15)),
        ("FREQ=WEEKLY;BYDAY=TH;BYHOUR=19", "", time(19)),
        ("FREQ=WEEKLY;BYDAY=TH;BYHOUR=18", "18:30", time(18, 30)),
        ("FREQ=WEEKLY;BYDAY=TH;BYMINUTE=30;BYSECOND=0", "18:30", time(18, 30)),
    ],
)
def test_the_time_is_that_of_the_rhythm(meets: str, at: str, expected: time):
    parsed = rhythm(meets, at)
    assert parsed.at == expected
    assert len(promised(parsed)) == 3


@cases(
    "meets",
    [
        "every Thursday 19:15",
        "FREQ=WEEKLY;BYDAY=TH;BYHOUR=19",
        "FREQ=WEEKLY;BYDAY=TH;BYMINUTE=0",
        "FREQ=WEEKLY;BYDAY=TH;BYHOUR=18;BYMINUTE=45",
    ],
)
def test_a_time_that_contradicts_meets_at_is_an_error(meets: str):
    with pytest.raises(RhythmError, match="“18:30” contradicts meets") as caught:
        rhythm(meets, "18:30")
    assert caught.value.field == "meets_at"


def test_an_end_in_words_sets_the_length():
    assert rhythm("Thursdays 18:30–20:30", "").duration == TWO_HOURS
    parsed = parse_rhythm("Thursdays 18:30–20:00", "", ALMATY, None, "")
    assert parsed.duration == timedelta(minutes=90)
    late = parse_rhythm("Thursdays 22:00–01:00", "", ALMATY, None, "")
    assert late.duration == timedelta(hours=3)
    with pytest.raises(RhythmError, match="contradicts meets, which ends at 20:00") as caught:
        parse_rhythm("Thursdays 18:30–20:00", "", ALMATY, timedelta(hours=3), "")
    assert caught.value.field == "duration"


@cases(
    ("rule", "dates"),
    [
        ("FREQ=MONTHLY;BYDAY=MO,-1WE", ["2026-11-23", "2026-11-25", "2026-11-30"]),
        ("FREQ=MONTHLY;BYDAY=1MO,FR", ["2026-11-27", "2026-12-04", "2026-12-07"]),
        ("FREQ=YEARLY;BYMONTH=12;BYDAY=MO,1WE", ["2026-12-02", "2026-12-07", "2026-12-14"]),
        ("FREQ=MONTHLY;BYDAY=WE,-1WE", ["2026-11-25", "2026-12-02", "2026-12-09"]),
        ("FREQ=YEARLY;BYDAY=TH,-1FR", ["2026-11-26", "2026-12-03", "2026-12-10"]),
    ],
)
def test_plain_and_numbered_days_are_a_union(rule: str, dates: list[str]):
    """RFC 5545, 3.3.10: dateutil alone takes the intersection."""
    assert promised(rhythm(rule)) == dates


def test_count_counts_the_union():
    counted = rhythm("FREQ=MONTHLY;BYDAY=MO,-1WE;COUNT=3", founded="2026-11-16")
    assert promised(counted, limit=9) == ["2026-11-23", "2026-11-25"]


def test_until_without_a_time_includes_its_day():
    assert promised(rhythm("FREQ=WEEKLY;BYDAY=TH;UNTIL=20261203"), limit=9) == [
        "2026-11-26",
        "2026-12-03",
    ]


def test_until_is_in_utc():
    """RFC 5545, 3.3.10. The 10th of December 18:30 in Almaty is 13:30 in UTC."""
    assert promised(rhythm("FREQ=WEEKLY;BYDAY=TH;UNTIL=20261210T133000Z")) == [
        "2026-11-26",
        "2026-12-03",
        "2026-12-10",
    ]
    assert promised(rhythm("FREQ=WEEKLY;BYDAY=TH;UNTIL=20261210T132959Z"), limit=9) == [
        "2026-11-26",
        "2026-12-03",
    ]


def test_rules_that_skip_count_from_the_founding():
    even = rhythm("FREQ=MONTHLY;INTERVAL=2;BYDAY=3SA", founded="2025-02")
    odd = rhythm("FREQ=MONTHLY;INTERVAL=2;BYDAY=3SA", founded="2025-01")
    held = ("2026-11-21",)
    assert promised(even, held) == ["2026-12-19", "2027-02-20", "2027-04-17"]
    assert promised(odd, held) == ["2027-01-16", "2027-03-20", "2027-05-15"]


@cases(
    ("meets", "at", "problem"),
    [
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=3SA", "18:30", "skips meetings, .* Write founded:"),
        ("every other week on Tuesday", "18:30", "skips meetings, .* Write founded:"),
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=5", "18:30", "counts meetings, .* Write founded:"),
        ("FREQ=WEEKLY", "18:30", "doesn’t say on which day. Write BYDAY=TH"),
        ("FREQ=MONTHLY;INTERVAL=1", "18:30", "doesn’t say on which day. Write BYDAY=TH"),
        ("FREQ=HOURLY;BYDAY=TH", "18:30", "is not a rule of days. Write FREQ=WEEKLY"),
        ("FREQ=SECONDLY;BYDAY=TH", "18:30", "is not a rule of days. Write FREQ=WEEKLY"),
        ("FREQ=MONTHLY;BYDAY=XX", "18:30", "“XX” is not a day. Write FREQ=MONTHLY;BYDAY=2TH"),
        ("FREQ=MONTHLY;BYDAY=0TH", "18:30", "“0TH” is not a day"),
        ("FREQ=MONTHLY;BYDAY=2TH;COLOUR=RED", "18:30", "“COLOUR=RED” is not a part of one"),
        ("FREQ=MONTHLY;BYDAY=2TH;BYDAY=3TH", "18:30", "sets BYDAY twice"),
        ("FREQ=WEEKLY;BYDAY=2TH", "18:30", "2TH counts days of a month"),
        ("FREQ=DAILY;BYDAY=1MO", "18:30", "1MO counts days of a month"),
        ("FREQ=YEARLY;BYWEEKNO=20;BYDAY=1MO", "18:30", "1MO counts days of a month"),
        ("FREQ=WEEKLY;BYMONTHDAY=15;BYDAY=TH", "18:30", "a week has no BYMONTHDAY"),
        ("FREQ=MONTHLY;BYYEARDAY=15", "18:30", "BYYEARDAY needs FREQ=YEARLY"),
        ("FREQ=MONTHLY;BYDAY=MO,-1WE;BYSETPOS=1", "18:30", "combines BYSETPOS with days"),
        ("FREQ=WEEKLY;BYDAY=TH;BYMONTH=13", "18:30", "BYMONTH takes numbers from 1 to 12"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "18:30", "BYMONTHDAY takes numbers from -31 to 31"),
        ("FREQ=WEEKLY;BYDAY=TH;INTERVAL=0", "18:30", "INTERVAL takes numbers from 1 to 999"),
        ("FREQ=WEEKLY;BYDAY=TH;INTERVAL=9999", "18:30", "INTERVAL takes numbers from 1 to 999"),
        ("FREQ=WEEKLY;BYDAY=TH;WKST=XX", "18:30", "“XX” is not a weekday"),
        ("FREQ=WEEKLY;BYDAY=TH;UNTIL=soon", "18:30", "“SOON” is not a date"),
        ("FREQ=WEEKLY;BYDAY=TH;UNTIL=20261301", "18:30", "“20261301” is not a date"),
        ("FREQ=WEEKLY;BYDAY=TH;UNTIL=20270101;COUNT=3", "18:30", "has both COUNT and UNTIL"),
        ("FREQ=WEEKLY;BYDAY=TH;BYHOUR=9,18", "18:30", "sets several values of BYHOUR"),
        ("FREQ=WEEKLY;BYDAY=TH;BYHOUR=25", "18:30", "BYHOUR takes numbers from 0 to 23"),
        ("FREQ=WEEKLY;BYDAY=TH;BYSECOND=30", "18:30", "names seconds"),
        ("FREQ=;BYDAY=TH", "18:30", "is not a rule of days"),
        ("every Thursday", "", "is missing. Write meets_at: 18:30."),
        ("FREQ=WEEKLY;BYDAY=TH;BYMINUTE=30", "", "is missing. Write meets_at: 18:30."),
        ("every Thursday", "25:00", "is not a time of day. Write meets_at: 18:30."),
        ("every Thursday", "half past six", "is not a time of day. Write meets_at: 18:30."),
        ("Thursdays 18:30–18:30", "", "ends at 18:30, when it starts"),
    ],
)
def test_rules_that_name_no_dates_are_refused(meets: str, at: str, problem: str):
    with pytest.raises(RhythmError, match=problem.replace("’", "['’]")):
        rhythm(meets, at)


@cases(
    "rule",
    [
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYDAY=6MO",
        "FREQ=MONTHLY;BYDAY=-6MO,7FR",
        "FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYDAY=1MO;BYMONTHDAY=31",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
        "FREQ=WEEKLY;BYDAY=TH;UNTIL=20190101",
    ],
)
def test_a_rule_without_any_date_is_refused_at_once(rule: str):
    started = process_time()
    with pytest.raises(RhythmError, match="never names a date"):
        rhythm(rule)
    assert process_time() - started < 2


@cases(
    ("rule", "founded"),
    [
        ("FREQ=DAILY", "1900"),
        ("FREQ=DAILY;INTERVAL=7;BYDAY=TH", "1900-01-04"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29", "1901"),
        ("FREQ=MONTHLY;INTERVAL=11;BYMONTHDAY=31", "1900-01"),
        ("FREQ=YEARLY;INTERVAL=7;BYMONTH=2;BYMONTHDAY=29;COUNT=999", "1904"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;COUNT=999", "1904"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;COUNT=999", "1900"),
    ],
)
def test_no_rule_takes_long(rule: str, founded: str):
    started = process_time()
    parsed = rhythm(rule, founded=founded)
    promised(parsed, limit=12)
    parsed.next_dates(NOW, 3)
    assert process_time() - started < 2


def test_next_dates_are_those_of_a_sleeping_group():
    leap = rhythm("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", founded="2020")
    assert promised(leap) == []
    assert leap.next_dates(NOW, 3) == (date(2028, 2, 29), date(2032, 2, 29), date(2036, 2, 29))


# Dates ----------------------------------------------------------------------------------

RULES = st.one_of(
    st.builds(
        lambda days, interval: ("WEEKLY", interval, [(0, day) for day in days]),
        st.lists(st.integers(0, 6), min_size=1, max_size=3, unique=True),
        st.integers(1, 5),
    ),
    st.builds(
        lambda days, interval: ("MONTHLY", interval, days),
        st.lists(
            st.tuples(st.sampled_from([1, 2, 3, 4, 5, -1, -2]), st.integers(0, 6)),
            min_size=1,
            max_size=3,
            unique=True,
        ),
        st.integers(1, 5),
    ),
)


@settings(deadline=None, max_examples=200)
@given(
    RULES,
    st.times(),
    st.sampled_from(ZONES),
    st.dates(date(2022, 1, 1), date(2025, 12, 31)),
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001
    st.integers(1, 8),
)
def test_any_rule_promises_its_next_dates(
    drawn: Any, at: time, zone: str, founded: date, now: datetime, limit: int
):
    """As python-dateutil counts them by numbers, each at its local time on that date."""
    frequency, interval, days = drawn
    at = at.replace(second=0, microsecond=0, fold=0)  # words such as "19:30" name no fold
    by_day = ",".join(f"{n or ''}{DAYS[day]}" for n, day in days)
    given_rule = f"FREQ={frequency};INTERVAL={interval};BYDAY={by_day}"
    tz = load_zone(zone)
    today = now.astimezone(tz).date()
    found = find_tentative(
        parse_rhythm(given_rule, f"{at:%H:%M}", tz, TWO_HOURS, founded.isoformat()),
        [today + timedelta(days=300)],  # a date was announced: the group is awake
        now,
        limit,
    )
    weekdays = [rrule.weekday(day, n) if n else rrule.weekday(day) for n, day in days]
    oracle = rrule.rrule(
        getattr(rrule, frequency),
        dtstart=datetime.combine(founded, time.min),
        interval=interval,
        byweekday=weekdays,
    )
    coming = dropwhile(lambda day: day < today, (moment.date() for moment in oracle))
    unconfirmed = (day for day in coming if day != today + timedelta(days=300))
    horizon = today + timedelta(days=400)
    expected = []
    for day in islice(unconfirmed, limit):
        instant = datetime.combine(day, at, tz).astimezone(UTC)
        exists = instant.astimezone(tz).replace(tzinfo=None) == datetime.combine(day, at)
        if exists and instant > now and day <= horizon:
            expected.append(instant)
    assert [m.starts_at.astimezone(UTC) for m in found] == expected
    assert all(m.starts_at > now for m in found)
    assert all(
        (m.ends_at.astimezone(UTC) - m.starts_at.astimezone(UTC)) == TWO_HOURS for m in found
    )


def test_dates_end_after_some_that_nobody_confirmed():
    second_thursday = rhythm("FREQ=MONTHLY;BYDAY=2TH")
    held = ("2026-08-13", "2026-07-09")
    assert promised(second_thursday, held) == []
    assert promised(second_thursday, held, limit=4) == ["2026-12-10"]
    assert promised(second_thursday, (*held, "2026-09-10")) == ["2026-12-10"]


def test_a_group_that_announced_a_date_is_awake_whatever_was_missed():
    weekly = rhythm("FREQ=MONTHLY;BYDAY=2TH", founded="2020-01")
    assert promised(weekly) == []
    assert promised(weekly, ("2027-02-11",)) == ["2026-12-10", "2027-01-14", "2027-03-11"]


def test_a_young_group_promises_from_its_founding():
    assert promised(rhythm("FREQ=MONTHLY;BYDAY=2TH", founded="2027-01")) == [
        "2027-01-14",
        "2027-02-11",
        "2027-03-11",
    ]


def test_the_last_day_counts_until_the_meeting_begins():
    thursday = rhythm("FREQ=WEEKLY;BYDAY=TH")
    start = datetime(2026, 11, 26, 18, 30, tzinfo=ALMATY)
    assert promised(thursday, now=start - timedelta(seconds=1))[0] == "2026-11-26"
    assert promised(thursday, now=start)[0] == "2026-12-03"


def test_a_time_that_clocks_skip_is_not_promised():
    """In Berlin there is no 02:30 on 28 March 2027, and two on 31 October."""
    sundays = rhythm("FREQ=WEEKLY;BYDAY=SU", "2:30", "Europe/Berlin")
    spring = datetime(2027, 3, 20, tzinfo=UTC)
    assert promised(sundays, now=spring) == ["2027-03-21", "2027-04-04"]
    autumn = find_tentative(sundays, (), datetime(2027, 10, 30, tzinfo=UTC), 1)
    assert [m.starts_at.isoformat() for m in autumn] == ["2027-10-31T02:30:00+02:00"]


def test_a_meeting_over_a_change_of_clocks_lasts_as_long():
    sundays = rhythm("FREQ=WEEKLY;BYDAY=SU", "1:30", "Europe/Berlin")
    (meeting,) = find_tentative(sundays, (), datetime(2027, 3, 27, tzinfo=UTC), 1)
    assert meeting.ends_at.isoformat() == "2027-03-28T04:30:00+02:00"


def _signed(limit: int) -> st.SearchStrategy[list[int]]:
    numbers = st.integers(-limit, limit).filter(bool)
    return st.one_of(st.just([]), st.lists(numbers, min_size=1, max_size=3, unique=True))


@settings(deadline=None, max_examples=60)
@given(
    st.sampled_from(["DAILY", "MONTHLY", "YEARLY"]),
    st.integers(1, 3),
    st.fixed_dictionaries(
        {
            "bymonth": st.lists(st.integers(1, 12), max_size=3, unique=True),
            "bymonthday": _signed(31),
            "byyearday": _signed(366),
            "byweekno": _signed(53),
            "bysetpos": _signed(5),
        }
    ),
    st.lists(st.integers(0, 6), min_size=1, max_size=7, unique=True),
    st.integers(-5, 5),
    st.integers(0, 6),
    st.dates(date(2018, 1, 1), date(2024, 12, 31)),
)
def test_dates_are_those_of_dateutil(
    frequency: str,
    interval: int,
    parts: dict[str, list[int]],
    weekdays: list[int],
    n: int,
    week_start: int,
    anchor: date,
):
    if frequency == "DAILY":
        n, parts["bysetpos"] = 0, []
    if frequency != "YEARLY":
        parts["byyearday"] = parts["byweekno"] = []
    if parts["byweekno"]:  # RFC 5545 forbids numbered days beside it; others differ on years
        n, parts["bysetpos"], interval = 0, [], 1
    until = anchor + timedelta(days=1500)
    rule = Recurrence(
        frequency,  # type: ignore[arg-type]
        interval,
        tuple((n, day) for day in weekdays),
        tuple(parts["bymonth"]),
        tuple(parts["bymonthday"]),
        tuple(parts["byyearday"]),
        tuple(parts["byweekno"]),
        tuple(parts["bysetpos"]),
        week_start,
    )
    oracle = rrule.rrule(
        getattr(rrule, frequency),
        dtstart=datetime.combine(anchor, time.min),
        interval=interval,
        wkst=week_start,
        byweekday=[rrule.weekday(day, n) if n else rrule.weekday(day) for day in weekdays],
        **{name: values or None for name, values in parts.items()},  # type: ignore[arg-type]
    )
    found = list(dates_between(rule, anchor, anchor, until))
    # Without a later date, dateutil would search until the year 9999.
    assume(len(found) > 2)
    last = datetime.combine(until, time.min)
    expected = [moment.date() for moment in takewhile(lambda moment: moment <= last, oracle)]
    assert found == expected
    later = anchor + timedelta(days=700)
    assert list(dates_between(rule, anchor, later, until)) == [d for d in found if d >= later]
