"""What an issue is written with: a language's messages and its way to write dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from rubric.model.event import EventFacts


class Formats(Protocol):
    """How a language writes dates, places and numbers (CLDR); zoned times stay in their zone."""

    def date(self, value: dt.date, /) -> str: ...
    def short_date(self, value: dt.date, /) -> str: ...
    def span(self, event: EventFacts, /) -> str: ...
    def zone(self, value: dt.datetime, /) -> str: ...
    def day_and_time(self, value: dt.datetime, /) -> str: ...
    def joined(self, words: Iterable[str], /) -> str: ...
    def listed(self, words: Iterable[str], /) -> str: ...
    def language(self, tag: str, /) -> str: ...
    def country(self, code: str, /) -> str: ...
    def number(self, value: float, /) -> str: ...


@dataclass(frozen=True, slots=True)
class Words:
    """One language's messages and formats."""

    gettext: Callable[[str], str]
    ngettext: Callable[[str, str, int], str]
    formats: Formats
