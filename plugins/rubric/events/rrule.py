"""Parses recurrence rules such as `FREQ=MONTHLY;BYDAY=2TH` (RFC 5545, 3.3.10)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import cast, get_args
from zoneinfo import ZoneInfo

from rubric.model.recurrence import Frequency, Recurrence

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

_DAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_NUMBER = re.compile(r"[+-]?\d{1,4}")
_RANGES: dict[str, tuple[int, int]] = {
    "BYMONTH": (1, 12),
    "BYMONTHDAY": (-31, 31),
    "BYYEARDAY": (-366, 366),
    "BYWEEKNO": (-53, 53),
    "BYSETPOS": (-366, 366),
    "BYHOUR": (0, 23),
    "BYMINUTE": (0, 59),
    "BYSECOND": (0, 59),
    "INTERVAL": (1, 999),
    "COUNT": (1, 999),
}
_PARTS = {"FREQ", "UNTIL", "WKST", "BYDAY", *_RANGES}
_SINGLE = ("INTERVAL", "COUNT", "BYHOUR", "BYMINUTE", "BYSECOND")
_EXAMPLE = "Write FREQ=MONTHLY;BYDAY=2TH or words such as second Thursday of the month."


class RhythmError(ValueError):
    """An error in a group's rhythm: the problem, its fix, and the front-matter field."""

    def __init__(self, problem: str, fix: str, field: str = "meets") -> None:
        super().__init__(f"{problem} {fix}")
        self.problem, self.fix, self.field = problem, fix, field


def parse_rule(text: str, meets_at: str, zone: ZoneInfo) -> tuple[Recurrence, time]:
    """Parse an RRULE; return the rule of days and the local time of day.

    The time is taken from BYHOUR and BYMINUTE, and from `meets_at` if they are missing. `zone`
    is needed for an UNTIL in UTC. Raises RhythmError.
    """
    parts = _split(text)
    frequency = parts.get("FREQ", "")
    if frequency not in get_args(Frequency):
        raise RhythmError(f"“{text}” is not a rule of days.", "Write FREQ=WEEKLY or FREQ=MONTHLY.")
    numbers = {name: _numbers(text, name, parts[name]) for name in _RANGES if name in parts}
    if any(numbers.get("BYSECOND", ())):
        raise RhythmError(f"“{text}” names seconds.", "Delete BYSECOND.")
    hour, minute, count = (numbers.get(n, (None,))[0] for n in ("BYHOUR", "BYMINUTE", "COUNT"))
    at = time_of(hour, minute, meets_at)
    rule = Recurrence(
        frequency=cast("Frequency", frequency),
        interval=numbers.get("INTERVAL", (1,))[0],
        days=_days(text, parts.get("BYDAY", "")),
        months=numbers.get("BYMONTH", ()),
        month_days=numbers.get("BYMONTHDAY", ()),
        year_days=numbers.get("BYYEARDAY", ()),
        week_numbers=numbers.get("BYWEEKNO", ()),
        positions=numbers.get("BYSETPOS", ()),
        week_start=_week_start(text, parts.get("WKST", "MO")),
        count=count,
        until=_last_day(text, parts["UNTIL"], at, zone) if "UNTIL" in parts else None,
    )
    _check(text, rule)
    return rule, at


def time_of(hour: int | None, minute: int | None, meets_at: str) -> time:
    """Return the time of day that a rhythm names, with `meets_at` for what it omits.

    Raises RhythmError if the two contradict each other.
    """
    stated = parse_time(meets_at) if meets_at or hour is None else time(hour, minute or 0)
    given = time(stated.hour if hour is None else hour, stated.minute if minute is None else minute)
    if given != stated:
        raise RhythmError(
            f"“{meets_at}” contradicts meets, which names {given:%H:%M}.",
            "Delete meets_at, or correct one of the two.",
            "meets_at",
        )
    return given


def parse_time(text: str) -> time:
    """Parse a time of day such as `18:30`. Raises RhythmError."""
    hours, colon, minutes = text.strip().replace("：", ":").partition(":")
    try:
        if not colon or not re.fullmatch(r"\d{1,2}:\d{2}", f"{hours}:{minutes}"):
            raise ValueError
        return time(int(hours), int(minutes))
    except ValueError:
        problem = f"“{text}” is not a time of day." if text else "is missing."
        raise RhythmError(problem, "Write meets_at: 18:30.", "meets_at") from None


