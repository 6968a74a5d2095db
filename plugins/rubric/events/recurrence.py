"""The dates of a recurrence rule within a bounded time (RFC 5545, 3.3.10).

dateutil searches until the year 9999 for a date of a rule that has none, and takes the
intersection of plain and numbered weekdays. It is the oracle of the tests.
"""

from __future__ import annotations

from calendar import isleap, monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import dropwhile, islice

from rubric.model.recurrence import Recurrence

_ONE_DAY = timedelta(days=1)


def dates_between(rule: Recurrence, anchor: date, since: date, until: date) -> Iterator[date]:
    """The dates of a rule from `since` to `until`, both inclusive, in order.

    `anchor` is the first possible date, and periods are counted from it.
    """
    if rule.until:
        until = min(until, rule.until)
    since = max(since, anchor)
    # COUNT counts from the anchor; other rules may begin in the period of `since`.
    first = anchor if rule.count else since
    dates = (day for day in _expand(rule, anchor, first, until) if anchor <= day <= until)
    return dropwhile(lambda day: day < since, islice(dates, rule.count))


def _expand(rule: Recurrence, anchor: date, first: date, until: date) -> Iterator[date]:
    """The dates of all periods from that of `first` on, up to that of `until`."""
    number = _skipped_periods(rule, anchor, first)
    while True:
        start, end = _period(rule, anchor, number)
        if start > until:
            return
        length = (end - start).days
        days = [day for n in range(length) if _matches(rule, day := start + n * _ONE_DAY)]
        if rule.positions:
            size = len(days)
            chosen = {n - 1 if n > 0 else size + n for n in rule.positions}
            days = [day for n, day in enumerate(days) if n in chosen]
        yield from days
        number += rule.interval


def _skipped_periods(rule: Recurrence, anchor: date, first: date) -> int:
    """How many periods after the anchor's the first one is that can contain `first`."""
    match rule.frequency:
        case "DAILY":
            passed = (first - anchor).days
        case "WEEKLY":
            passed = ((first - anchor).days + (anchor.weekday() - rule.week_start) % 7) // 7
        case "MONTHLY":
            passed = (first.year - anchor.year) * 12 + first.month - anchor.month
        case "YEARLY":
            passed = first.year - anchor.year
    return passed // rule.interval * rule.interval


def _period(rule: Recurrence, anchor: date, number: int) -> tuple[date, date]:
    """The first day of the numbered period after the anchor's, and the day after its last."""
    match rule.frequency:
        case "DAILY":
            start = anchor + number * _ONE_DAY
            return start, start + _ONE_DAY
        case "WEEKLY":
            start = anchor + timedelta(days=7 * number - (anchor.weekday() - rule.week_start) % 7)
            return start, start + timedelta(days=7)
        case "MONTHLY":
            year, month = divmod(anchor.year * 12 + anchor.month - 1 + number, 12)
            start = date(year, month + 1, 1)
            return start, start + timedelta(days=monthrange(year, month + 1)[1])
        case "YEARLY":
            year = anchor.year + number
            return date(year, 1, 1), date(year + 1, 1, 1)


def _matches(rule: Recurrence, day: date) -> bool:
    """Whether a day is in every part of a rule but BYSETPOS."""
    if rule.months and day.month not in rule.months:
        return False
    if rule.month_days:
        length = monthrange(day.year, day.month)[1]
        if not {day.day, day.day - length - 1} & set(rule.month_days):
            return False
    if rule.year_days:
        number, length = day.timetuple().tm_yday, 365 + isleap(day.year)
        if not {number, number - length - 1} & set(rule.year_days):
            return False
    if rule.week_numbers and not set(_week_numbers(rule, day)) & set(rule.week_numbers):
        return False
    return not rule.days or _is_a_day_of(rule, day)


def _is_a_day_of(rule: Recurrence, day: date) -> bool:
    """Whether a day is one of BYDAY, which is a union of plain and numbered weekdays."""
    weekday = day.weekday()
    ordinals = {n for n, each in rule.days if each == weekday}
    if not ordinals or 0 in ordinals:
        return bool(ordinals)
    if rule.frequency == "MONTHLY" or rule.months:
        number, length = day.day, monthrange(day.year, day.month)[1]
    else:
        number, length = day.timetuple().tm_yday, 365 + isleap(day.year)
    return bool(ordinals & {(number - 1) // 7 + 1, -((length - number) // 7 + 1)})


def _week_numbers(rule: Recurrence, day: date) -> tuple[int, int]:
    """The number of a day's week in its year, from the start and from the end (ISO 8601).

    Week 1 has at least four days of its year; weeks begin with WKST.
    """
    start = day - timedelta(days=(day.weekday() - rule.week_start) % 7)
    year = (start + timedelta(days=3)).year
    first, following = (_first_week(rule, each) for each in (year, year + 1))
    number = (start - first).days // 7 + 1
    return number, number - (following - first).days // 7 - 1


def _first_week(rule: Recurrence, year: int) -> date:
    fourth = date(year, 1, 4)
    return fourth - timedelta(days=(fourth.weekday() - rule.week_start) % 7)
