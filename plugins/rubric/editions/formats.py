"""Dates, numbers and names as a language writes them (CLDR, by Babel; no OS locale)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Hashable, Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache, wraps
from typing import Literal, TypeVar, cast

from babel import Locale, localedata
from babel.dates import format_date, format_skeleton, format_time, get_timezone_name
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal

from rubric.editions.rhythms import describe_rhythm
from rubric.model.edition import Edition
from rubric.model.event import EventFacts, UserGroup
from rubric.model.moment import format_offset
from rubric.model.script import script_of

Said = TypeVar("Said", bound=Callable[..., str])


def once(write: Said) -> Said:
    """Let a method of `Formats` write each thing once: the same days stand on many pages."""

    @wraps(write)
    def ask(self: Formats, *values: Hashable) -> str:
        key = (write.__name__, *values)
        text = self._said.get(key)
        if text is None:
            text = self._said[key] = write(self, *values)
        return text

    return cast("Said", ask)


@cache
def own_locale(name: str) -> Locale:
    """A locale whose data no other one shares.

    Babel looks an alias up once and keeps what it found where related locales find it, too:
    without this, the first of two forms of Chinese that a process writes names the months of
    both.
    """
    locale = Locale.parse(name)
    data = localedata.load(str(locale))
    for key in ("months", "days", "quarters", "eras", "currency_formats"):
        data[key] = deepcopy(data.get(key, {}))
    return locale


@dataclass(frozen=True, slots=True)
class Formats:
    """One language's way to write things; `locale` is a CLDR locale such as `zh_Hans`."""

    locale: str
    _locale: Locale = field(init=False, repr=False, compare=False)
    _gap: str = field(init=False, repr=False, compare=False)
    _comma: str = field(init=False, repr=False, compare=False)
    _said: dict[tuple[Hashable, ...], str] = field(
        init=False, repr=False, compare=False, default_factory=dict
    )

    def __post_init__(self) -> None:
        locale = own_locale(self.locale)
        script = script_of(self.locale)
        object.__setattr__(self, "_locale", locale)
        object.__setattr__(self, "_gap", script.comma if script.is_spaced else " ")
        object.__setattr__(self, "_comma", script.comma)

    def date(self, value: dt.date) -> str:
        """`16 November 2026`, `16 ноября 2026 г.`, `2026年11月16日`."""
        return self._day(_day_of(value), "long")

    def short_date(self, value: dt.date) -> str:
        """Day and month: `16 Nov`."""
        return self._skeleton(_day_of(value), "MMMd")

    def month(self, year: int, month: int) -> str:
        """`November 2026`."""
        return self._skeleton(dt.date(year, month, 1), "yMMMM")

    @once
    def month_name(self, month: int) -> str:
        """A month that stands alone: `ноябрь`."""
        return str(self._locale.months["stand-alone"]["wide"][month])

    def time(self, value: dt.datetime) -> str:
        """The wall-clock time of a zoned instant in its own zone: `18:30`."""
        return self._time(value.time())

    def span(self, event: EventFacts) -> str:
        """When an event is, in its own zone, without the zone's name."""
        start, end = event.starts_at, event.ends_at
        if event.all_day:
            last = (end.replace(tzinfo=None) - dt.timedelta(days=1)).date()
            return " – ".join(map(self.day, dict.fromkeys([start.date(), last])))
        if not event.has_stated_end:
            return f"{self.day(start)}{self._gap}{self.time(start)}"
        until = self.time(end)
        if end.date() != start.date():
            until = f"{self.day(end)}{self._gap}{until}"
        return f"{self.day(start)}{self._gap}{self.time(start)}\u2060–\u2060{until}"

    def day(self, value: dt.date) -> str:
        """A date with its weekday: `Thursday, December 10, 2026`."""
        return self._day(_day_of(value), "full")

    def day_and_time(self, value: dt.datetime) -> str:
        """A zoned instant's day with its weekday, and its time, in its own zone."""
        return f"{self.day(value)}{self._gap}{self.time(value)}"

    def last_day(self, until: dt.datetime) -> str:
        """The last whole day before a deadline that is exclusive."""
        return self.date(until - dt.timedelta(seconds=1))

    def moment(self, value: dt.datetime) -> str:
        """Date and time of a zoned instant in its own zone."""
        return f"{self.date(value)}{self._gap}{self.time(value)}"

    def listed(self, words: Iterable[str]) -> str:
        """`Russian and Kazakh`, `русский и казахский`, `俄语和哈萨克语`."""
        return self._list(*words)

    def joined(self, words: Iterable[str]) -> str:
        """Words with the language's comma between them; empty ones are left out."""
        return self._comma.join(filter(None, words))

    def zone(self, value: dt.datetime) -> str:
        """The zone of an instant: its city or name, and the offset then."""
        key = ("zone", value.tzinfo, value.utcoffset(), value.dst())
        if key not in self._said:
            self._said[key] = get_timezone_name(value, locale=self._locale)
        return f"{self._said[key]} ({self.offset(value)})"

    def offset(self, value: dt.datetime) -> str:
        """The offset of an instant in its zone: `UTC+05:00`."""
        return f"UTC{format_offset(value.utcoffset())}"

    @once
    def price(self, amount: float, currency: str) -> str:
        """An amount with its currency, cents only where there are some: `15 €`."""
        if not currency:
            return self.number(amount)
        if amount != int(amount):
            return format_currency(amount, currency, locale=self._locale)
        pattern = re.sub(r"\.0+", "", self._locale.currency_formats["standard"].pattern)
        return format_currency(
            amount, currency, pattern, locale=self._locale, currency_digits=False
        )

    @once
    def number(self, value: float) -> str:
        return format_decimal(value, locale=self._locale)

    @once
    def weekday_name(self, day: int) -> str:
        """A weekday that stands alone, 0 is Monday: `понедельник`."""
        return str(self._locale.days["stand-alone"]["wide"][day])

    @once
    def month_of_date(self, month: int) -> str:
        """A month as it follows a day or a preposition: `ноября`."""
        return str(self._locale.months["format"]["wide"][month])

    @once
    def language(self, tag: str) -> str:
        """A spoken language's name in this one: `казахский`; writing makes no difference."""
        name = self._locale.languages.get(tag.lower().split("-")[0])
        return str(name) if name else tag

    @once
    def written_language(self, tag: str) -> str:
        """The name of a language as it is written: `繁體中文`."""
        code = "_".join(part.title() if n else part for n, part in enumerate(tag.split("-")))
        return str(self._locale.languages.get(code) or self.language(tag))

    def rhythm(self, group: UserGroup, edition: Edition) -> str:
        """When a group meets: `first Thursday of the month, 6:30 PM`; may be empty."""
        return describe_rhythm(group, edition, self)

    def clock(self, value: dt.time) -> str:
        """A time of day: `18:30`, `下午6:30`."""
        return self._time(value.replace(tzinfo=None))

    @once
    def country(self, code: str) -> str:
        """A country's name: `Kazakhstan`."""
        return str(self._locale.territories.get(code, code))

    @once
    def _day(self, day: dt.date, width: Literal["full", "long"]) -> str:
        return format_date(day, width, locale=self._locale)

    @once
    def _skeleton(self, day: dt.date, skeleton: str) -> str:
        return format_skeleton(skeleton, day, locale=self._locale)

    @once
    def _time(self, time: dt.time) -> str:
        return format_time(time, "short", locale=self._locale)

    @once
    def _list(self, *words: str) -> str:
        return format_list(words, locale=self._locale)


def _day_of(value: dt.date) -> dt.date:
    """The day of a moment: a day is written the same at every hour of it."""
    return value.date() if isinstance(value, dt.datetime) else value
