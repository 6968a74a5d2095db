"""Stretches of time between issues, in the wall-clock time of the site's zone."""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from rubric.model.newsletter import Cadence

_DAYS = {"daily": 1, "weekly": 7}


def step_back(until: datetime, cadence: Cadence, zone: ZoneInfo) -> datetime:
    """The same wall-clock time a day, a week or a month earlier.

    From the 31st, a month back is the last day of a shorter month. A time that clocks
    skipped moves on by as much as they did; of two equal times it is the first.
    """
    local = until.astimezone(zone).replace(fold=0)
    days = _DAYS.get(cadence)
    if days is not None:
        earlier = local - timedelta(days=days)  # same zone: wall-clock arithmetic
    else:
        year, month = divmod(local.year * 12 + local.month - 2, 12)
        day = min(local.day, monthrange(year, month + 1)[1])
        earlier = local.replace(year=year, month=month + 1, day=day)
    return earlier.astimezone(UTC).astimezone(zone)


def instant(time: datetime) -> datetime:
    """A zoned time in UTC, for comparing: in one zone Python compares wall clocks, which
    show the same hour twice in a night (PEP 495).
    """
    return time.astimezone(UTC)


def to_minute(time: datetime, zone: ZoneInfo) -> datetime:
    """An instant in the zone, its seconds cut off: front matter has minutes."""
    return time.astimezone(zone).replace(second=0, microsecond=0)


def spell(time: datetime, zone: ZoneInfo) -> str:
    """An instant as front matter has it; with its offset only where the time occurs twice."""
    local = time.astimezone(zone)
    text = f"{local:%Y-%m-%d %H:%M}"
    if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
        return text
    offset = f"{local:%z}"
    return f"{text}{offset[:3]}:{offset[3:5]}"
