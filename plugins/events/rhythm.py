"""A group's regular rhythm: from front matter to the dates it promises.

Dates are tentative until an event post of the group names them, and they end after some
that nobody confirmed, so that a group which fell asleep promises nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby, islice, takewhile
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

from plugins.events.rhythm_words import parse_words
from plugins.model.event import Meeting
from plugins.model.moment import Moment, localize
from plugins.model.now import local_date

_HORIZON = timedelta(days=400)
_UNTIL = re.compile(r"UNTIL=(\d{8}T\d{6})Z")


@dataclass(frozen=True, slots=True)
class Rhythm:
    """An RRULE without its start (RFC 5545, 3.3.10), a local time, a zone, a length."""

    rule: str
    at: time
    zone: ZoneInfo
    duration: timedelta
    founded: date | None = None

    @property
    def anchor(self) -> date:
        """From when periods are counted, for rules that skip some."""
        return self.founded or date(2020, 1, 1)

    def dates_from(self, day: date) -> Iterator[datetime]:
        """Local times of the rhythm from a day on; endless unless the rule ends."""
        start = datetime.combine(self.anchor, self.at)
        rule = rrulestr(self.rule, dtstart=start)
        moments: Iterator[datetime] = rule.xafter(datetime.combine(day, time.min), inc=True)
        return moments

    def meeting(self, day: date) -> Meeting | None:
        """The meeting on a local date; None where clocks jump over its time."""
        try:
            starts_at = localize(Moment(datetime.combine(day, self.at), True), self.zone, fold=0)
        except ValueError:
            return None
        ends_at = (starts_at.astimezone(UTC) + self.duration).astimezone(self.zone)
        return Meeting(starts_at, ends_at)


def parse_rhythm(
    meets: str, meets_at: str, zone: ZoneInfo, duration: timedelta, founded: str
) -> Rhythm:
    """Read `meets` (an RRULE, or words such as "every first Thursday 18:30") and `meets_at`.

    `founded` (`2024-03`) anchors rules that skip periods. Raises ValueError that says what
    to write.
    """
    rule, said = _rule(meets, zone)
    _check_days(meets, rule)
    at = _time(said or meets_at)
    skips = "INTERVAL=" in rule and "INTERVAL=1;" not in f"{rule};"
    if not founded and (skips or "COUNT=" in rule):
        raise ValueError(
            f"{'skips' if skips else 'counts'} meetings, so it must be known from when it counts. "
            "Write founded: with the year and month of the first meeting."
        )
    # "2024" and "2024-03" begin with their first day.
    since = date.fromisoformat(founded + "-01-01"[len(founded) - 4 :]) if founded else None
    rhythm = Rhythm(rule, at, zone, duration, since)
    try:
        next(rhythm.dates_from(rhythm.anchor), None)
    except (ValueError, TypeError) as error:
        raise ValueError(
            f"“{meets}” is not a rule ({error}). Write FREQ=MONTHLY;BYDAY=2TH or words such as "
            "every second Thursday."
        ) from None
    return rhythm


def find_tentative(
    rhythm: Rhythm, confirmed: Collection[date], now: datetime, limit: int
) -> tuple[Meeting, ...]:
    """The coming dates that nobody has confirmed yet, at most `limit` of them.

    `confirmed` are local dates that event posts of the group name, past ones too. Dates
    count from the last confirmed one, else from the founding: when `limit` of them have
    passed without a post, none is left to promise.
    """
    today = local_date(now, rhythm.zone)
    if any(day > today for day in confirmed):
        since = today  # who has announced a date is awake
    else:
        since = max(confirmed) + timedelta(days=1) if confirmed else rhythm.founded or today
    horizon = today + _HORIZON
    # A rule may name several hours of a day.
    dates = (day for day, _ in groupby(rhythm.dates_from(since), datetime.date))
    open_dates = (d for d in takewhile(lambda d: d <= horizon, dates) if d not in confirmed)
    promised = islice(open_dates, limit)
    meetings = (rhythm.meeting(day) for day in promised if day >= today)
    return tuple(meeting for meeting in meetings if meeting and meeting.starts_at > now)


def _check_days(meets: str, rule: str) -> None:
    """Refuse rules that would take their day from the founding, or repeat within a day."""
    frequency = rule.removeprefix("FREQ=").partition(";")[0]
    if frequency not in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY"):
        raise ValueError(f"“{meets}” is not a rule of days. Write FREQ=WEEKLY or FREQ=MONTHLY.")
    names_day = any(name in rule for name in ("BYDAY=", "BYMONTHDAY=", "BYYEARDAY=", "BYEASTER="))
    if frequency != "DAILY" and not names_day:
        raise ValueError(f"“{meets}” doesn't say on which day. Write BYDAY=TH or BYDAY=2TH.")


def _rule(meets: str, zone: ZoneInfo) -> tuple[str, str]:
    text = meets.strip().removeprefix("RRULE:")
    if "FREQ=" in text.upper():
        # UNTIL is in UTC (RFC 5545, 3.3.10), and dates are counted in the group's zone.
        text = _UNTIL.sub(lambda match: _local_until(match[1], zone), text.upper())
        parts = text.rstrip(";").split(";")
        # FREQ goes first: some calendars stop reading without it.
        parts.sort(key=lambda part: not part.startswith("FREQ="))
        return ";".join(parts), ""
    return parse_words(text)


def _local_until(text: str, zone: ZoneInfo) -> str:
    until = datetime.strptime(text, "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    return f"UNTIL={until.astimezone(zone):%Y%m%dT%H%M%S}"


def _time(text: str) -> time:
    hours, colon, minutes = text.strip().replace("：", ":").partition(":")
    if not colon or not (hours.isdigit() and minutes.isdigit()):
        raise ValueError(f"“{text}” is not a time of day. Write meets_at: 18:30.")
    try:
        return time(int(hours), int(minutes))
    except ValueError:
        raise ValueError(f"“{text}” is not a time of day. Write meets_at: 18:30.") from None
