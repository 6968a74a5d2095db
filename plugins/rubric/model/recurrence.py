"""A recurrence rule of days (RFC 5545, 3.3.10), without its start and its time of day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Frequency = Literal["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]

_SAYABLE_ORDINALS = {0, 1, 2, 3, 4, 5, -1, -2}


@dataclass(frozen=True, slots=True)
class Recurrence:
    """The parts of a rule; each part that is empty is absent.

    `days` are pairs of an ordinal (0 where none is given) and a weekday (0 is Monday), so
    `2TH` is `(2, 3)`. `until` is the last local date. `weekday_start` is WKST.
    """

    frequency: Frequency
    interval: int = 1
    days: tuple[tuple[int, int], ...] = ()
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    week_numbers: tuple[int, ...] = ()
    positions: tuple[int, ...] = ()
    week_start: int = 0
    count: int | None = None
    until: date | None = None

    @property
    def plain_days(self) -> tuple[int, ...]:
        """Weekdays without an ordinal: `MO` of `MO,-1WE`."""
        return tuple(day for n, day in self.days if not n)

    @property
    def numbered_days(self) -> tuple[tuple[int, int], ...]:
        """Weekdays with an ordinal: `-1WE` of `MO,-1WE`."""
        return tuple((n, day) for n, day in self.days if n)

    @property
    def has_wording(self) -> bool:
        """Return whether a page can state the rule in words; if not, it shows the next dates."""
        if self.count or self.year_days or self.week_numbers or self.positions:
            return False
        if self.days and self.month_days:
            return False
        if not {n for n, _ in self.days} <= _SAYABLE_ORDINALS:
            return False
        if any(day < -1 for day in self.month_days):
            return False
        if self.frequency == "YEARLY" and self.numbered_days and not self.months:
            return False  # the first Monday of the year
        return self.interval == 1 or self._has_simple_interval

    @property
    def _has_simple_interval(self) -> bool:
        match self.frequency:
            case "DAILY":
                return not (self.days or self.month_days or self.months)
            case "WEEKLY":
                return True
            case "MONTHLY":
                return not (self.plain_days or self.months)
            case "YEARLY":
                return False
