"""Parses rhythms in words: "first Thursday of the month 18:30", «через четверг», 每周四.

A rhythm is a sequence of clauses (see `grammar`). Every token must belong to a clause, and each
clause must have one meaning; everything else is an error, because a wrong date is worse than
none.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time
from typing import NamedTuple

from rubric.events.grammar import (
    EXAMPLE,
    Clauses,
    Token,
    first_of_kind,
    join_text,
    split_clauses,
    unknown_word,
)
from rubric.events.lexicon import MONTH, WEEK, YEAR, span
from rubric.events.rrule import RhythmError
from rubric.model.recurrence import Frequency, Recurrence

_ALL_MONTHS = frozenset(range(1, 13))


class RhythmText(NamedTuple):
    """A parsed rhythm: its rule, and the start and end of the meeting if they are stated."""

    rule: Recurrence
    starts_at: time | None
    ends_at: time | None


def parse_rhythm_text(text: str) -> RhythmText:
    """Parse a rhythm in English, Russian or Chinese.

    Example: "every first Thursday 18:30" gives the rule `FREQ=MONTHLY;BYDAY=1TH` and 18:30.

    Raises RhythmError with the first word that is not understood, and with a correct example.
    """
    clauses = split_clauses(text)
    months = _months(clauses)
    frequency = clauses.one("frequency")
    unit, interval = first_of_kind(frequency, "F").value if frequency else ("", 1)
    daily, weekly = clauses.one("daily"), clauses.one("weekly")
    counted = clauses.one("counted", "counted after")
    clauses.one("daily", "weekly", "counted", "counted after")
    if counted:
        rule = _counted_rule(clauses, counted, unit, interval, months)
    elif weekly:
        rule = _weekly_rule(clauses, weekly, unit, interval, months)
    elif daily:
        if frequency:
            raise unknown_word(text, join_text(frequency))
        rule = Recurrence("DAILY", first_of_kind(daily, "A").value, months=months)
    else:
        raise RhythmError(f"“{text}” doesn't say on which day.", EXAMPLE)
    at = clauses.one("time")
    start, end = first_of_kind(at, "T").value if at else (None, None)
    return RhythmText(rule, start, end)


def _months(clauses: Clauses) -> tuple[int, ...]:
    """Return the months of the rhythm; an empty tuple means all months."""
    months = _month_numbers(clauses.one("months")) or set(_ALL_MONTHS)
    excluded = clauses.one("except")
    months -= _month_numbers(excluded)
    if not months:
        raise unknown_word(clauses.text, join_text(excluded), "Keep at least one month.")
    return () if months == _ALL_MONTHS else tuple(sorted(months))


def _month_numbers(tokens: list[Token]) -> set[int]:
    numbers = [token.value[0] for token in tokens if token.kind == "M"]
    if _is_range(tokens):
        first, last = numbers
        return {n + 1 for n in span(first - 1, last - 1, 12)}
    return set(numbers)


def _weekly_rule(
    clauses: Clauses, tokens: list[Token], unit: str, interval: int, months: tuple[int, ...]
) -> Recurrence:
    days = [day for token in tokens if token.kind in "DG" for day in token.value]
    kinds = {token.kind for token in tokens}
    if _is_range(tokens):
        days = [*span(days[0], days[1], 7)]
    if unit in (MONTH, YEAR) or clauses.has("of the month"):
        word = next(token.text for token in tokens if token.kind in "DG")
        raise RhythmError(
            f"“{clauses.text}” doesn't say which “{word}” of the month.",
            "Write an ordinal, such as first Thursday of the month.",
        )
    if "2" in kinds:
        if unit or "G" in kinds:
            raise unknown_word(clauses.text, first_of_kind(tokens, "2").text)
        interval = 2
    return Recurrence("WEEKLY", interval, _distinct((0, day) for day in days), months)


def _is_range(tokens: list[Token]) -> bool:
    """Return whether a clause is a range of days or months."""
    return any(token.kind in "~><" for token in tokens)


def _counted_rule(
    clauses: Clauses, tokens: list[Token], unit: str, interval: int, months: tuple[int, ...]
) -> Recurrence:
    text = clauses.text
    groups = _groups(tokens)
    of_month = (
        clauses.has("of the month")
        or any(token.kind == "f" for token in tokens)
        or _is_genitive(clauses.one("months"))
    )
    for group in groups:
        ordinals, days = _ordinals(group), _days(group)
        is_every = any(token.kind == "E" for token in group)
        if is_every and len(ordinals) == 1 and ordinals[0] > 1 and not of_month:
            raise _two_readings(text, group, ordinals[0])
        if len(days) > 1 and not (of_month or unit == MONTH or months):
            raise RhythmError(
                f"“{text}” is ambiguous: the ordinal may belong to one day or to all.",
                "Write an ordinal before each day.",
            )
    if unit == YEAR and not months:
        raise RhythmError(
            f"“{text}” doesn't say in which month.",
            "Name it, such as first Monday of September.",
        )
    if unit == WEEK or (unit == MONTH and interval > 1 and months):
        raise unknown_word(text, join_text(clauses.one("frequency")))
    numbered = _distinct((n, day) for g in groups for n in _ordinals(g) for day in _days(g))
    frequency: Frequency = "YEARLY" if len(months) == 1 else "MONTHLY"
    return Recurrence(frequency, interval if unit == MONTH else 1, numbered, months)


def _groups(tokens: list[Token]) -> list[list[Token]]:
    """Split a clause into groups of ordinals and days.

    A group starts at the first ordinal after a day: “first and third Monday, second Friday”
    has two groups.
    """
    groups: list[list[Token]] = [[]]
    last = ""
    for token in tokens:
        if token.kind in "OE" and last == "D" and _ordinals(groups[-1]):
            groups.append([])
        groups[-1].append(token)
        last = token.kind if token.kind in "OED" else last
    return groups


def _ordinals(tokens: list[Token]) -> list[int]:
    return [n for token in tokens if token.kind == "O" for n in token.value]


def _days(tokens: list[Token]) -> list[int]:
    return [day for token in tokens if token.kind == "D" for day in token.value]


def _is_genitive(tokens: list[Token]) -> bool:
    """Return whether a month is a genitive that belongs to the day: “of March”, «марта»."""
    months = [token for token in tokens if token.kind == "M"]
    return bool(months) and (tokens[0].kind == "o" or months[0].value[1])


def _two_readings(text: str, group: list[Token], n: int) -> RhythmError:
    """Return the error for “every second Thursday”, with both meanings in its language."""
    ordinal, day = first_of_kind(group, "O").text, first_of_kind(group, "D").text
    first = day[0]
    if first.isascii():
        other = f"every other {day}" if n == 2 else f"every {n} weeks on {day}"
        counted = f"{ordinal} {day} of the month"
    elif first < "\u0530":
        other = f"{day} раз в {n} {'недель' if n == 5 else 'недели'}"
        counted = f"{ordinal} {day} месяца"
    else:
        other, counted = f"每{n}周{day}", f"每月{ordinal}{day}"
    return RhythmError(f"“{text}” has two meanings.", f"Write “{other}” or “{counted}”.")


def _distinct(days: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    return tuple(dict.fromkeys(days))
