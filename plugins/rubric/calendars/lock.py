"""The lock, events.lock: what was last published about each event to subscribed calendars.

The UID of an event never changes. SEQUENCE is raised when its time, place or status changes,
and only then (RFC 5545, 3.8.7.4). The time of the last change makes calendar programs update
the text. The file is TOML with one table per event, which is easy to review and to merge.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import NamedTuple, get_type_hints

from rubric.model.toml import dumps, line_of, line_of_mistake, loads

_HEADER = """\
# The published state of each event in subscribed calendars. Written by invoke lock; commit it.
# After a merge conflict keep both tables; of the same event, the one with the higher sequence.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventState:
    """An event as the content files describe it now.

    `uid` is the UID for a new event, see `default_uid`. `schedule` describes everything whose
    change raises SEQUENCE, see `describe_schedule`. `content` is the rest of the calendar
    entry, including the title, in all languages. All datetimes are aware.
    `fallback_changed_at` is the date of the entry itself, for events that are not locked.
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
    """One table of the lock file, with its fields in the order in which they are written.

    `content` is the digest of `EventState.content`; `is_gone` marks a deleted event.
    """

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


class Revision(NamedTuple):
    """The identity and version of a calendar entry; `changed_at` is in UTC, to the second."""

    uid: str
    sequence: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Lock:
    """The locked events by translation key.

    Deleted events stay in the lock, so that no UID is used twice.
    """

    events: Mapping[str, LockedEvent] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Lock: {len(self.events)}>"


def default_uid(key: str, authority: str) -> str:
    """Return the UID of a new event, made from its translation key and the site's authority.

    Slashes become hyphens, and hyphens are doubled so that different keys give different UIDs:
    `events/new-year` at `example.org` gives `events-new--year@example.org`.
    """
    return f"{key.replace('-', '--').replace('/', '-')}@{authority}"


def describe_schedule(
    starts_at: datetime, ends_at: datetime | None, place: str, status: str, *, all_day: bool
) -> str:
    """Return time, place and status in one line; `ends_at` is None if it is only estimated.

    The line includes the UTC offset: if a country changes its offset, the instant changes.
    Example: `2026-12-10 18:30+0500 | Asia/Almaty | Café Nur, Almaty | scheduled`.
    """
    zone = getattr(starts_at.tzinfo, "key", "UTC")
    form = "%Y-%m-%d" if all_day else "%Y-%m-%d %H:%M%z"
    times = [f"{time:{form}}" for time in (starts_at, ends_at) if time is not None]
    return " | ".join(filter(None, [" to ".join(times), zone, " ".join(place.split()), status]))


def digest(content: str) -> str:
    """Return a hexadecimal digest of 64 bits, which is enough to compare versions of a text."""
    return sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def refresh(lock: Lock, states: Iterable[EventState], now: datetime) -> Lock:
    """Return the lock to commit after `states` were published at `now`.

    A new event gets SEQUENCE 0 and its own date, so that locking it does not change its
    calendar entry. Unchanged events keep their table byte for byte.
    """
    now = _seconds(now)
    events = dict(lock.events)
    current = sorted(states, key=lambda state: state.key)
    for state in current:
        before = events.get(state.key)
        uid, sequence, changed_at = current_revision(Lock(events), state)
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


def current_revision(lock: Lock, state: EventState) -> Revision:
    """Return the UID, SEQUENCE and time of the last change to publish.

    If the lock is out of date, SEQUENCE is the one that `refresh` will set, and the time is
    the later of the entry's own date and the locked time. The current time is not used, so
    that the output does not depend on it.
    """
    locked = lock.events.get(state.key)
    own = _seconds(state.fallback_changed_at)
    if locked is None:
        return Revision(state.uid, 0, own)
    raised = locked.sequence + (locked.schedule != state.schedule)
    changed_at = max(own, locked.changed_at) if _is_changed(locked, state) else locked.changed_at
    return Revision(locked.uid, raised, changed_at)


def _is_changed(locked: LockedEvent, state: EventState) -> bool:
    return (locked.schedule, locked.content) != (state.schedule, digest(state.content))


def _seconds(time: datetime) -> datetime:
    return time.astimezone(UTC).replace(microsecond=0)


def dump_lock(lock: Lock) -> str:
    """Return the text of a lock file, sorted by key; equal locks give equal texts."""
    return _HEADER + dumps({key: _block(event) for key, event in sorted(lock.events.items())})


def load_lock(text: str) -> Lock:
    """Parse the text of a lock file; an empty text is an empty lock.

    Raises ValueError, with the line and the fix, if the text is not TOML, if a field is
    missing, unknown or of the wrong type, or if two events have the same UID.
    """
    try:
        blocks = loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _damaged(line_of_mistake(text, error), f"{error}.") from None
    types = _types()
    events: dict[str, LockedEvent] = {}
    keys: dict[str, str] = {}
    for key, block in blocks.items():
        events[key] = event = _read(text, key, block, types)
        other = keys.setdefault(event.uid, key)
        if other != key:
            problem = f"“{key}” has the UID of “{other}”."
            raise _damaged(line_of(text, key), problem)
    return Lock(events)


def _read(text: str, key: str, block: object, types: Mapping[str, type]) -> LockedEvent:
    if not isinstance(block, dict):
        raise _damaged(line_of(text, key), f"“{key}” is not a block.")
    values = {"gone": False, **block}
    for name in sorted(types.keys() ^ values.keys()):
        problem = "is missing" if name in types else "is unknown"
        raise _damaged(line_of(text, key), f"“{key}”: {name} {problem}.")
    for name, kind in types.items():
        value = values[name]
        is_naive = isinstance(value, datetime) and value.tzinfo is None
        # Not isinstance: bool is a subclass of int.
        if type(value) is not kind or is_naive or (isinstance(value, int) and value < 0):
            raise _damaged(line_of(text, key, name), f"“{key}”: {name} has an invalid value.")
    return LockedEvent(is_gone=values.pop("gone"), **values)


def _types() -> dict[str, type]:
    """Return the types of the fields of a table; `is_gone` is written as `gone`."""
    hints = get_type_hints(LockedEvent)
    return {name.removeprefix("is_"): kind for name, kind in hints.items()}


def _damaged(line: int, problem: str) -> ValueError:
    return ValueError(
        f"line {line}: {problem} Restore the file from the last commit and run invoke lock."
    )


def _block(event: LockedEvent) -> dict[str, object]:
    """Times of change are in UTC, starts in local time, as authors write them."""
    values = {each.name: getattr(event, each.name) for each in fields(event)}
    return values | {"gone": True} if values.pop("is_gone") else values
