"""Converts the local times in an event's front matter to aware datetimes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo

from rubric.model.event import UserGroup
from rubric.model.moment import Moment, load_zone, localize


class TimeError(Exception):
    """An error in one field: its name, the problem, and the fix."""

    def __init__(self, field: str, problem: str, fix: str) -> None:
        super().__init__(field, problem, fix)
        self.field, self.problem, self.fix = field, problem, fix


class TimeErrors(Exception):
    """All errors in the times of one event."""

    def __init__(self, errors: list[TimeError]) -> None:
        super().__init__(*errors)
        self.errors = errors


_LONGEST = timedelta(days=366)
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Times:
    """The times of an event, all in its zone; see `EventFacts` for their meaning."""

    zone: ZoneInfo
    starts_at: datetime
    ends_at: datetime
    has_stated_end: bool
    all_day: bool
    moved_from: datetime | None
    registration_until: datetime | None
    promo_until: datetime | None


def resolve_times(
    facts: Mapping[str, Any], group: UserGroup | None, default_duration: timedelta
) -> Times:
    """Convert local times to the zone of the event, else of its group.

    Args:
        facts: The merged front matter of the event; missing fields are absent.
        group: The user group of the event, if any.
        default_duration: The length if neither the event nor the group states one.

    Raises:
        TimeErrors: With all errors.

    """
    errors: list[TimeError] = []

    def attempt(read: Callable[[], _Value]) -> _Value | None:
        try:
            return read()
        except TimeError as error:
            errors.append(error)
            return None

    start: Moment | None = facts.get("start")
    if start is None:
        fix = "Write start: 2026-12-10 18:30, or status: draft until the date is known."
        errors.append(TimeError("start", "is missing, and an event needs one.", fix))
    zone = load_zone(facts["timezone"]) if "timezone" in facts else group.zone if group else None
    if zone is None:
        fix = "Write timezone: with the city's zone, such as Asia/Almaty."
        errors.append(
            TimeError("timezone", "is missing, so the time of the start is unknown.", fix)
        )
        raise TimeErrors(errors)
    moved_from = attempt(lambda: _zoned(facts, "moved_from", zone))
    registration_until = attempt(lambda: _deadline(facts, "registration_until", zone))
    promo_until = attempt(lambda: _deadline(facts, "promo_until", zone))
    if start is None:
        if "end" in facts and facts["end"].has_time:
            attempt(lambda: _zoned(facts, "end", zone))
        raise TimeErrors(errors)
    all_day = facts.get("all_day", not start.has_time)
    starts_at = attempt(
        lambda: _midnight(start.date, zone) if all_day else _zoned(facts, "start", zone)
    )
    # An error in the start must not hide an error in the end, so check the end as well.
    assumed = starts_at or start.local.replace(tzinfo=zone)
    length = facts.get("duration") or (group and group.duration) or default_duration
    ends_at = attempt(lambda: _end(facts, assumed, length, all_day=all_day))
    if starts_at and ends_at:
        attempt(lambda: _check_length(starts_at, ends_at))
    if errors or not (starts_at and ends_at):
        raise TimeErrors(errors)
    return Times(
        zone=zone,
        starts_at=starts_at,
        ends_at=ends_at,
        has_stated_end="end" in facts or "duration" in facts,
        all_day=all_day,
        moved_from=moved_from,
        registration_until=registration_until,
        promo_until=promo_until,
    )


def _check_length(starts_at: datetime, ends_at: datetime) -> None:
    # In UTC, because Python compares datetimes of the same zone by local time.
    length = ends_at.astimezone(UTC) - starts_at.astimezone(UTC)
    if length <= timedelta(0):
        raise TimeError("end", "is not after the start.", "Correct one of the two.")
    if length > _LONGEST + timedelta(hours=2):  # clocks may have changed
        raise TimeError("end", "is more than a year after the start.", "Correct one of the two.")


def _end(
    facts: Mapping[str, Any], starts_at: datetime, length: timedelta, *, all_day: bool
) -> datetime | None:
    """Return the exclusive end; of an all-day event, the midnight after its last day.

    `length` applies to events with a time of day that state no end (RFC 5545, 3.6.1).
    """
    if "end" in facts and "duration" in facts:
        raise TimeError("duration", "and end are both set.", "Keep one of the two.")
    zone = cast("ZoneInfo", starts_at.tzinfo)
    if all_day:
        one_day = timedelta(days=1)
        last = facts["end"].date if "end" in facts else starts_at.date()
        return _midnight(last + max(facts.get("duration", one_day), one_day), zone)
    if "end" not in facts:
        # A length is elapsed time, so it is added in UTC (RFC 5545, 3.3.6).
        return (starts_at.astimezone(UTC) + length).astimezone(zone)
    if not facts["end"].has_time:
        raise TimeError("end", "has no time, but the start has.", "Write it with its time.")
    return _zoned(facts, "end", zone)


def _deadline(facts: Mapping[str, Any], name: str, zone: ZoneInfo) -> datetime | None:
    """Return an exclusive deadline; a date without a time means the end of that day."""
    if name not in facts or facts[name].has_time:
        return _zoned(facts, name, zone)
    return _midnight(facts[name].date + timedelta(days=1), zone)


def _zoned(facts: Mapping[str, Any], name: str, zone: ZoneInfo) -> datetime | None:
    """Return a local time in a zone, or None if the field is missing."""
    if name not in facts:
        return None
    try:
        return localize(facts[name], zone, facts.get("fold"))
    except ValueError as error:
        problem, _, fix = str(error).partition(". ")
        raise TimeError(name, f"{problem}.", fix) from None


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    """Return the start of a day, even if the zone skips midnight on that day."""
    return datetime(day.year, day.month, day.day, tzinfo=zone)
