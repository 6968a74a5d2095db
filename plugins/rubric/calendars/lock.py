"""What readers' calendars know about each event: the lock.

A UID is for ever, SEQUENCE rises with time, place and status and only then (RFC 5545,
3.8.7.4), and the time of the last change makes a reader's calendar take the new text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import NamedTuple


@dataclass(frozen=True, slots=True, kw_only=True)
class EventState:
    """An event as the content files say it now.

    `uid` is its default, see `default_uid`; `schedule` says in words all that a raise of
    SEQUENCE depends on, see `describe_schedule`; `content` is all else that its calendar
    entry says, title included, in all languages. Times are aware.
    """

    key: str
    uid: str
    schedule: str
    content: str
    title: str
    starts_at: datetime
    place: str
    status: str
    fallback_changed_at: datetime
    moved_from: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedEvent:
    """One block of the lock file; `content` is a digest, `is_gone` an event no longer there."""

    uid: str
    sequence: int
    changed_at: datetime
    schedule: str
    content: str
    title: str
    starts_at: datetime
    place: str
    status: str
    is_gone: bool = False


class Stamp(NamedTuple):
    """What an event's calendar entry is known by; `changed_at` in UTC, to the second."""

    uid: str
    sequence: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Lock:
    """The locked events by key. Events that went stay, so that no UID is used twice."""

    events: Mapping[str, LockedEvent] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Lock: {len(self.events)}>"


def default_uid(key: str, authority: str) -> str:
    """A new event's UID: its translation key and the site's permanent name.

    Hyphens are doubled, so that no two keys come out alike.
    """
    return f"{key.replace('-', '--').replace('/', '-')}@{authority}"


def describe_schedule(
    starts_at: datetime, ends_at: datetime | None, place: str, status: str, *, all_day: bool
) -> str:
    """Time, place and status in one readable line; `ends_at` is None if only estimated.

    Offsets are in it: when a country changes its clocks, the instant moves with them.
    """
    zone = getattr(starts_at.tzinfo, "key", "UTC")
    form = "%Y-%m-%d" if all_day else "%Y-%m-%d %H:%M%z"
    times = [f"{time:{form}}" for time in (starts_at, ends_at) if time is not None]
    return " | ".join(filter(None, [" to ".join(times), zone, " ".join(place.split()), status]))


def digest(content: str) -> str:
    """A short fingerprint of a text; 64 bits tell any two versions of a text apart."""
    return sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def refresh(lock: Lock, states: Iterable[EventState], now: datetime) -> Lock:
    """The lock as it is to be committed after `states` are published at `now`.

    A new event begins with SEQUENCE 0 and its own date, so that locking doesn't change its
    calendar entry. What is unchanged keeps its block, byte for byte.
    """
    now = _seconds(now)
    events = dict(lock.events)
    current = sorted(states, key=lambda state: state.key)
    for state in current:
        before = events.get(state.key)
        uid, sequence, changed_at = effective(Lock(events), state)
        if before is not None and _is_changed(before, state):
            changed_at = max(now, before.changed_at)
        elif before is not None:
            events[state.key] = replace(before, is_gone=False)
            continue
        events[state.key] = LockedEvent(
            uid=uid,
            sequence=sequence,
            changed_at=changed_at,
            schedule=state.schedule,
            content=digest(state.content),
            title=state.title,
            starts_at=state.starts_at.replace(microsecond=0),
            place=state.place,
            status=state.status,
        )
    for key in events.keys() - {state.key for state in current}:
        events[key] = replace(events[key], is_gone=True)
    return Lock(events)


def effective(lock: Lock, state: EventState) -> Stamp:
    """UID, SEQUENCE and time of the last change (UTC) to publish; needs no clock.

    Where the lock is stale, SEQUENCE is the one a refresh will give, and the change dates
    from the entry's own date, unless that is older than the lock's.
    """
    locked = lock.events.get(state.key)
    own = _seconds(state.fallback_changed_at)
    if locked is None:
        return Stamp(state.uid, 0, own)
    raised = locked.sequence + (locked.schedule != state.schedule)
    changed_at = max(own, locked.changed_at) if _is_changed(locked, state) else locked.changed_at
    return Stamp(locked.uid, raised, changed_at)


def _is_changed(locked: LockedEvent, state: EventState) -> bool:
    return (locked.schedule, locked.content) != (state.schedule, digest(state.content))


def _seconds(time: datetime) -> datetime:
    return time.astimezone(UTC).replace(microsecond=0)
