"""Builds the state of each event that the lock compares: one for all its translations."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from rubric.calendars.lock import EventState, default_uid, describe_schedule
from rubric.model.entry import Entry, by_key
from rubric.model.event import EventFacts
from rubric.model.site import Site

_EPOCH = datetime.fromtimestamp(0, UTC)


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
        title=original.title,
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
    texts = [entry.lang, entry.url, entry.title, entry.summary, _place(event), event.online]
    tags = [tag.spelling for tag in entry.tags]
    return "\n".join([*texts, registration, *map(str, position), *tags])
