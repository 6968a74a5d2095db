"""What a language says is remembered, and never in the place of something else."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from babel.dates import format_date, format_skeleton, format_time, get_timezone_name
from hypothesis import given, settings
from hypothesis import strategies as st

from rubric.editions.formats import Formats
from rubric.model.moment import load_zone

ZONES = [
    UTC,
    timezone(timedelta(hours=5, minutes=30)),
    *map(load_zone, ("Asia/Almaty", "Europe/Berlin", "America/New_York")),
]
HOURS = st.integers(-150_000, 1_100_000).map(lambda hour: hour * 3600)
MOMENTS = st.builds(
    lambda hour, second, zone: datetime.fromtimestamp(hour + second, zone),
    HOURS,  # what is called midnight ends within a second of it
    st.sampled_from([0, 0, 1, 59, 1830]),
    st.sampled_from(ZONES),
)
LOCALES = ("en_GB", "ru", "zh_Hans", "zh_Hant")
KNOWN = {locale: Formats(locale) for locale in LOCALES}


@settings(deadline=None)
@pytest.mark.parametrize("locale", LOCALES)
@given(moment=MOMENTS)
def test_moments_are_written_as_babel_writes_them(locale: str, moment: datetime) -> None:
    formats = KNOWN[locale]
    assert formats.date(moment) == format_date(moment, "long", locale=locale)
    assert formats.day(moment) == format_date(moment, "full", locale=locale)
    assert formats.short_date(moment) == format_skeleton("MMMd", moment, locale=locale)
    assert formats.time(moment) == format_time(moment, "short", moment.tzinfo, locale=locale)
    assert formats.clock(moment.time()) == format_time(moment.time(), "short", locale=locale)
    zone = get_timezone_name(moment, "long", locale=locale)
    assert formats.zone(moment) == f"{zone} ({formats.offset(moment)})"


def test_one_instant_in_two_zones_is_two_times() -> None:
    formats = Formats("en_GB")
    evening = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    morning = evening.astimezone(load_zone("Asia/Almaty"))
    assert evening == morning
    assert (formats.time(evening), formats.time(morning)) == ("23:30", "04:30")
    assert [formats.date(evening), formats.date(morning)] == [
        "22 November 2026",
        "23 November 2026",
    ]


def test_an_hour_that_comes_twice_has_two_offsets() -> None:
    formats = Formats("en_GB")
    first = datetime(2026, 10, 25, 2, 30, tzinfo=load_zone("Europe/Berlin"))
    second = first.replace(fold=1)
    assert formats.zone(first) == "Central European Summer Time (UTC+02:00)"
    assert formats.zone(second) == "Central European Standard Time (UTC+01:00)"


def test_each_thing_is_written_once(monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[date] = []

    def note(day: date, *_: object, **__: object) -> str:
        written.append(day)
        return "a day"

    monkeypatch.setattr("rubric.editions.formats.format_date", note)
    formats = Formats("en_GB")
    for hour in range(24):
        assert formats.date(datetime(2026, 11, 22, hour, tzinfo=UTC)) == "a day"
    assert written == [date(2026, 11, 22)]


def test_formats_are_known_by_their_locale() -> None:
    formats = Formats("ru")
    formats.clock(time(18, 30))
    assert formats == Formats("ru") != Formats("en_GB")
    assert len({formats, Formats("ru"), Formats("en_GB")}) == 2
    assert repr(formats) == "Formats(locale='ru')"
