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
    start = _period_of(rule, anchor)
    skipped = (_period_of(rule, first) - start) // rule.interval * rule.interval
    for period in range(start + skipped, _period_of(rule, until) + 1, rule.interval):
        day, end = _first_day(rule, period), _first_day(rule, period + 1)
        length = (end - day).days
        days = [each for n in range(length) if _matches(rule, each := day + n * _ONE_DAY)]
        if rule.positions:
            chosen = {n - 1 if n > 0 else len(days) + n for n in rule.positions}
            days = [each for n, each in enumerate(days) if n in chosen]
        yield from days


def _period_of(rule: Recurrence, day: date) -> int:
    """Return the number of the day, week, month or year that contains a day."""
    match rule.frequency:
        case "DAILY":
            return day.toordinal()
        case "WEEKLY":
            return (day.toordinal() - 1 - rule.week_start) // 7  # ordinal 1 is a Monday
        case "MONTHLY":
            return day.year * 12 + day.month - 1
        case "YEARLY":
            return day.year


def _first_day(rule: Recurrence, period: int) -> date:
    """Return the first day of a period, by its number."""
    match rule.frequency:
        case "DAILY":
            return date.fromordinal(period)
        case "WEEKLY":
            return date.fromordinal(period * 7 + 1 + rule.week_start)
        case "MONTHLY":
            return date(period // 12, period % 12 + 1, 1)
        case "YEARLY":
            return date(period, 1, 1)


def _matches(rule: Recurrence, day: date) -> bool:
    """Return whether a day matches all parts of a rule except BYSETPOS."""
    return (
        (not rule.months or day.month in rule.months)
        and (not rule.month_days or not _in_month(day).isdisjoint(rule.month_days))
        and (not rule.year_days or not _in_year(day).isdisjoint(rule.year_days))
        and (not rule.week_numbers or not _in_weeks(rule, day).isdisjoint(rule.week_numbers))
        and (not rule.days or _is_a_day_of(rule, day))
    )


def _in_month(day: date) -> set[int]:
    """Return the number of a day in its month, counted from the start and from the end."""
    return {day.day, day.day - monthrange(day.year, day.month)[1] - 1}


def _in_year(day: date) -> set[int]:
    number = day.timetuple().tm_yday
    return {number, number - 366 - isleap(day.year)}


def _is_a_day_of(rule: Recurrence, day: date) -> bool:
    """Return whether a day matches BYDAY, the union of plain and numbered weekdays."""
    ordinals = {n for n, weekday in rule.days if weekday == day.weekday()}
    if not ordinals or 0 in ordinals:
        return bool(ordinals)
    is_of_month = rule.frequency == "MONTHLY" or rule.months
    numbers = _in_month(day) if is_of_month else _in_year(day)
    # The first to the seventh day are the first of their weekday, the eighth is the second.
    return any(((n + 6) // 7 if n > 0 else n // 7) in ordinals for n in numbers)


def _in_weeks(rule: Recurrence, day: date) -> set[int]:
    """Return the week number of a day, counted from the start and from the end of its year.

    Weeks start on WKST; week 1 is the first with at least four days in its year (ISO 8601).
    The last week of a year is -1.
    """
    start = day - timedelta(days=(day.weekday() - rule.week_start) % 7)
    year = (start + timedelta(days=3)).year
    first, following = (_first_week(rule, each) for each in (year, year + 1))
    number = (start - first).days // 7 + 1
    return {number, number - (following - first).days // 7 - 1}


def _first_week(rule: Recurrence, year: int) -> date:
    fourth = date(year, 1, 4)
    return fourth - timedelta(days=(fourth.weekday() - rule.week_start) % 7)
