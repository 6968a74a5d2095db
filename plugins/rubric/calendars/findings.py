"""Compares the lock with the current events, and reports what an author should do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from rubric.calendars.lock import (
    EventState,
    Lock,
    LockedEvent,
    default_uid,
    describe_schedule,
    digest,
)
from rubric.model.entry import Entry, by_key
from rubric.model.event import EventFacts
from rubric.model.finding import Finding
from rubric.model.site import Site
from rubric.model.typography import plain_spaces

_EPOCH = datetime.fromtimestamp(0, UTC)
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


def find_states(site: Site, authority: str) -> dict[str, EventState]:
    """Return the state of every published event, by translation key."""
    events = by_key(entry for entry in site.published() if entry.event)
    return {key: _state(site, key, versions, authority) for key, versions in events.items()}


def _state(site: Site, key: str, versions: Mapping[str, Entry], authority: str) -> EventState:
    ordered = [versions[lang] for lang in site.languages if lang in versions]
    # The version that states the start is the original; the place is in its language.
    original = next((e for e in ordered if getattr(e.metadata, "start", None)), ordered[0])
    event = original.event
    assert event is not None
    place = _place(event)
    dates = [moment for e in ordered for moment in (e.date, e.modified) if moment]
    return EventState(
        key=key,
        uid=default_uid(key, authority),
        schedule=describe_schedule(
            event.starts_at,
            event.ends_at if event.has_stated_end else None,
            place,
            event.status,
            all_day=event.all_day,
        ),
        content="\n".join(_content(entry) for entry in sorted(ordered, key=lambda e: e.lang)),
        title=plain_spaces(original.title),
        starts_at=event.starts_at,
        place=place,
        status=event.status,
        moved_from=event.moved_from,
        fallback_changed_at=max(dates, default=_EPOCH),
    )


def _place(event: EventFacts) -> str:
    if event.attendance == "online":
        return event.online
    place = event.place
    return ", ".join(filter(None, [place.venue, place.street, place.city]))


def _content(entry: Entry) -> str:
    event = entry.event
    assert event is not None
    registration = "" if event.registration.sold_out else event.registration.url
    position = (event.place.latitude, event.place.longitude)
    words = [plain_spaces(entry.title), plain_spaces(entry.summary)]
    texts = [entry.lang, entry.url, *words, _place(event), event.online]
    tags = [tag.spelling for tag in entry.tags]
    return "\n".join([*texts, registration, *map(str, position), *tags])
