"""English words for rhythms."""

from __future__ import annotations

import re

from rubric.events.lexicon import MONTH, WEEK, YEAR, Entry, word

_NUMBERS = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_NUMBER = rf"(?P<n>0?[1-9]|[1-9]\d|{'|'.join(_NUMBERS)})"
_EVERY = "(?:once )?(?:every|each)"
_PER = "(?:a|per|every|each)"


def _number(match: re.Match[str]) -> int:
    text = match["n"].lower()
    return int(text) if text.isdigit() else _NUMBERS.index(text) + 2


def _units(unit: str, adverb: str) -> list[Entry]:
    """Return entries such as “weekly”, “once a week”, “every other week”, “every three weeks”."""
    return [
        word(rf"{adverb}|(?:every|each) {unit}|once {_PER} {unit}", "F", (unit, 1)),
        word(rf"{_EVERY} (?:other|second|2nd|alternate) {unit}", "F", (unit, 2)),
        word(rf"{_EVERY} {_NUMBER} {unit}s", "F", lambda match: (unit, _number(match))),
    ]


_DAYS = (
    r"mondays?|mon\.?",
    r"tuesdays?|tues?\.?",
    r"wednesdays?|weds?\.?",
    r"thursdays?|thurs?\.?|thu\.?",
    r"fridays?|fri\.?",
    r"saturdays?|sat\.?",
    r"sundays?|sun\.?",
)
_MONTHS = (
    *(r"jan(?:uary|\.)?", r"feb(?:ruary|\.)?", r"mar(?:ch|\.)?", r"apr(?:il|\.)?", r"may"),
    *(r"june?\.?", r"july?\.?", r"aug(?:ust|\.)?", r"sep(?:tember|t\.?|\.)?"),
    *(r"oct(?:ober|\.)?", r"nov(?:ember|\.)?", r"dec(?:ember|\.)?"),
)
_ORDINALS = {
    1: "first|1st",
    2: "second|2nd",
    3: "third|3rd",
    4: "fourth|4th",
    5: "fifth|5th",
    -1: "last",
    -2: r"second[ -](?:to[ -])?last|next[ -]to[ -]last|penultimate|last but one",
    -3: r"third[ -](?:to[ -])?last",
}

ENGLISH: tuple[Entry, ...] = (
    *(word(pattern, "D", (n,)) for n, pattern in enumerate(_DAYS)),
    *(word(pattern, "M", (n, False)) for n, pattern in enumerate(_MONTHS, 1)),
    *(word(pattern, "O", (n,)) for n, pattern in _ORDINALS.items()),
    word("weekdays?|working days?|workdays?|business days?", "G", (0, 1, 2, 3, 4)),
    word("weekends?", "?", "Write Saturdays, Sundays, or Saturdays and Sundays."),
    word("bi-?weekly", "?", "Write every two weeks, or both days of the week."),
    word("bi-?monthly", "?", "Write every two months, or both days of the month."),
    word("daily|(?:every|each) day", "A", 1),
    word("every (?:other|second|2nd|alternate) day", "A", 2),
    word(rf"every {_NUMBER} days", "A", _number),
    *_units(WEEK, "weekly"),
    *_units(MONTH, "monthly"),
    word("fortnightly|(?:every|each|once a) fortnight", "F", (WEEK, 2)),
    word("yearly|annually|(?:every|each) year|once (?:a|per|every|each) year", "F", (YEAR, 1)),
    word("(?:of|in) (?:the|a|each|every) month", "f"),
    word("every|each", "E"),
    word("every other|every alternate|alternate|alternating", "2"),
    word("and|as well as", "&"),
    word("to|through|thru|until|till", ">"),
    word("from", "<"),
    word(
        r"(?:but )?(?:except(?:ing)?(?: for)?|excluding|apart from|with the exception of"
        r"|not(?: in| during)?)",
        "X",
    ),
    word("only", "!"),
    word("inclusive", "i"),
    word("once|day", "u"),
    word("on|in|at|during|the", "p"),
    word("of", "o"),
)