def _split(text: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    for part in re.sub(r"\s", "", text.upper()).removeprefix("RRULE:").strip(";").split(";"):
        name, equals, value = part.partition("=")
        if not equals or name not in _PARTS:
            raise RhythmError(f"“{text}” is not a rule: “{part}” is not a part of one.", _EXAMPLE)
        if name in parts:
            raise RhythmError(f"“{text}” sets {name} twice.", "Delete one of them.")
        parts[name] = value
    return parts


def _numbers(text: str, name: str, value: str) -> tuple[int, ...]:
    low, high = _RANGES[name]
    items = value.split(",")
    is_valid = all(
        _NUMBER.fullmatch(item) and low <= int(item) <= high and (low >= 0 or int(item))
        for item in items
    )
    if not is_valid:
        problem = f"“{text}” is not a rule: {name} takes numbers from {low} to {high}."
        raise RhythmError(problem, f"Correct {name}={value}.")
    if name in _SINGLE and len(items) > 1:
        raise RhythmError(f"“{text}” sets several values of {name}.", "Write one of them.")
    return tuple(dict.fromkeys(map(int, items)))


def _days(text: str, value: str) -> tuple[tuple[int, int], ...]:
    days = []
    for item in value.split(",") if value else ():
        match = _DAY.fullmatch(item)
        if match is None or (match[1] and not 1 <= abs(int(match[1])) <= 53):
            raise RhythmError(f"“{text}” is not a rule: “{item}” is not a day.", _EXAMPLE)
        days.append((int(match[1] or 0), WEEKDAYS.index(match[2])))
    return tuple(dict.fromkeys(days))


def _week_start(text: str, value: str) -> int:
    if value not in WEEKDAYS:
        raise RhythmError(f"“{text}” is not a rule: “{value}” is not a weekday.", "Write WKST=MO.")
    return WEEKDAYS.index(value)


def _last_day(text: str, value: str, at: time, zone: ZoneInfo) -> date:
    """Return the last local date of UNTIL, which is inclusive; in UTC if it ends in Z."""
    try:
        if re.fullmatch(r"\d{8}", value):
            return datetime.strptime(value, "%Y%m%d").replace(tzinfo=UTC).date()
        if not re.fullmatch(r"\d{8}T\d{6}Z?", value):
            raise ValueError
        until = datetime.strptime(value.removesuffix("Z"), "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
        until = until.astimezone(zone) if value.endswith("Z") else until
        return until.date() - timedelta(days=until.time() < at)
    except (ValueError, OverflowError):
        problem = f"“{text}” is not a rule: “{value}” is not a date."
        raise RhythmError(problem, "Write UNTIL=20271231.") from None


def _check(text: str, rule: Recurrence) -> None:
    """Raise RhythmError for rules without day and for combinations that RFC 5545 forbids."""
    if rule.frequency != "DAILY" and not (rule.days or rule.month_days or rule.year_days):
        raise RhythmError(f"“{text}” doesn't say on which day.", "Write BYDAY=TH or BYDAY=2TH.")
    if rule.count and rule.until:
        raise RhythmError(f"“{text}” has both COUNT and UNTIL.", "Keep one of them.")
    if rule.numbered_days and (rule.frequency in ("DAILY", "WEEKLY") or rule.week_numbers):
        n, day = rule.numbered_days[0]
        numbered = f"{n}{WEEKDAYS[day]}"
        raise RhythmError(
            f"“{text}” is not a rule: {numbered} counts days of a month or year.",
            f"Write FREQ=MONTHLY;BYDAY={numbered}.",
        )
    if rule.month_days and rule.frequency == "WEEKLY":
        raise RhythmError(f"“{text}” is not a rule: a week has no BYMONTHDAY.", _EXAMPLE)
    for name, value in (("BYYEARDAY", rule.year_days), ("BYWEEKNO", rule.week_numbers)):
        if value and rule.frequency != "YEARLY":
            raise RhythmError(f"“{text}” is not a rule: {name} needs FREQ=YEARLY.", _EXAMPLE)
    if rule.positions and rule.plain_days and rule.numbered_days:
        raise RhythmError(
            f"“{text}” combines BYSETPOS with days such as MO and -1WE.", "Keep one kind of day."
        )
