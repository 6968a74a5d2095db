"""The build's clock tells in which span its answers hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from rubric.model.now import Now, local_date
from tests.cases import cases

HOUR = timedelta(hours=1)
NOON = datetime(2026, 11, 27, 12, tzinfo=UTC)
INSTANT = (NOON, NOON + datetime.resolution)


@cases(
    ("ask", "span"),
    [
        (lambda now: now < NOON + HOUR, (None, NOON + HOUR)),
        (lambda now: now > NOON + HOUR, (None, NOON + HOUR + datetime.resolution)),
        (lambda now: now >= NOON - HOUR, (NOON - HOUR, None)),
        (lambda now: now == NOON + HOUR, (None, NOON + HOUR)),
        (lambda now: now != NOON - HOUR, (NOON - HOUR + datetime.resolution, None)),
        (lambda now: now == NOON, INSTANT),
        (lambda now: now == "noon", INSTANT),
        (lambda now: now - HOUR, INSTANT),
        (lambda now: now.year, INSTANT),
        (str, INSTANT),
        (lambda now: now.plain, (None, None)),
    ],
)
def test_the_span_of_an_answer(
    ask: Callable[[Now], object], span: tuple[datetime | None, datetime | None]
):
    now = Now.at(NOON)
    ask(now)
    assert (now.span.since, now.span.until) == span


def test_a_span_of_several_answers_is_what_they_share():
    now = Now.at(NOON)
    answers = [now < NOON + 2 * HOUR, now < NOON + HOUR, now < NOON - HOUR, now > NOON - 2 * HOUR]
    assert answers == [True, True, False, True]
    assert (now.span.since, now.span.until) == (NOON - HOUR, NOON + HOUR)


@cases(
    ("zone", "day", "midnight"),
    [
        ("Asia/Almaty", date(2026, 11, 27), datetime(2026, 11, 26, 19, tzinfo=UTC)),
        ("Pacific/Auckland", date(2026, 11, 28), datetime(2026, 11, 27, 11, tzinfo=UTC)),
        ("America/Los_Angeles", date(2026, 11, 27), datetime(2026, 11, 27, 8, tzinfo=UTC)),
    ],
)
def test_a_day_lasts_until_its_zone_s_midnight(zone: str, day: date, midnight: datetime):
    now = Now.at(NOON)
    assert local_date(now, ZoneInfo(zone)) == day == local_date(NOON, ZoneInfo(zone))
    assert (now.span.since, now.span.until) == (midnight, midnight + timedelta(days=1))


def test_a_day_of_25_hours_lasts_as_long():
    zone = ZoneInfo("Europe/Berlin")
    now = Now.at(datetime(2026, 10, 25, 12, tzinfo=UTC))
    assert local_date(now, zone) == date(2026, 10, 25)
    assert now.span.until == datetime(2026, 10, 25, 23, tzinfo=UTC)
