"""The rhythm of a group's meetings: from front matter to tentative dates.

A date is tentative until an event of the group confirms it. After a number of unconfirmed dates
no more are announced, so that an inactive group has none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from rubric.events.recurrence import dates_between
from rubric.events.rhythm_text import RhythmText, parse_rhythm_text
from rubric.events.rrule import RhythmError, parse_rule, parse_time, time_of
from rubric.model.event import Meeting
from rubric.model.moment import Moment, localize
from rubric.model.now import local_date
from rubric.model.recurrence import Recurrence

_HORIZON = timedelta(days=400)
_DISPLAY_HORIZON = timedelta(days=3660)
# Weekdays and leap days repeat after 28 years: a rule without a date in that time has none.
_SEARCH_HORIZON = timedelta(days=28 * 366)
_DEFAULT_LENGTH = timedelta(hours=2)
_COMPARED_DATES = 100


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A recurrence rule with the local time, time zone and length of the meetings.

    `length` is None if the author did not state it. `founded` is the first possible date.
    """

    rule: Recurrence
    at: time
    zone: ZoneInfo
    length: timedelta | None = None
    founded: date | None = None

    @property
    def duration(self) -> timedelta:
        return _DEFAULT_LENGTH if self.length is None else self.length

    @property
    def anchor(self) -> date:
        """The date from which intervals are counted."""
        return self.founded or date(2020, 1, 1)

    def dates(self, since: date, until: date) -> Iterator[date]:
        """Yield the local dates from `since` to `until`, both inclusive."""
        return dates_between(self.rule, self.anchor, since, until)

    def next_dates(self, now: datetime, count: int) -> tuple[date, ...]:
        """Return the next `count` dates of the rule, whether tentative or not."""
        today = local_date(now, self.zone)
        return tuple(islice(self.dates(today, today + _DISPLAY_HORIZON), count))

    def agrees_with(self, other: Rhythm) -> bool:
        """Return whether two rhythms have the same dates and the same time of day."""
        ends = (self.rule.count, self.rule.until), (other.rule.count, other.rule.until)
        return self.at == other.at and ends[0] == ends[1] and self._sample() == other._sample()

    def _sample(self) -> list[date]:
        until = self.anchor + _SEARCH_HORIZON
        return list(islice(self.dates(self.anchor, until), _COMPARED_DATES))

    def meeting(self, day: date) -> Meeting | None:
        """Return the meeting on a local date; None if clocks skip its time on that date."""
        try:
            starts_at = localize(Moment(datetime.combine(day, self.at), True), self.zone, fold=0)
        except ValueError:
            return None
        ends_at = (starts_at.astimezone(UTC) + self.duration).astimezone(self.zone)
        return Meeting(starts_at, ends_at)


def is_rule(meets: str) -> bool:
    """Return whether `meets` is an RRULE, not a text."""
    return "FREQ=" in meets.upper()


def parse_rhythm(
    meets: str, meets_at: str, zone: ZoneInfo, duration: timedelta | None, founded: str
) -> Rhythm:
    """Parse the fields of a group's front matter.

    Args:
        meets: An RRULE, or a text such as "every first Thursday 18:30".
        meets_at: A time of day such as `18:30`; may be empty if `meets` includes the time.
        zone: The time zone of the group.
        duration: The stated length of a meeting, if any.
        founded: Year or year and month, such as `2024-03`, or ''. Required for rules that skip
            or count meetings.

    Raises:
        RhythmError: With the field to correct.

    """
    length = duration
    if is_rule(meets):
        rule, at = parse_rule(meets, meets_at, zone)
    else:
        parsed = parse_rhythm_text(meets)
        rule, start = parsed.rule, parsed.starts_at
        at = time_of(start.hour, start.minute, meets_at) if start else parse_time(meets_at)
        length = _length(parsed, duration)
    _check_founded(rule, founded)
    rhythm = Rhythm(rule, at, zone, length, _first_day(founded))
    if next(rhythm.dates(rhythm.anchor, rhythm.anchor + _SEARCH_HORIZON), None) is None:
        raise RhythmError(f"“{meets}” never names a date.", "Correct the rule.")
    return rhythm


def find_tentative(
    rhythm: Rhythm, confirmed: Collection[date], now: datetime, limit: int
) -> tuple[Meeting, ...]:
    """Return the future meetings that no event has confirmed yet, at most `limit`.

    `confirmed` contains the local dates of all events of the group, past ones too. `limit` is
    counted from the last confirmed date, else from the founding of the group: once that many
    dates have passed without an event, the result is empty.
    """
    today = local_date(now, rhythm.zone)
    if any(day > today for day in confirmed):
        since = today  # an announced date shows that the group is active
    else:
        since = max(confirmed) + timedelta(days=1) if confirmed else rhythm.founded or today
    open_dates = (day for day in rhythm.dates(since, today + _HORIZON) if day not in confirmed)
    tentative = islice(open_dates, limit)
    meetings = (rhythm.meeting(day) for day in tentative if day >= today)
    return tuple(meeting for meeting in meetings if meeting and meeting.starts_at > now)


def _length(parsed: RhythmText, duration: timedelta | None) -> timedelta | None:
    if parsed.starts_at is None or parsed.ends_at is None:
        return duration
    day = date(2020, 1, 1)
    length = datetime.combine(day, parsed.ends_at) - datetime.combine(day, parsed.starts_at)
    length %= timedelta(days=1)  # 22:00–01:00 ends on the next day
    if not length:
        raise RhythmError(f"ends at {parsed.ends_at:%H:%M}, when it starts.", "Correct the end.")
    if duration is not None and duration != length:
        raise RhythmError(
            f"contradicts meets, which ends at {parsed.ends_at:%H:%M}.",
            "Delete duration, or correct one of the two.",
            "duration",
        )
    return length


def _check_founded(rule: Recurrence, founded: str) -> None:
    """Raise RhythmError if a rule that skips or counts meetings has no first date."""
    if founded or not (rule.interval > 1 or rule.count):
        return
    raise RhythmError(
        f"{'skips' if rule.interval > 1 else 'counts'} meetings, so the first one must be known.",
        "Write founded: with the year and month of the first meeting.",
    )


def _first_day(founded: str) -> date | None:
    """Return the first day of `2024` or `2024-03`."""
    return date.fromisoformat(founded + "-01-01"[len(founded) - 4 :]) if founded else None
