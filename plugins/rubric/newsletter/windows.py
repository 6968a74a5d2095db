"""Time windows of issues, in the wall-clock time of the site's zone."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from rubric.model.newsletter import Cadence

_STEPS: dict[Cadence, relativedelta] = {
    "daily": relativedelta(days=1),
    "weekly": relativedelta(weeks=1),
    "monthly": relativedelta(months=1),
}


def step_back(until: datetime, cadence: Cadence, zone: ZoneInfo) -> datetime:
    """Return the same wall-clock time one day, week or month earlier.

    From the 31st, a month back is the last day of a shorter month. A time skipped by a clock
    change is moved forward by the size of the change; of a repeated time, the first is used.
    """
    earlier = until.astimezone(zone).replace(fold=0) - _STEPS[cadence]
    return earlier.astimezone(UTC).astimezone(zone)


def instant(time: datetime) -> datetime:
    """Convert a zoned time to UTC for comparison.

    Python compares times of the same zone by wall clock, which repeats an hour (PEP 495).
    """
    return time.astimezone(UTC)


def truncate_to_minute(time: datetime, zone: ZoneInfo) -> datetime:
    """Convert to `zone` and drop the seconds: front matter has a resolution of minutes."""
    return time.astimezone(zone).replace(second=0, microsecond=0)


def format_time(time: datetime, zone: ZoneInfo) -> str:
    """Format a time for front matter; with its UTC offset only if the local time is ambiguous."""
    local = time.astimezone(zone)
    text = f"{local:%Y-%m-%d %H:%M}"
    if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
        return text
    offset = f"{local:%z}"
    return f"{text}{offset[:3]}:{offset[3:5]}"
