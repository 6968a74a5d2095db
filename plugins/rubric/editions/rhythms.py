"""Describes in a language when a group meets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol

from rubric.editions.rhythm_messages import EVERY, EVERY_OTHER, IN_MONTH, NTH
from rubric.model.edition import Edition
from rubric.model.event import UserGroup
from rubric.model.recurrence import Recurrence

if TYPE_CHECKING:
    from rubric.editions.formats import Formats

_WORKING_DAYS = (0, 1, 2, 3, 4)
_LONGEST_EXCEPTION = 3
"""The maximum number of months to name after “except in”."""


class _Gettext(Protocol):
    def __call__(self, message: str, /) -> str: ...


def describe_rhythm(group: UserGroup, edition: Edition, formats: Formats) -> str:
    """Return when a group meets: the text from its file if it is in the edition's language.

    Otherwise, the rule is described, or its next dates are listed if there is no wording for
    it. A text that could not be parsed has no rule, and is shown in its own language only. The
    result is empty if the group has no rhythm.
    """
    rule = group.recurrence
    is_own = bool(group.meets) and group.meets_language == edition.lang
    if rule is None:
        return group.meets if is_own else ""
    if is_own:
        words = group.meets
    elif rule.has_wording:
        words = describe_rule(rule, edition, formats)
    else:
        words = formats.listed(map(formats.date, group.next_dates))
    if group.meets_at is None or not words or (is_own and group.meets_names_time):
        return words
    return formats.joined([words, formats.clock(group.meets_at)])


def describe_rule(rule: Recurrence, edition: Edition, formats: Formats) -> str:
    """Describe a rule for which `has_wording` is true, in the language of an edition."""
    _ = edition.gettext
    words = _add_months(rule, edition, formats)
    if rule.until:
        until = formats.date(rule.until)
        words = _("%(rhythm)s, until %(date)s") % {"rhythm": words, "date": until}
    return words


def _days(rule: Recurrence, edition: Edition, formats: Formats) -> str:
    """Describe the days of a rule without its months."""
    _, ngettext = edition.gettext, edition.ngettext
    number = formats.number(rule.interval)
    if rule.frequency == "DAILY" and not rule.days and not rule.month_days:
        if rule.interval == 1:
            return _("every day")
        return ngettext("every %(n)s day", "every %(n)s days", rule.interval) % {"n": number}
    is_simple = rule.interval == 1 or (rule.interval == 2 and len(rule.days) == 1)
    if rule.frequency == "WEEKLY" and not is_simple:
        names = formats.listed(formats.weekday_name(day) for day in rule.plain_days)
        message = ngettext(
            "every %(n)s week on %(days)s", "every %(n)s weeks on %(days)s", rule.interval
        )
        return message % {"n": number, "days": names}
    parts = _weekdays(rule, _, formats)
    counted = [*_counted(rule, _), *_month_days(rule, _, formats)]
    if counted:
        days = formats.listed(counted)
        if rule.interval > 2:
            message = ngettext(
                "%(days)s of the month, every %(n)s month",
                "%(days)s of the month, every %(n)s months",
                rule.interval,
            )
        elif rule.interval == 2:
            message = _("%(days)s of every other month")
        else:
            message = _("%(days)s of the month")
        parts = [*parts, message % {"n": number, "days": days}]
    return formats.listed(parts)


def _weekdays(rule: Recurrence, _: _Gettext, formats: Formats) -> list[str]:
    days = tuple(sorted(rule.plain_days))
    if rule.interval == 2 and days:
        return [_(EVERY_OTHER[day]) for day in days]
    if len(days) == 7:
        return [_("every day")]
    if days == _WORKING_DAYS:
        return [_("Monday to Friday")]
    return [_(EVERY[day]) for day in days]


def _counted(rule: Recurrence, _: _Gettext) -> list[str]:
    return [_(NTH[n][day]) for n, day in rule.numbered_days]


def _month_days(rule: Recurrence, _: _Gettext, formats: Formats) -> list[str]:
    return [
        _("day %(n)s") % {"n": formats.number(day)} if day > 0 else _("last day")
        for day in sorted(rule.month_days, key=lambda day: (day < 0, day))
    ]


def _add_months(rule: Recurrence, edition: Edition, formats: Formats) -> str:
    """Describe the days and months of a rule, in the shortest of three ways."""
    _ = edition.gettext
    months = sorted(set(rule.months))
    others = [month for month in range(1, 13) if month not in months]
    if not months or not others:
        return _days(rule, edition, formats)
    first = _only_start(months)
    if first and len(months) > 2 and len(others) > 1:
        last = (first + len(months) - 2) % 12 + 1
        return _("%(rhythm)s, from %(first)s to %(last)s") % {
            "rhythm": _days(rule, edition, formats),
            "first": formats.month_of_date(first),
            "last": formats.month_name(last),
        }
    if len(others) <= _LONGEST_EXCEPTION:
        names = formats.listed(map(formats.month_of_date, others))
        words = _days(rule, edition, formats)
        return _("%(rhythm)s, except in %(months)s") % {"rhythm": words, "months": names}
    names = formats.listed(_(IN_MONTH[month - 1]) for month in months)
    counted = [*_counted(rule, _), *_month_days(rule, _, formats)]
    if counted and not rule.plain_days:
        days = formats.listed(counted)
        return _("%(days)s %(in_months)s") % {"days": days, "in_months": names}
    words = _days(rule, edition, formats)
    return _("%(rhythm)s, only %(in_months)s") % {"rhythm": words, "in_months": names}


def _only_start(months: Iterable[int]) -> int:
    """Return the first of consecutive months, possibly across a new year; otherwise 0."""
    known = set(months)
    starts = [month for month in known if (month - 2) % 12 + 1 not in known]
    return starts[0] if len(starts) == 1 else 0
