"""An event's facts, out of its front matter in all languages."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import timedelta
from typing import Any

from rubric.events.joining import (
    Versions,
    check_coordinates,
    choose_words,
    facts_of,
    find_original,
    join_facts,
    refuse,
)
from rubric.events.times import Times, WrongTimes, resolve_times
from rubric.model.entry import Entry
from rubric.model.event import Attendance, EventFacts, Place, Registration, UserGroup
from rubric.model.metadata import EventMetadata
from rubric.model.site import Site

EVENT_WORDS = ("venue", "street", "city", "access", "promo_text", "speakers")
"""Fields that an event's translation may say in its own words; all others are facts."""

NO_RECAP = "none"
"""`recap: none` states that there will be no post about the event."""

_EVENT_FACTS = facts_of(EventMetadata, EVENT_WORDS)


def gather_event(
    site: Site,
    versions: Versions,
    groups: Mapping[str, Versions],
    posts: Container[str],
    default_duration: timedelta,
) -> None:
    """Set `event` on every version of one event; `groups` and `posts` are by file name.

    Mistakes go to the site's error log, and `event` stays None.
    """
    facts = join_facts(site, versions, _EVENT_FACTS)
    original = find_original(site, versions, "start")
    name = facts.get("group")
    failed = {key.rpartition("/")[2] for key in site.failed_keys}
    if name is not None and name not in groups:
        if name in failed:
            return  # its mistakes are reported; without it the event has no zone
        known = ", ".join(sorted(groups)) or "the files in groups/"
        refuse(site, original, "group", f"there is no user group “{name}”.", f"Choose: {known}.")
    recap = facts.get("recap")
    if recap is not None and recap not in posts and recap not in failed | {NO_RECAP}:
        fix = "Write the file name of the post about the event, or recap: none."
        refuse(site, original, "recap", f"there is no post “{recap}”.", fix)
    group_versions = groups.get(name or "", {})
    meets: Mapping[str, UserGroup | None] = {
        lang: entry.group for lang, entry in group_versions.items()
    }
    any_group = next(iter(meets.values()), None)
    check_coordinates(site, original, facts)
    try:
        times = resolve_times(facts, any_group, default_duration)
    except WrongTimes as wrong:
        if all(entry.status == "draft" for entry in versions.values()):
            return  # its facts may still be missing; nothing but its own page needs them
        if original.key in site.failed_keys:
            return  # the version with the facts has mistakes of its own, told already
        for error in wrong.errors:
            entry = _stating(versions, error.field, original)
            refuse(site, entry, error.field, error.problem, error.fix)
        return
    for lang, entry in versions.items():
        words = choose_words(site, versions, lang, original, EVENT_WORDS)
        entry.event = _build(facts, words, times, meets.get(lang, any_group))


def _stating(versions: Versions, field: str, original: Entry) -> Entry:
    """The version that states a fact; the original if none does."""
    candidates = (original, *versions.values())
    stated = (entry for entry in candidates if getattr(entry.metadata, field) is not None)
    return next(stated, original)


def _build(
    facts: Mapping[str, Any], words: Mapping[str, Any], times: Times, group: UserGroup | None
) -> EventFacts:
    has_place = bool(words["venue"] or words["street"] or words["city"] or "latitude" in facts)
    attendance: Attendance = "in_person"
    if "online" in facts:
        attendance = "hybrid" if has_place else "online"
    at_home = group if group and attendance != "online" else UserGroup()
    return EventFacts(
        starts_at=times.starts_at,
        ends_at=times.ends_at,
        has_stated_end=times.has_stated_end,
        zone=times.zone,
        all_day=times.all_day,
        status=facts.get("event_status", "scheduled"),
        attendance=attendance,
        place=Place(
            venue=words["venue"] or "",
            street=words["street"] or "",
            city=words["city"] or at_home.city,
            country=facts.get("country", at_home.country),
            access=words["access"] or "",
            latitude=facts.get("latitude"),
            longitude=facts.get("longitude"),
        ),
        registration=_registration(facts, words, times),
        online=facts.get("online", ""),
        moved_from=times.moved_from,
        group=facts.get("group", ""),
        languages=facts.get("event_languages", ()),
        interpretation=facts.get("interpretation", ()),
        speakers=words["speakers"] or (),
        recording=facts.get("recording", ""),
        slides=facts.get("slides", ""),
        recap="" if facts.get("recap") == NO_RECAP else facts.get("recap", ""),
        has_recap_waived=facts.get("recap") == NO_RECAP,
    )


def _registration(facts: Mapping[str, Any], words: Mapping[str, Any], times: Times) -> Registration:
    return Registration(
        url=facts.get("registration", ""),
        until=times.registration_until,
        price=facts.get("price"),
        currency=facts.get("currency", ""),
        capacity=facts.get("capacity"),
        sold_out=facts.get("sold_out", False),
        promo_code=facts.get("promo_code", ""),
        promo_text=words["promo_text"] or "",
        promo_until=times.promo_until,
    )
