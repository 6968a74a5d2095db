"""VTIMEZONE: a zone's clocks over a span of time (RFC 5545, 3.6.5).

Made of the pinned time zone data. A zone with a rule gets the two-component form with
RRULEs; any other gets one component a change, because Outlook misreads lists of RDATEs.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.prop import vDDDTypes, vRecur, vUTCOffset

from rubric.calendars.posix_tz import PosixTz, parse_posix_tz
from rubric.calendars.text import Text
from rubric.calendars.tzif import Change, LocalTime, ZoneData, load_zone_data

Observance = TimezoneStandard | TimezoneDaylight


class _Rule(vRecur):
    """An RRULE with FREQ first, which Apple's calendar needs, and the month before its day."""

    canonical_order = ("FREQ", "BYMONTH", "BYMONTHDAY", "BYDAY")  # type: ignore[assignment]


def build_vtimezone(name: str, first: datetime, last: datetime) -> Timezone:
    """A zone's definition, right for every instant from `first` to `last` inclusive.

    Both are aware, in any zone. Raises ValueError for an unknown zone, naive times, or a
    span that ends before it begins.
    """
    if first.tzinfo is None or last.tzinfo is None or first > last:
        raise ValueError("a VTIMEZONE needs two aware times in order.")
    first, last = first.astimezone(UTC), last.astimezone(UTC)
    data = load_zone_data(name)
    rule = parse_posix_tz(data.footer)
    changes = changes_until(data, rule, last)
    component = Timezone()
    component.add("TZID", Text(name), encode=False)
    parts = _by_rule(data, rule, changes, first, last) or _by_change(data, changes, first)
    for part in parts:
        component.add_component(part)
    return component


def changes_until(data: ZoneData, rule: PosixTz, last: datetime) -> list[Change]:
    """Every change of a zone up to an instant: those on record, then those by its rule."""
    since = max(data.ends_at.year - 1, 1900)
    by_rule = [c for c in rule.changes(since, last.year + 1) if c.at > data.ends_at]
    return [change for change in (*data.changes, *by_rule) if change.at <= last]


def _by_rule(
    data: ZoneData, rule: PosixTz, changes: list[Change], first: datetime, last: datetime
) -> list[Observance]:
    """STANDARD and DAYLIGHT by RRULE; nothing where no rule explains the whole span."""
    if rule.begins is None or rule.ends is None:
        return []
    # The year before gives the clock at `first` its onset.
    by_rule = [c for c in rule.changes(first.year - 1, last.year + 1) if c.at <= last]
    if _offsets(by_rule, by_rule[0].before, first) != _offsets(changes, data.initial, first):
        return []
    rules = {True: rule.begins.rrule(), False: rule.ends.rrule()}
    found = []
    # Ireland calls its winter the exception; calendars call the larger offset DAYLIGHT.
    for change in sorted(by_rule[:2], key=lambda change: change.after.offset):
        parts = rules[change.after.is_dst]
        if parts is None:
            return []
        kind = TimezoneDaylight if _is_daylight(change.after, change.before) else TimezoneStandard
        found.append(_observance(kind, change.wall, change.before, change.after, parts))
    return found


def _offsets(changes: list[Change], clock: LocalTime, first: datetime) -> list[object]:
    """The offset at `first`, then each later instant with its new offset."""
    later: list[object] = []
    for change in changes:
        if change.at <= first:
            clock = change.after
        elif change.after.offset != change.before.offset:
            later.append((change.at, change.after.offset))
    return [clock.offset, *later]


def _by_change(data: ZoneData, changes: list[Change], first: datetime) -> list[Observance]:
    """The clock at `first`, and one component for each later change."""
    past = [change for change in changes if change.at <= first]
    clock = past[-1].after if past else data.initial
    later = [c for c in changes if c.at > first and c.after.offset != c.before.offset]
    day_one = datetime.combine(date(min(1970, first.year - 1), 1, 1), time.min)
    is_daylight = bool(later) and _is_daylight(clock, later[0].after)
    kind = TimezoneDaylight if is_daylight else TimezoneStandard
    found = [_observance(kind, day_one, clock, clock)]
    for change in later:
        kind = TimezoneDaylight if _is_daylight(change.after, change.before) else TimezoneStandard
        found.append(_observance(kind, change.wall, change.before, change.after))
    return found


def _is_daylight(clock: LocalTime, other: LocalTime) -> bool:
    if clock.is_dst == other.is_dst:
        return clock.is_dst
    return clock.offset > other.offset


def _observance(
    kind: type[Observance],
    onset: datetime,
    before: LocalTime,
    after: LocalTime,
    rule: Mapping[str, object] | None = None,
) -> Observance:
    """One component; `onset` is local time by the clock before (RFC 5545, 3.6.5)."""
    component = kind()
    component.add("DTSTART", vDDDTypes(onset), encode=False)
    if rule is not None:
        component.add("RRULE", _Rule(rule), encode=False)
    component.add("TZOFFSETFROM", vUTCOffset(before.offset), encode=False)
    component.add("TZOFFSETTO", vUTCOffset(after.offset), encode=False)
    component.add("TZNAME", Text(after.name), encode=False)
    return component
