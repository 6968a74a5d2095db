"""Rhythms: from rules and words to the dates they promise."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import dropwhile, islice
from typing import Any

import pytest
from dateutil import rrule
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.events.rhythm import Rhythm, find_tentative, parse_rhythm
from plugins.events.rhythm_phrases import phrase
from plugins.events.rhythm_words import parse_words
from plugins.model.moment import load_zone

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


# Words ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "rule", "at"),
    [
        ("every first Thursday 18:30", "MONTHLY;BYDAY=1TH", "18:30"),
        ("Second Thursday of the month, 6:30 pm", "MONTHLY;BYDAY=2TH", "18:30"),
        ("the 3rd Saturday at 9:00", "MONTHLY;BYDAY=3SA", "09:00"),
        ("last Friday, 12:15 a.m.", "MONTHLY;BYDAY=-1FR", "00:15"),
        ("every fifth Monday", "MONTHLY;BYDAY=5MO", ""),
        ("Thursdays 18:30–20:30", "WEEKLY;BYDAY=TH", "18:30"),
        ("Mondays and Thursdays", "WEEKLY;BYDAY=MO,TH", ""),
        ("first and third Tuesday", "MONTHLY;BYDAY=1TU,3TU", ""),
        ("first Tuesday and third Tuesday", "MONTHLY;BYDAY=1TU,3TU", ""),
        ("Tuesdays: first and third", "MONTHLY;BYDAY=1TU,3TU", ""),
        ("first Tuesday and third Thursday", "MONTHLY;BYDAY=1TU,3TH", ""),
        ("every other week on Tuesday 19:00", "WEEKLY;INTERVAL=2;BYDAY=TU", "19:00"),
        ("every second week, Tuesday", "WEEKLY;INTERVAL=2;BYDAY=TU", ""),
        ("every other Thursday", "WEEKLY;INTERVAL=2;BYDAY=TH", ""),
        ("every two weeks on Monday", "WEEKLY;INTERVAL=2;BYDAY=MO", ""),
        ("every other month, third Saturday 14:00", "MONTHLY;INTERVAL=2;BYDAY=3SA", "14:00"),
        ("каждый первый четверг в 18:30", "MONTHLY;BYDAY=1TH", "18:30"),
        ("каждый второй вторник месяца", "MONTHLY;BYDAY=2TU", ""),
        ("вторая среда", "MONTHLY;BYDAY=2WE", ""),
        ("в третью субботу, 7:30 вечера", "MONTHLY;BYDAY=3SA", "19:30"),
        ("четвёртый четверг", "MONTHLY;BYDAY=4TH", ""),
        ("четвертый четверг", "MONTHLY;BYDAY=4TH", ""),
        ("каждую пятую пятницу", "MONTHLY;BYDAY=5FR", ""),
        ("последнее воскресенье", "MONTHLY;BYDAY=-1SU", ""),
        ("первый и третий понедельник", "MONTHLY;BYDAY=1MO,3MO", ""),
        ("по четвергам 18:30", "WEEKLY;BYDAY=TH", "18:30"),
        ("раз в две недели по вторникам", "WEEKLY;INTERVAL=2;BYDAY=TU", ""),
        ("каждую вторую неделю в среду", "WEEKLY;INTERVAL=2;BYDAY=WE", ""),
        ("раз в два месяца в третью субботу", "MONTHLY;INTERVAL=2;BYDAY=3SA", ""),
        ("每月第一个星期四18:30", "MONTHLY;BYDAY=1TH", "18:30"),
        ("每月第二個禮拜六 下午 2:00", "MONTHLY;BYDAY=2SA", "14:00"),
        ("每月第一、第三个星期六", "MONTHLY;BYDAY=1SA,3SA", ""),
        ("每月最後一個星期五", "MONTHLY;BYDAY=-1FR", ""),
        ("每周四 18：30", "WEEKLY;BYDAY=TH", "18:30"),
        ("每週日", "WEEKLY;BYDAY=SU", ""),
        ("隔週週四", "WEEKLY;INTERVAL=2;BYDAY=TH", ""),
        ("每两周周二", "WEEKLY;INTERVAL=2;BYDAY=TU", ""),
        ("每兩個月的第三個星期六", "MONTHLY;INTERVAL=2;BYDAY=3SA", ""),
    ],
)
def test_words_are_a_rule(words: str, rule: str, at: str):
    assert parse_words(words) == (f"FREQ={rule}", at)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "often",
        "first of the month",
        "every month on Thursday",
        "каждый месяц в четверг",
        "every other month on Thursday",
        "every other week on the first Monday",
        "every three weeks on Monday",
        "every 3 weeks on Monday",
        "Thursday 18.30",
        "Thursdays except the last one",
        "Thursday of even weeks",
        "по чётным четвергам",
        "первый четверг квартала",
        "every first Thursday of the quarter",
        "Monday and second Thursday",
        "每年第一个星期四",
        "хоть когда-нибудь",
    ],
)
def test_words_that_may_mean_other_days_are_refused(words: str):
    """Promising nothing is better than promising a wrong day."""
    with pytest.raises(ValueError, match=r"is not understood\. Write words such as every first"):
        parse_words(words)


_WEEKDAYS = {
    "MO": ("Monday", "понедельник", "一"),
    "TU": ("Tuesday", "вторник", "二"),
    "WE": ("Wednesday", "среду", "三"),
    "TH": ("Thursday", "четверг", "四"),
    "FR": ("Friday", "пятницу", "五"),
    "SA": ("Saturday", "субботу", "六"),
    "SU": ("Sunday", "воскресенье", "日"),
}
_NTH = {"1": ("first", "перв", "一"), "2": ("second", "втор", "二"), "3": ("third", "трет", "三")}


@given(st.sampled_from(DAYS), st.sampled_from([*_NTH, ""]), st.times(), st.booleans())
def test_three_languages_mean_the_same(day: str, n: str, at: time, is_early: bool):
    english, russian, chinese = _NTH.get(n, ("", "", ""))
    clock = f"{at:%H:%M}"
    sayings = [
        f"every {english} {_WEEKDAYS[day][0]}",
        f"{russian}ий {_WEEKDAYS[day][1]}" if n else f"каждый {_WEEKDAYS[day][1]}",
        f"每月第{chinese}个星期{_WEEKDAYS[day][2]}" if n else f"每周{_WEEKDAYS[day][2]}",
    ]
    rule = f"FREQ=MONTHLY;BYDAY={n}{day}" if n else f"FREQ=WEEKLY;BYDAY={day}"
    for words in sayings:
        said = f"{clock} {words}" if is_early else f"{words} {clock}"
        assert parse_words(said) == (rule, clock)


# Rules ----------------------------------------------------------------------------------


def test_a_rule_is_taken_as_it_is_with_its_frequency_first():
    parsed = rhythm("RRULE:byday=2th;freq=monthly;")
    assert parsed.rule == "FREQ=MONTHLY;BYDAY=2TH"
    assert parsed.at == time(18, 30)


def test_the_time_in_words_goes_before_meets_at():
    assert rhythm("every Thursday 19:15").at == time(19, 15)
    assert rhythm("every Thursday").at == time(18, 30)


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


@pytest.mark.parametrize(
    ("meets", "at", "problem"),
    [
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=3SA", "18:30", "skips meetings, .* Write founded:"),
        ("every other week on Tuesday", "18:30", "skips meetings, .* Write founded:"),
        ("FREQ=WEEKLY;BYDAY=TU;COUNT=5", "18:30", "counts meetings, .* Write founded:"),
        ("FREQ=WEEKLY", "18:30", "doesn’t say on which day. Write BYDAY=TH"),
        ("FREQ=MONTHLY;INTERVAL=1", "18:30", "doesn’t say on which day. Write BYDAY=TH"),
        ("FREQ=HOURLY;BYDAY=TH", "18:30", "is not a rule of days. Write FREQ=WEEKLY"),
        ("FREQ=SECONDLY;BYDAY=TH", "18:30", "is not a rule of days. Write FREQ=WEEKLY"),
        ("FREQ=MONTHLY;BYDAY=XX", "18:30", "is not a rule .* Write FREQ=MONTHLY;BYDAY=2TH"),
        ("FREQ=MONTHLY;BYDAY=2TH;COLOUR=RED", "18:30", "is not a rule"),
        ("FREQ=;BYDAY=TH", "18:30", "is not a rule of days"),
        ("every Thursday", "", "is not a time of day. Write meets_at: 18:30."),
        ("every Thursday", "25:00", "is not a time of day. Write meets_at: 18:30."),
        ("every Thursday", "half past six", "is not a time of day. Write meets_at: 18:30."),
    ],
)
def test_rules_that_name_no_dates_are_refused(meets: str, at: str, problem: str):
    with pytest.raises(ValueError, match=problem.replace("’", "['’]")):
        rhythm(meets, at)


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


def test_a_rule_with_several_hours_names_a_day_once():
    assert promised(rhythm("FREQ=WEEKLY;BYDAY=TH;BYHOUR=9,18")) == [
        "2026-11-26",
        "2026-12-03",
        "2026-12-10",
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


# Phrases --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "messages"),
    [
        ("FREQ=WEEKLY;BYDAY=TH", ("every Thursday",)),
        ("FREQ=MONTHLY;BYDAY=2TH", ("second Thursday of the month",)),
        ("FREQ=MONTHLY;BYDAY=+2TH", ("second Thursday of the month",)),
        ("FREQ=MONTHLY;INTERVAL=1;BYDAY=-1FR", ("last Friday of the month",)),
        (
            "FREQ=MONTHLY;BYDAY=1TU,3TU",
            ("first Tuesday of the month", "third Tuesday of the month"),
        ),
        (
            "FREQ=MONTHLY;INTERVAL=2;BYDAY=3SA",
            ("third Saturday of every other month",),
        ),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", ("every other Tuesday",)),
        ("FREQ=MONTHLY;BYDAY=5TH", ()),
        ("FREQ=MONTHLY;BYMONTHDAY=15", ()),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=TU", ()),
        ("FREQ=YEARLY;BYMONTH=5;BYDAY=1SU", ()),
    ],
)
def test_a_rule_is_said_in_words_or_not_at_all(rule: str, messages: tuple[str, ...]):
    assert phrase(rule) == messages
