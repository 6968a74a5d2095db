"""Localization of an issue: translated messages, and formats of dates, places and numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from rubric.model.event import EventFacts


class Formats(Protocol):
    """Formats of a language (CLDR). Zoned times are written in their own zone."""

    def date(self, value: dt.date, /) -> str: ...
    def short_date(self, value: dt.date, /) -> str: ...
    def span(self, event: EventFacts, /) -> str: ...
    def zone(self, value: dt.datetime, /) -> str: ...
    def day_and_time(self, value: dt.datetime, /) -> str: ...
    def joined(self, words: Iterable[str], /) -> str: ...
    def language(self, tag: str, /) -> str: ...
    def country(self, code: str, /) -> str: ...
    def number(self, value: float, /) -> str: ...


@dataclass(frozen=True, slots=True)
class Localizer:
    """Messages and formats of one language."""

    gettext: Callable[[str], str]
    formats: Formats
