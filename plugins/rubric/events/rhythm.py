"""A group's regular rhythm: from front matter to the dates it promises.

Dates are tentative until an event post of the group names them. They end after some that no
post confirmed, so that an inactive group promises nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from rubric.events.mistakes import RhythmError
from rubric.events.recurrence import dates_between
from rubric.events.rhythm_words import Words, parse_words
from rubric.events.rules import parse_rule, parse_time
from rubric.model.event import Meeting
from rubric.model.moment import Moment, localize
from rubric.model.now import local_date
from rubric.model.recurrence import Recurrence

_HORIZON = timedelta(days=400)
_DISPLAY_HORIZON = timedelta(days=3660)
# Weekdays and leap days repeat after 28 years, so a rule without a date until then has none.
_SEARCH_HORIZON = timedelta(days=28 * 366)
_DEFAULT_LENGTH = timedelta(hours=2)
_COMPARED_DATES = 100


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A rule of days, a local time, a zone, and a length.

    `length` is the length if the author stated one. `founded` is the first possible date.
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
        """From when periods are counted, for rules that skip some."""
        return self.founded or date(2020, 1, 1)

    def dates(self, since: date, until: date) -> Iterator[date]:
        """The local dates from `since` to `until`, both inclusive."""
        return dates_between(self.rule, self.anchor, since, until)

    def next_dates(self, now: datetime, count: int) -> tuple[date, ...]:
        """The coming dates of the rule, whether or not they are promised."""
        today = local_date(now, self.zone)
        return tuple(islice(self.dates(today, today + _DISPLAY_HORIZON), count))

    def agrees_with(self, other: Rhythm) -> bool:
        """Whether both name the same dates at the same time."""
        ends = (self.rule.count, self.rule.until), (other.rule.count, other.rule.until)
        return self.at == other.at and ends[0] == ends[1] and self._sample() == other._sample()

    def _sample(self) -> list[date]:
        until = self.anchor + _SEARCH_HORIZON
        return list(islice(self.dates(self.anchor, until), _COMPARED_DATES))

    def meeting(self, day: date) -> Meeting | None:
        """The meeting on a local date; None where clocks jump over its time."""
        try:
            starts_at = localize(Moment(datetime.combine(day, self.at), True), self.zone, fold=0)
        except ValueError:
            return None
        ends_at = (starts_at.astimezone(UTC) + self.duration).astimezone(self.zone)
        return Meeting(starts_at, ends_at)


def is_rule(meets: str) -> bool:
    """Whether `meets` is an RRULE and not words."""
    return "FREQ=" in meets.upper()


def parse_rhythm(
    meets: str, meets_at: str, zone: ZoneInfo, duration: timedelta | None, founded: str
) -> Rhythm:
    """Read `meets` (an RRULE, or words such as "every first Thursday 18:30") and `meets_at`.

    `founded` (`2024-03`) anchors rules that skip periods. Raises RhythmError, which names the
    field to correct.
    """
    length = duration
    if is_rule(meets):
        rule, at = parse_rule(meets, meets_at, zone)
    else:
        words = parse_words(meets)
        rule, at = parse_rule(words.rule, _time_of_words(words, meets_at), zone)
        length = _length(words, duration)
    _check_founded(rule, founded)
    rhythm = Rhythm(rule, at, zone, length, _first_day(founded))
    if next(rhythm.dates(rhythm.anchor, rhythm.anchor + _SEARCH_HORIZON), None) is None:
        raise RhythmError(f"“{meets}” never names a date.", "Correct the rule.")
    return rhythm


def find_tentative(
    rhythm: Rhythm, confirmed: Collection[date], now: datetime, limit: int
) -> tuple[Meeting, ...]:
    """The coming dates that no event has confirmed yet, at most `limit` of them.

    `confirmed` are local dates that event posts of the group name, past ones too. Dates
    count from the last confirmed one, else from the founding: when `limit` of them have
    passed without a post, none is left to promise.
    """
    today = local_date(now, rhythm.zone)
    if any(day > today for day in confirmed):
        since = today  # an announced date shows that the group is active
    else:
        since = max(confirmed) + timedelta(days=1) if confirmed else rhythm.founded or today
    open_dates = (day for day in rhythm.dates(since, today + _HORIZON) if day not in confirmed)
    promised = islice(open_dates, limit)
    meetings = (rhythm.meeting(day) for day in promised if day >= today)
    return tuple(meeting for meeting in meetings if meeting and meeting.starts_at > now)


def _time_of_words(words: Words, meets_at: str) -> str:
    """The time in words or in `meets_at`; they may not contradict each other."""
    if words.starts_at is None:
        return meets_at
    if meets_at and parse_time(meets_at) != words.starts_at:
        raise RhythmError(
            f"“{meets_at}” contradicts meets, which names {words.starts_at:%H:%M}.",
            "Delete meets_at, or correct one of the two.",
            "meets_at",
        )
    return f"{words.starts_at:%H:%M}"


def _length(words: Words, duration: timedelta | None) -> timedelta | None:
    if words.starts_at is None or words.ends_at is None:
        return duration
    day = date(2020, 1, 1)
    length = datetime.combine(day, words.ends_at) - datetime.combine(day, words.starts_at)
    length %= timedelta(days=1)  # 22:00–01:00 ends on the next day
    if not length:
        raise RhythmError(f"ends at {words.ends_at:%H:%M}, when it starts.", "Correct the end.")
    if duration is not None and duration != length:
        raise RhythmError(
            f"contradicts meets, which ends at {words.ends_at:%H:%M}.",
            "Delete duration, or correct one of the two.",
            "duration",
        )
    return length


def _check_founded(rule: Recurrence, founded: str) -> None:
    """Rules that skip or count meetings need the first one."""
    if founded or not (rule.interval > 1 or rule.count):
        return
    raise RhythmError(
        f"{'skips' if rule.interval > 1 else 'counts'} meetings, so its first one must be known.",
        "Write founded: with the year and month of the first meeting.",
    )


def _first_day(founded: str) -> date | None:
    """`2024` and `2024-03` begin with their first day."""
    return date.fromisoformat(founded + "-01-01"[len(founded) - 4 :]) if founded else None
