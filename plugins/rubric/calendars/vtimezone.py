"""Builds VTIMEZONE components: the local times of a zone in a period (RFC 5545, 3.6.5).

If the zone follows yearly rules in the period, there are two components with RRULEs. Otherwise,
there is one component for each change, because Outlook misinterprets lists of RDATEs.

icalendar's `Timezone.from_tzinfo` is not used: its changes in spring are one hour off.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.prop import vDDDTypes, vRecur, vUTCOffset

from rubric.calendars.text import Text
from rubric.calendars.transitions import (
    LocalTime,
    RuleTransition,
    Transition,
    find_rules,
    find_transitions,
    local_time_at,
)

Observance = TimezoneStandard | TimezoneDaylight


class _Rule(vRecur):
    """An RRULE with FREQ first, as Apple's calendar requires, and the month before its day."""

    canonical_order = ("FREQ", "BYMONTH", "BYMONTHDAY", "BYDAY")  # type: ignore[assignment]


def build_vtimezone(zone: ZoneInfo, first: datetime, last: datetime) -> Timezone:
    """Build the definition of a zone that is valid from `first` to `last`, both inclusive.

    Both are aware datetimes in any zone. Raises ValueError if they are naive or not in order.
    """
    if first.tzinfo is None or last.tzinfo is None or first > last:
        raise ValueError("a VTIMEZONE needs two aware datetimes in order.")
    first, last = (moment.astimezone(UTC).replace(microsecond=0) for moment in (first, last))
    start = local_time_at(zone, first)
    changes = [
        change
        for change in find_transitions(zone, first, last)
        if change.after.offset != change.before.offset
    ]
    component = Timezone()
    component.add("TZID", Text(zone.key), encode=False)
    parts = _by_rule(find_rules(zone), start, changes, first, last)
    for part in parts or _by_change(start, changes, first):
        component.add_component(part)
    return component


def _by_rule(
    rules: Sequence[RuleTransition],
    start: LocalTime,
    changes: Sequence[Transition],
    first: datetime,
    last: datetime,
) -> list[Observance]:
    """Return STANDARD and DAYLIGHT with RRULEs; [] if the rules do not give all changes.

    The components start in the year before, so that one of them applies at `first`.
    """
    if not rules:
        return []
    years = range(first.year - 1, last.year + 2)
    by_rule = [rule.in_year(year) for year in years for rule in rules]
    past = [change for change in by_rule if change.at <= first]
    later = [change for change in by_rule if first < change.at <= last]
    if past[-1].after.offset != start.offset or _offsets(later) != _offsets(changes):
        return []
    return [
        _observance(change, rule.rule.rrule())
        for change, rule in sorted(
            zip(by_rule, rules, strict=False), key=lambda pair: pair[0].after.offset
        )
    ]


def _offsets(changes: Sequence[Transition]) -> list[object]:
    return [(change.at, change.after.offset) for change in changes]


def _by_change(
    start: LocalTime, changes: Sequence[Transition], first: datetime
) -> list[Observance]:
    """Return one component for the local time at `first`, and one for each later change."""
    wall = datetime.combine(date(min(1970, first.year - 1), 1, 1), time.min)
    is_daylight = bool(changes) and _is_daylight(start, changes[0].after)
    kind = TimezoneDaylight if is_daylight else TimezoneStandard
    return [_component(kind, wall, start, start), *map(_observance, changes)]


def _is_daylight(local: LocalTime, other: LocalTime) -> bool:
    """Return whether the first of two local times is daylight saving time.

    It is the one with the larger offset: tzdata says that Ireland has negative daylight saving
    time in winter, but calendar programs expect DAYLIGHT in summer.
    """
    if local.is_dst == other.is_dst:
        return local.is_dst
    return local.offset > other.offset


def _observance(change: Transition, rule: Mapping[str, object] | None = None) -> Observance:
    is_daylight = _is_daylight(change.after, change.before)
    kind = TimezoneDaylight if is_daylight else TimezoneStandard
    return _component(kind, change.wall, change.before, change.after, rule)


def _component(
    kind: type[Observance],
    onset: datetime,
    before: LocalTime,
    after: LocalTime,
    rule: Mapping[str, object] | None = None,
) -> Observance:
    """Return a component; `onset` is in local time before the change (RFC 5545, 3.6.5)."""
    component = kind()
    component.add("DTSTART", vDDDTypes(onset), encode=False)
    if rule is not None:
        component.add("RRULE", _Rule(rule), encode=False)
    component.add("TZOFFSETFROM", vUTCOffset(before.offset), encode=False)
    component.add("TZOFFSETTO", vUTCOffset(after.offset), encode=False)
    component.add("TZNAME", Text(after.name), encode=False)
    return component
