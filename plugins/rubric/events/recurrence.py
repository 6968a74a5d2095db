"""Computes the dates of a recurrence rule in a period (RFC 5545, 3.3.10).

This replaces dateutil.rrule, which searches until the year 9999 for the date of a rule that has
none, and which intersects plain and numbered weekdays instead of joining them. The tests
compare the results with dateutil.
"""

from __future__ import annotations

from calendar import isleap, monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import dropwhile, islice

from rubric.model.recurrence import Recurrence

_ONE_DAY = timedelta(days=1)


def dates_between(rule: Recurrence, anchor: date, since: date, until: date) -> Iterator[date]:
    """Yield the dates of a rule from `since` to `until`, both inclusive, in order.

    `anchor` is the first possible date, like DTSTART; intervals are counted from its period.
    """
    if rule.until:
        until = min(until, rule.until)
    since = max(since, anchor)
    # COUNT counts from the anchor; for other rules, earlier periods can be skipped.
    first = anchor if rule.count else since
    dates = (day for day in _expand(rule, anchor, first, until) if anchor <= day <= until)
    return dropwhile(lambda day: day < since, islice(dates, rule.count))


def _expand(rule: Recurrence, anchor: date, first: date, until: date) -> Iterator[date]:
    """Yield the dates of all periods from the one of `first` to the one of `until`."""
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
    """Return the number of periods between the anchor's and the one that contains `first`.

    The number is rounded down to a multiple of the interval.
    """
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
    """Return the first day, and the day after the last, of the period `number` after the anchor's.

    The period is a day, week, month or year, depending on the frequency.
    """
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
    """Return whether a day matches all parts of a rule except BYSETPOS."""
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
    """Return whether a day matches BYDAY, the union of plain and numbered weekdays."""
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
    """Return the week number of a day, counted from the start and from the end of its year.

    Weeks start on WKST; week 1 is the first with at least four days in its year (ISO 8601).
    The last week of a year is -1.
    """
    start = day - timedelta(days=(day.weekday() - rule.week_start) % 7)
    year = (start + timedelta(days=3)).year
    first, following = (_first_week(rule, each) for each in (year, year + 1))
    number = (start - first).days // 7 + 1
    return number, number - (following - first).days // 7 - 1


def _first_week(rule: Recurrence, year: int) -> date:
    fourth = date(year, 1, 4)
    return fourth - timedelta(days=(fourth.weekday() - rule.week_start) % 7)
