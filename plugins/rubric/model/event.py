"""What an event is, once its facts are gathered from all its translations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal
from urllib.parse import quote
from zoneinfo import ZoneInfo

from rubric.model.metadata import EventStatus
from rubric.model.recurrence import Recurrence

STATUS_MESSAGES = {"cancelled": "Cancelled", "postponed": "Postponed", "moved": "New date"}
"""What has become of an event, as messages of the catalogue; scheduled ones say nothing."""
Attendance = Literal["in_person", "online", "hybrid"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event happens; texts in the language of the page that shows it."""

    venue: str = ""
    street: str = ""
    city: str = ""
    country: str = ""
    access: str = ""
    latitude: float | None = None
    longitude: float | None = None

    @property
    def map_url(self) -> str:
        """Return the address of a map at OpenStreetMap; empty without position and street."""
        site = "https://www.openstreetmap.org/"
        if self.latitude is not None and self.longitude is not None:
            place = f"{self.latitude}/{self.longitude}"
            return f"{site}?mlat={self.latitude}&mlon={self.longitude}#map=17/{place}"
        if self.street and self.city:
            return f"{site}search?query={quote(f'{self.street}, {self.city}')}"
        return ""


@dataclass(frozen=True, slots=True)
class Registration:
    """How to get in: a link, a zoned deadline, a price (0 is free, None unknown)."""

    url: str = ""
    until: datetime | None = None
    price: float | None = None
    currency: str = ""
    capacity: int | None = None
    sold_out: bool = False
    promo_code: str = ""
    promo_text: str = ""
    promo_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class EventFacts:
    """An event's facts in one language; times are zoned in the venue's zone.

    `ends_at` is exclusive; for whole days (`all_day`) both are midnights. Where no author
    said when it ends (`has_stated_end` is false), it is an estimate that pages don't show.
    `has_recap_waived` is true if the author stated that no post about it will follow.
    """

    starts_at: datetime
    ends_at: datetime
    has_stated_end: bool
    zone: ZoneInfo
    all_day: bool
    status: EventStatus
    attendance: Attendance
    place: Place
    registration: Registration
    online: str = ""
    moved_from: datetime | None = None
    group: str = ""
    languages: tuple[str, ...] = ()
    interpretation: tuple[str, ...] = ()
    speakers: tuple[str, ...] = ()
    recording: str = ""
    slides: str = ""
    recap: str = ""
    has_recap_waived: bool = False

    def is_over(self, now: datetime) -> bool:
        return self.ends_at <= now

    @property
    def takes_place(self) -> bool:
        return self.status in ("scheduled", "moved")

    @property
    def registration_closes_at(self) -> datetime:
        """Return the registration deadline, or the start if there is none."""
        return self.registration.until or self.starts_at

    def has_promo(self, now: datetime) -> bool:
        """Return whether the promo code is still valid."""
        until = self.registration.promo_until or self.registration_closes_at
        return bool(self.registration.promo_code) and self.takes_place and now < until

    def takes_registrations(self, now: datetime) -> bool:
        """Return whether registration is open: it has a link, is not sold out and not over."""
        has_seat = self.takes_place and not self.registration.sold_out
        return bool(self.registration.url) and has_seat and now < self.registration_closes_at


@dataclass(frozen=True, slots=True)
class Meeting:
    """A date that a group's rhythm promises, in the group's zone."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class UserGroup:
    """A group's facts in one language; `links` are addresses a reader may follow.

    `meets` is the rhythm in the author's words in `meets_language`, which agree with the rule
    `recurrence`; it is empty where this language has no words of its own. `next_dates` are
    those of a rule that pages cannot state in words. `meets_at` is a local time, `founded` a
    year or year-month; `tentative` are the coming dates of the rhythm which no event has
    confirmed yet.
    """

    city: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    zone: ZoneInfo | None = None
    languages: tuple[str, ...] = ()
    meets: str = ""
    meets_language: str = ""
    meets_names_time: bool = False
    recurrence: Recurrence | None = None
    next_dates: tuple[date, ...] = ()
    meets_at: time | None = None
    duration: timedelta | None = None
    founded: str = ""
    organisers: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    tentative: tuple[Meeting, ...] = ()
