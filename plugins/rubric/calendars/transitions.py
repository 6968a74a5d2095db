"""Finds the UTC offset changes of a time zone, and the yearly rules that they follow.

zoneinfo only returns the local time at an instant, so changes are found by bisection.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

_STEP = timedelta(days=6)
"""Local times are compared in steps of this length; no two changes since 1970 are closer."""
_SECOND = timedelta(seconds=1)
_CYCLE = range(2101, 2129)
"""28 years, in which every date falls on every weekday, after all explicit data of tzdata."""
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@dataclass(frozen=True, slots=True)
class LocalTime:
    """A kind of local time: its UTC offset, and its abbreviation such as `CEST`."""

    offset: timedelta
    is_dst: bool
    name: str


@dataclass(frozen=True, slots=True)
class Transition:
    """A change of local time; `at` is in UTC."""

    at: datetime
    before: LocalTime
    after: LocalTime

    @property
    def wall(self) -> datetime:
        """The time of the change as naive local time before it."""
        return self.at.replace(tzinfo=None) + self.before.offset


@dataclass(frozen=True, slots=True)
class YearlyRule:
    """A date in every year: a weekday in one week of a month, and a local time.

    The week is the seven days up to `last_day`, or the last ones of the month if it is 0.
    Monday is weekday 0.
    """

    month: int
    weekday: int
    last_day: int
    time: time

    def wall(self, year: int) -> datetime:
        """Return the naive local time in a year."""
        last = date(year, self.month, self.last_day or monthrange(year, self.month)[1])
        day = last - timedelta(days=(last.weekday() - self.weekday) % 7)
        return datetime.combine(day, self.time)

    def rrule(self) -> dict[str, object]:
        """Return the rule as parts of an RRULE (RFC 5545, 3.3.10).

        `-1SU` is the last Sunday of a month. A week that does not start on day 1, 8, 15 or 22
        is written as a list of days: the Friday from 23 to 29 March.
        """
        weekday = _WEEKDAYS[self.weekday]
        month = {"FREQ": "YEARLY", "BYMONTH": self.month}
        if self.last_day % 7 == 0:
            return {**month, "BYDAY": f"{self.last_day // 7 or -1}{weekday}"}
        days = list(range(self.last_day - 6, self.last_day + 1))
        return {**month, "BYMONTHDAY": days, "BYDAY": weekday}


@dataclass(frozen=True, slots=True)
class RuleTransition:
    """A change of local time that happens every year by a rule."""

    rule: YearlyRule
    before: LocalTime
    after: LocalTime

    def in_year(self, year: int) -> Transition:
        """Return the change in a year."""
        at = (self.rule.wall(year) - self.before.offset).replace(tzinfo=UTC)
        return Transition(at, self.before, self.after)


def local_time_at(zone: ZoneInfo, instant: datetime) -> LocalTime:
    """Return the kind of local time that a zone has at an aware datetime."""
    local = instant.astimezone(zone)
    return LocalTime(local.utcoffset() or timedelta(0), bool(local.dst()), local.tzname() or "")


def find_transitions(zone: ZoneInfo, since: datetime, until: datetime) -> list[Transition]:
    """Return all changes of a zone after `since` up to and including `until`, in order.

    Both are in UTC and without microseconds.
    """
    found = []
    start, before = since, local_time_at(zone, since)
    while start < until:
        end = min(start + _STEP, until)
        if local_time_at(zone, end) != before:
            low = start
            while end - low > _SECOND:
                middle = low + (end - low) // (2 * _SECOND) * _SECOND
                if local_time_at(zone, middle) == before:
                    low = middle
                else:
                    end = middle
            after = local_time_at(zone, end)
            found.append(Transition(end, before, after))
            before = after
        start = end
    return found


@cache
def find_rules(zone: ZoneInfo) -> tuple[RuleTransition, ...]:
    """Return the two changes that a zone has in every year of the far future, in order.

    The result is empty if the zone has no daylight saving time there, or if its dates do not
    follow a `YearlyRule`.
    """
    since, until = (datetime(year, 1, 1, tzinfo=UTC) for year in (_CYCLE.start, _CYCLE.stop))
    transitions = find_transitions(zone, since, until)
    rules = []
    for yearly in (transitions[0::2], transitions[1::2]):
        rule = derive_rule([transition.wall for transition in yearly])
        kinds = {(transition.before, transition.after) for transition in yearly}
        if rule is None or len(yearly) != len(_CYCLE) or len(kinds) != 1:
            return ()
        rules.append(RuleTransition(rule, yearly[0].before, yearly[0].after))
    return tuple(rules)


def derive_rule(walls: Sequence[datetime]) -> YearlyRule | None:
    """Return the rule that gives these local times, one for each of 28 successive years.

    Returns None if there is no such rule.
    """
    if len({(wall.month, wall.weekday(), wall.time()) for wall in walls}) != 1:
        return None
    is_last = all(wall.day + 7 > monthrange(wall.year, wall.month)[1] for wall in walls)
    last_day = 0 if is_last else max(wall.day for wall in walls)
    rule = YearlyRule(walls[0].month, walls[0].weekday(), last_day, walls[0].time())
    return rule if all(rule.wall(wall.year) == wall for wall in walls) else None
