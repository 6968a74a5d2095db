"""Compares the lock with the current events and reports what an author should do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from rubric.calendars.lock import EventState, Lock, LockedEvent, digest
from rubric.model.finding import Finding

LOCK_FIX = "Run invoke lock and commit events.lock."


def compare(lock: Lock, states: Iterable[EventState]) -> list[Finding]:
    """Return all findings, sorted by the key of their event, `where`.

    An `error` would put wrong data into subscribed calendars; an `advice` would not.

    Call it before `refresh`, which accepts the current events as they are.
    """
    current = {state.key: state for state in states}
    new = [state for key, state in sorted(current.items()) if key not in lock.events]
    findings = [*_renamed(lock, current, new)]
    named = {finding.where for finding in findings}
    findings += [
        Finding("advice", state.key, "is not locked yet.", LOCK_FIX)
        for state in new
        if state.key not in named
    ]
    for key, state in current.items():
        if key in lock.events:
            findings += _changed(lock.events[key], state)
    return sorted(findings, key=lambda finding: (finding.where, finding))


def _changed(locked: LockedEvent, state: EventState) -> Iterator[Finding]:
    if locked.schedule != state.schedule:
        problem = "time, place or status changed, but events.lock was not updated."
        yield Finding("error", state.key, problem, LOCK_FIX)
    elif locked.content != digest(state.content):
        yield Finding("advice", state.key, "its text changed since it was locked.", LOCK_FIX)
    # A cancelled or postponed event needs no moved_from.
    has_date = state.status in ("scheduled", "moved")
    if has_date and locked.starts_at != state.starts_at:
        before = locked.starts_at.astimezone(state.starts_at.tzinfo)
        if state.status != "moved" or state.moved_from is None:
            yield Finding(
                "advice",
                state.key,
                f"starts at {_local(state.starts_at)} instead of {_local(before)}, "
                "but is not marked as moved.",
                f"Write event_status: moved and moved_from: {_local(before)}, "
                "unless the old date was never published.",
            )


def _renamed(
    lock: Lock, current: dict[str, EventState], new: list[EventState]
) -> Iterator[Finding]:
    """Report missing keys; one with a similar new event is probably a renamed file."""
    for key, locked in lock.events.items():
        if key in current or locked.is_gone:
            continue
        similar = [state for state in new if _is_similar(locked, state)]
        for state in similar:
            yield Finding(
                "error",
                state.key,
                f"looks like “{key}”, which no longer exists: calendars would show it twice.",
                f"Write translation_key: {key} in its file. If it is a different event, run "
                "invoke lock.",
            )
        if not similar:
            yield Finding(
                "advice",
                key,
                "no longer exists. Calendars that imported it still show it.",
                "If it will not take place, restore it with event_status: cancelled; otherwise "
                "run invoke lock.",
            )


def _is_similar(locked: LockedEvent, state: EventState) -> bool:
    same_place = bool(state.place) and locked.place == state.place
    return locked.title == state.title or (locked.starts_at == state.starts_at and same_place)


def _local(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M}"
