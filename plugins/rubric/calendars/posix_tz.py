"""The rule in a TZif footer: `CET-1CEST,M3.5.0,M10.5.0/3` (POSIX TZ; RFC 9636, 3.3)."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from rubric.calendars.tzif import Change, LocalTime

_OFFSET = r"[+-]?\d{1,3}(?::\d\d){0,2}"
_CLOCK = re.compile(rf"(?:<([^>]+)>|([A-Za-z]{{3,}}))({_OFFSET})?")
_DATE = re.compile(rf"(?:M(\d+)\.(\d)\.(\d)|(J?)(\d+))(?:/({_OFFSET}))?")
_WEEKDAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")


@dataclass(frozen=True, slots=True)
class Onset:
    """When clocks change each year: a day, and a time by the clock before the change.

    The day is a weekday of a month (`week` 5 is the last), or, where `month` is 0, a day of
    the year from 0; `skips_leap_day` says that 29 February isn't counted. The time may
    lie on another day: from -167 to 167 hours.
    """

    month: int
    week: int
    weekday: int
    day: int
    skips_leap_day: bool
    time: timedelta

    def wall(self, year: int) -> datetime:
        """The naive local time of the change in a year."""
        if not self.month:
            # Counted without 29 February, a day has its date of any common year.
            year_start = date(2001 if self.skips_leap_day else year, 1, 1)
            day = (year_start + timedelta(self.day)).replace(year=year)
            return datetime.combine(day, time.min) + self.time
        first, length = monthrange(year, self.month)
        day_of_month = 1 + (self.weekday - first - 1) % 7 + 7 * (self.week - 1)
        if day_of_month > length:
            day_of_month -= 7
        return datetime.combine(date(year, self.month, day_of_month), time.min) + self.time

    def rrule(self) -> dict[str, object] | None:
        """The same as RRULE parts, in the order they are written (RFC 5545, 3.3.10).

        None where no RRULE says it: the last weekday of a month, moved over the month's end.
        """
        if not self.month:
            return None
        shift, _ = divmod(self.time, timedelta(days=1))
        weekday = _WEEKDAYS[(self.weekday + shift) % 7]
        month = {"FREQ": "YEARLY", "BYMONTH": self.month}
        if not shift:
            return {**month, "BYDAY": f"{-1 if self.week == 5 else self.week}{weekday}"}
        # The day after the fourth Thursday is not the fourth Friday: a window says it.
        length = monthrange(2001, self.month)[1]
        last = (length if self.week == 5 else 7 * self.week) + shift
        if last < 7 or last > length or (self.week == 5 and self.month == 2):
            return None
        return {**month, "BYMONTHDAY": list(range(last - 6, last + 1)), "BYDAY": weekday}


@dataclass(frozen=True, slots=True)
class PosixTz:
    """A standard clock, and perhaps a daylight one between two onsets a year."""

    standard: LocalTime
    daylight: LocalTime | None = None
    begins: Onset | None = None
    ends: Onset | None = None

    def changes(self, first_year: int, last_year: int) -> list[Change]:
        """The changes whose local dates are in these years, in order."""
        if self.daylight is None or self.begins is None or self.ends is None:
            return []
        found = []
        for year in range(first_year, last_year + 1):
            found.append(_change(self.begins, year, self.standard, self.daylight))
            found.append(_change(self.ends, year, self.daylight, self.standard))
        return sorted(found, key=lambda change: change.at)


def _change(onset: Onset, year: int, before: LocalTime, after: LocalTime) -> Change:
    return Change((onset.wall(year) - before.offset).replace(tzinfo=UTC), before, after)


def parse_posix_tz(text: str) -> PosixTz:
    """Read a POSIX TZ string with the extensions of RFC 9636. Raises ValueError."""
    clocks, *dates = text.split(",")
    standard = _CLOCK.match(clocks)
    if standard is None or standard[3] is None or len(dates) not in (0, 2):
        raise ValueError(f"“{text}” is not a POSIX TZ string.")
    offset = -_time(standard[3])  # POSIX counts westward.
    clock = LocalTime(offset, False, standard[1] or standard[2])
    if not dates:
        if standard.end() != len(clocks):
            raise ValueError(f"“{text}” names a daylight clock without its dates.")
        return PosixTz(clock)
    daylight = _CLOCK.fullmatch(clocks, standard.end())
    if daylight is None:
        raise ValueError(f"“{text}” is not a POSIX TZ string.")
    summer = -_time(daylight[3]) if daylight[3] else offset + timedelta(hours=1)
    begins, ends = map(_onset, dates)
    return PosixTz(clock, LocalTime(summer, True, daylight[1] or daylight[2]), begins, ends)


def _onset(text: str) -> Onset:
    match = _DATE.fullmatch(text)
    if match is None:
        raise ValueError(f"“{text}” is not a date of a POSIX TZ string.")
    month, week, weekday, julian, day, hours = match.groups()
    return Onset(
        month=int(month or 0),
        week=int(week or 0),
        weekday=int(weekday or 0),
        day=int(day or 0) - bool(julian),
        skips_leap_day=bool(julian),
        time=_time(hours or "2"),
    )


def _time(text: str) -> timedelta:
    parts = [int(part) for part in text.lstrip("+-").split(":")]
    size = timedelta(**dict(zip(("hours", "minutes", "seconds"), parts, strict=False)))
    return -size if text.startswith("-") else size
