"""Formats dates, numbers and names in a language (CLDR data of Babel; no OS locale)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Hashable, Iterable
from copy import deepcopy
from dataclasses import dataclass
from functools import cache, cached_property, wraps
from typing import Literal, TypeVar, cast

from babel import Locale, localedata
from babel.dates import format_date, format_skeleton, format_time, get_timezone_name
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal
from babel.units import format_unit

from rubric.editions.rhythms import describe_rhythm
from rubric.model.edition import Edition
from rubric.model.event import EventFacts, UserGroup
from rubric.model.moment import format_offset
from rubric.model.script import script_of

Method = TypeVar("Method", bound=Callable[..., str])


def cached(method: Method) -> Method:
    """Cache the results of a method of `Formats`: many pages contain the same dates."""

    @wraps(method)
    def call(self: Formats, *values: Hashable) -> str:
        key = (method.__name__, *values)
        text = self._results.get(key)
        if text is None:
            text = self._results[key] = method(self, *values)
        return text

    return cast("Method", call)


@cache
def own_locale(name: str) -> Locale:
    """Return a locale that shares no data with other locales.

    Babel resolves an alias once and stores the result in data shared by related locales.
    Without this, the first of two forms of Chinese in a process would name the months of both.
    """
    locale = Locale.parse(name)
    data = localedata.load(str(locale))
    for key in ("months", "days", "quarters", "eras", "currency_formats"):
        data[key] = deepcopy(data.get(key, {}))
    return locale


@dataclass(frozen=True)
class Formats:
    """The formats of a language; `locale` is a CLDR locale such as `zh_Hans`.

    `Formats("ru").date(date(2026, 11, 16))` is `16 ноября 2026 г.`.
    """

    locale: str

    @cached_property
    def _locale(self) -> Locale:
        return own_locale(self.locale)

    @cached_property
    def _comma(self) -> str:
        return script_of(self.locale).comma

    @cached_property
    def _gap(self) -> str:
        return self._comma if script_of(self.locale).is_spaced else " "

    @cached_property
    def _results(self) -> dict[tuple[Hashable, ...], str]:
        return {}

    def date(self, value: dt.date) -> str:
        """`16 November 2026`, `16 ноября 2026 г.`, `2026年11月16日`."""
        return self._day(_day_of(value), "long")

    def short_date(self, value: dt.date) -> str:
        """Day and month: `16 Nov`."""
        return self._skeleton(_day_of(value), "MMMd")

    def month(self, year: int, month: int) -> str:
        """`November 2026`."""
        return self._skeleton(dt.date(year, month, 1), "yMMMM")

    @cached
    def month_name(self, month: int) -> str:
        """The name of a month, without a day: `ноябрь`."""
        return str(self._locale.months["stand-alone"]["wide"][month])

    def time(self, value: dt.datetime) -> str:
        """The time of an aware datetime in its own zone: `18:30`."""
        return self._time(value.time())

    def span(self, event: EventFacts) -> str:
        """Start and end of an event in its own zone, without the name of the zone."""
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
        """Date with weekday, and time, of an aware datetime in its own zone."""
        return f"{self.day(value)}{self._gap}{self.time(value)}"

    def last_day(self, until: dt.datetime) -> str:
        """Return the last whole day before an exclusive deadline."""
        return self.date(until - dt.timedelta(seconds=1))

    def moment(self, value: dt.datetime) -> str:
        """Date and time of an aware datetime in its own zone."""
        return f"{self.date(value)}{self._gap}{self.time(value)}"

    def listed(self, words: Iterable[str]) -> str:
        """`Russian and Kazakh`, `русский и казахский`, `俄语和哈萨克语`."""
        return self._list(*words)

    def joined(self, words: Iterable[str]) -> str:
        """Join words with the comma of the language; empty ones are left out."""
        return self._comma.join(filter(None, words))

    def zone(self, value: dt.datetime) -> str:
        """The time zone of a datetime: its city or name, and the offset at that time."""
        key = ("zone", value.tzinfo, value.utcoffset(), value.dst())
        if key not in self._results:
            self._results[key] = get_timezone_name(value, locale=self._locale)
        return f"{self._results[key]} ({self.offset(value)})"

    def offset(self, value: dt.datetime) -> str:
        """The UTC offset of a datetime: `UTC+05:00`."""
        return f"UTC{format_offset(value.utcoffset())}"

    @cached
    def price(self, amount: float, currency: str) -> str:
        """An amount with its currency; cents only if they are not zero: `15 €`."""
        if not currency:
            return self.number(amount)
        if amount != int(amount):
            return format_currency(amount, currency, locale=self._locale)
        pattern = re.sub(r"\.0+", "", self._locale.currency_formats["standard"].pattern)
        return format_currency(
            amount, currency, pattern, locale=self._locale, currency_digits=False
        )

    @cached
    def number(self, value: float) -> str:
        return format_decimal(value, locale=self._locale)

    @cached
    def file_size(self, size: int) -> str:
        """A size in bytes with its unit: `240 kB`, `2.4 MB`."""
        unit, divisor = "byte", 1
        for name, least in (("kilobyte", 1_000), ("megabyte", 1_000_000)):
            if size >= least:
                unit, divisor = name, least
        value = size / divisor
        rounded = round(value, 1) if unit == "megabyte" and value < 10 else round(value)
        return str(format_unit(rounded, unit, "short", locale=self._locale))

    @cached
    def weekday_name(self, day: int) -> str:
        """The name of a weekday; 0 is Monday: `понедельник`."""
        return str(self._locale.days["stand-alone"]["wide"][day])

    @cached
    def month_of_date(self, month: int) -> str:
        """A month as it follows a day or a preposition: `ноября`."""
        return str(self._locale.months["format"]["wide"][month])

    @cached
    def language(self, tag: str) -> str:
        """The name of a spoken language: `казахский`. The script of the tag is ignored."""
        name = self._locale.languages.get(tag.lower().split("-")[0])
        return str(name) if name else tag

    @cached
    def written_language(self, tag: str) -> str:
        """The name of a language with its script: `繁體中文`."""
        code = "_".join(part.title() if n else part for n, part in enumerate(tag.split("-")))
        return str(self._locale.languages.get(code) or self.language(tag))

    def rhythm(self, group: UserGroup, edition: Edition) -> str:
        """When a group meets: `first Thursday of the month, 6:30 PM`; may be empty."""
        return describe_rhythm(group, edition, self)

    def clock(self, value: dt.time) -> str:
        """A time of day: `18:30`, `下午6:30`."""
        return self._time(value.replace(tzinfo=None))

    @cached
    def country(self, code: str) -> str:
        """A country's name: `Kazakhstan`."""
        return str(self._locale.territories.get(code, code))

    @cached
    def _day(self, day: dt.date, width: Literal["full", "long"]) -> str:
        return format_date(day, width, locale=self._locale)

    @cached
    def _skeleton(self, day: dt.date, skeleton: str) -> str:
        return format_skeleton(skeleton, day, locale=self._locale)

    @cached
    def _time(self, time: dt.time) -> str:
        return format_time(time, "short", locale=self._locale)

    @cached
    def _list(self, *words: str) -> str:
        return format_list(words, locale=self._locale)


def _day_of(value: dt.date) -> dt.date:
    """Return the day of a datetime, so that all its times share a cached result."""
    return value.date() if isinstance(value, dt.datetime) else value
