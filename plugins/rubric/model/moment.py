"""Times as authors write them: local wall-clock time, plus an IANA zone from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from importlib import resources
from typing import Annotated
from zoneinfo import ZoneInfo

from msgspec import Meta

# As JavaScript, Hugo, Jekyll and Hexo write them, too; fractions of seconds are left out.
_MOMENT = re.compile(
    r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})"
    r"(?:[Tt ]\s*(?P<time>\d{1,2}:\d{2}(?::\d{2})?)(?:(?<=:\d\d:\d\d)[.,]\d{1,9})?"
    r"\s*(?P<offset>[Zz]|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?"
)
_DURATION = re.compile(
    r"(?:(?P<days>\d+)\s*d)?\s*(?:(?P<hours>\d+)\s*h)?\s*(?:(?P<minutes>\d+)\s*m(?:in)?)?"
)
_ZONE = re.compile(r"[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+)*")
WRITE_A_MOMENT = "Write it as 2026-11-05 or 2026-11-05 18:30."


@dataclass(frozen=True, slots=True)
class Moment:
    """A date, or a local date and time, as written; no zone of its own.

    `offset` is the UTC offset if the author wrote one: it never sets the instant, it is
    only checked against the zone.
    """

    local: Annotated[datetime, Meta(tz=False)]
    has_time: bool
    offset: timedelta | None = None

    @property
    def date(self) -> date:
        return self.local.date()


def parse_moment(text: str) -> Moment:
    """Read `2026-11-05`, `2026-11-05 18:30` or `2026-11-05T18:30:00.000+05:00`.

    Raises ValueError that says what is wrong and how to write it.
    """
    match = _MOMENT.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"“{text}” is not a date or time. {WRITE_A_MOMENT}")
    time, offset = match["time"], match["offset"]
    day = f"{match['year']}-{match['month']:0>2}-{match['day']:0>2}"
    hours, _, rest = (time or "00:00").partition(":")
    try:
        local = datetime.fromisoformat(f"{day}T{int(hours):02}:{rest}")
        if not 1900 <= local.year <= 2200:  # else a slip of the pen
            raise ValueError
        return Moment(local, time is not None, _parse_offset(offset))
    except ValueError:
        raise ValueError(f"“{text}” does not exist in the calendar. {WRITE_A_MOMENT}") from None


def stated_time(environment: Mapping[str, str]) -> datetime | None:
    """Return the time set by SOURCE_DATE_EPOCH (reproducible-builds.org); None if it is not set."""
    epoch = environment.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch else None


def _parse_offset(text: str | None) -> timedelta | None:
    if text is None:
        return None
    if text in ("Z", "z", "UTC", "GMT"):
        return timedelta(0)
    digits = f"{text[1:].replace(':', ''):0<4}"
    if not (digits[:2] < "24" and digits[2:] < "60"):
        raise ValueError
    size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return size if text[0] == "+" else -size


def parse_duration(text: str) -> timedelta:
    """Read `2h`, `90m`, `1h 30m`, `2d`. Raises ValueError that says how to write it."""
    match = _DURATION.fullmatch(text.strip())
    numbers = match.groupdict("0") if match else {}
    # Python refuses to convert thousands of digits, so lengths come first.
    if max(map(len, numbers.values()), default=5) > 4 or not any(map(int, numbers.values())):
        raise ValueError(f"“{text}” is not a length of time. Write it as 2h, 90m or 1h 30m.")
    length = timedelta(**{unit: int(number) for unit, number in numbers.items()})
    if length > timedelta(days=366):
        raise ValueError(f"“{text}” is longer than a year. Write several events instead.")
    return length


@cache
def load_zone(name: str) -> ZoneInfo:
    """Load an IANA zone such as `Asia/Almaty` from the pinned tzdata package.

    A system's own zones differ from machine to machine, so they are not asked.

    Raises ValueError for abbreviations (`CST` is Chicago and Taipei) and unknown names.
    """
    if "/" not in name and name != "UTC":
        raise ValueError(
            f"“{name}” is not a place. Abbreviations are ambiguous; "
            "name the zone by its city, such as Asia/Almaty or Europe/Berlin."
        )
    try:
        if not _ZONE.fullmatch(name):
            raise ValueError
        with resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as file:
            return ZoneInfo.from_file(file, key=name)
    except (ImportError, ValueError, OSError):
        raise ValueError(
            f"“{name}” is not a known time zone. Use an IANA name such as Asia/Almaty."
        ) from None


def localize(moment: Moment, zone: ZoneInfo, fold: int | None = None) -> datetime:
    """Put a local time into its zone; zoned result, same wall clock.

    zoneinfo accepts local times that clocks skip, so existence is checked by a round trip
    through UTC, and ambiguity by comparing both folds (PEP 495). Raises ValueError for a
    skipped time, for an ambiguous one unless `fold` (0 first, 1 second) says which, and
    for an offset that is not the zone's on that date.
    """
    if fold not in (None, 0, 1):
        raise ValueError("fold is 0 for the first or 1 for the second of two equal times.")
    first, second = (moment.local.replace(tzinfo=zone, fold=f) for f in (0, 1))
    offsets = [first.utcoffset(), second.utcoffset()]
    if moment.offset is not None and moment.offset not in offsets:
        raise ValueError(
            f"the offset {format_offset(moment.offset)} is not the one of {zone.key} on that "
            f"date, {format_offset(offsets[0])}. Leave the offset out; the zone gives it."
        )
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != moment.local:
        raise ValueError(
            f"{moment.local:%Y-%m-%d %H:%M} does not exist in {zone.key}: clocks jump over it "
            "that night. Choose a time before or after the change."
        )
    if offsets[0] == offsets[1]:
        return first
    if moment.offset is not None:
        return first if moment.offset == offsets[0] else second
    if fold is None:
        raise ValueError(
            f"{moment.local:%Y-%m-%d %H:%M} happens twice in {zone.key} that night. "
            "Write fold: 0 for the first or fold: 1 for the second."
        )
    return second if fold else first


def format_offset(offset: timedelta | None) -> str:
    """Spell a UTC offset as `+05:00`."""
    minutes = round((offset or timedelta()).total_seconds() / 60)
    sign = "-" if minutes < 0 else "+"
    return f"{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
