"""What is wrong, or worth a look, between the lock and the events as they are now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from rubric.calendars.lock import EventState, Lock, LockedEvent, digest

LOCK_AGAIN = "Run invoke lock and commit events.lock."


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """One event's problem and the way out; an error would reach readers' calendars."""

    level: Literal["error", "advice"]
    key: str
    problem: str
    fix: str


def compare(lock: Lock, states: Iterable[EventState]) -> list[Finding]:
    """Every finding, by key. To be read before a refresh, which takes all as it is."""
    current = {state.key: state for state in states}
    new = [state for key, state in sorted(current.items()) if key not in lock.events]
    findings = [*_renamed(lock, current, new)]
    named = {finding.key for finding in findings}
    for state in new:
        if state.key not in named:
            problem = "is not locked yet."
            findings.append(Finding("advice", state.key, problem, LOCK_AGAIN))
    for key, state in current.items():
        if key in lock.events:
            findings += _changed(lock.events[key], state)
    return sorted(findings, key=lambda finding: (finding.key, finding))


def _changed(locked: LockedEvent, state: EventState) -> Iterator[Finding]:
    if locked.schedule != state.schedule:
        problem = "time, place or status changed, and subscribed calendars don't know yet."
        yield Finding("error", state.key, problem, LOCK_AGAIN)
    elif locked.content != digest(state.content):
        yield Finding("advice", state.key, "its text changed since it was locked.", LOCK_AGAIN)
    # Who cancels or postpones says all there is to say.
    has_date = state.status in ("scheduled", "moved")
    if has_date and locked.starts_at != state.starts_at:
        before = locked.starts_at.astimezone(state.starts_at.tzinfo)
        if state.status != "moved" or state.moved_from is None:
            yield Finding(
                "advice",
                state.key,
                f"starts at {_local(state.starts_at)} instead of {_local(before)}, "
                "but doesn't say that it moved.",
                f"Write event_status: moved and moved_from: {_local(before)}, "
                "unless nobody can have noted the old date.",
            )


def _renamed(
    lock: Lock, current: dict[str, EventState], new: list[EventState]
) -> Iterator[Finding]:
    """Keys that went while a new one looks the same: a file that was moved or renamed."""
    for key, locked in lock.events.items():
        if key in current or locked.is_gone:
            continue
        twins = [state for state in new if _looks_like(locked, state)]
        for twin in twins:
            yield Finding(
                "error",
                twin.key,
                f"looks like “{key}”, which is gone: calendars would show it twice.",
                f"Write translation_key: {key} in its file; if it is another event, lock the "
                "events again.",
            )
        if not twins:
            yield Finding(
                "advice",
                key,
                "is gone. Calendars that were imported still show it.",
                "If it won't take place, restore it with event_status: cancelled; else lock "
                "the events again.",
            )


def _looks_like(locked: LockedEvent, state: EventState) -> bool:
    same_place = bool(state.place) and locked.place == state.place
    return locked.title == state.title or (locked.starts_at == state.starts_at and same_place)


def _local(time: datetime) -> str:
    return f"{time:%Y-%m-%d %H:%M}"
