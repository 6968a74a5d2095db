"""Builds the facts of an event from the front matter of all its translations."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import timedelta
from typing import Any

from rubric.events.merging import (
    Versions,
    add_error,
    check_coordinates,
    choose_texts,
    fact_fields,
    find_original,
    merge_facts,
)
from rubric.events.times import TimeErrors, Times, resolve_times
from rubric.model.entry import Entry
from rubric.model.event import Attendance, EventFacts, Place, Registration, UserGroup
from rubric.model.metadata import EventMetadata
from rubric.model.site import Site

EVENT_TEXTS = ("venue", "street", "city", "access", "promo_text", "speakers")
"""Fields that may differ between translations of an event; all others are facts."""

NO_RECAP = "none"
"""The value of `recap` if there will be no post about the event."""

_EVENT_FACTS = fact_fields(EventMetadata, EVENT_TEXTS)


def gather_event(
    site: Site,
    versions: Versions,
    groups: Mapping[str, Versions],
    posts: Container[str],
    default_duration: timedelta,
) -> None:
    """Set `entry.event` of all translations of one event.

    If there are errors, they are added to `site.errors` and `event` stays None.

    Args:
        site: The site.
        versions: The translations of the event, by language.
        groups: The translations of all user groups, by file name.
        posts: The file names of all posts.
        default_duration: The length of events without a stated end.

    """
    facts = merge_facts(site, versions, _EVENT_FACTS)
    original = find_original(site, versions, "start")
    name = facts.get("group")
    failed = {key.rpartition("/")[2] for key in site.failed_keys}
    if name is not None and name not in groups:
        if name in failed:
            return  # the group's errors are reported; without it the event may have no zone
        known = ", ".join(sorted(groups)) or "the files in groups/"
        add_error(site, original, "group", f"there is no user group “{name}”.", f"Choose: {known}.")
    recap = facts.get("recap")
    if recap is not None and recap not in posts and recap not in failed | {NO_RECAP}:
        fix = "Write the file name of the post about the event, or recap: none."
        add_error(site, original, "recap", f"there is no post “{recap}”.", fix)
    group_versions = groups.get(name or "", {})
    meets: Mapping[str, UserGroup | None] = {
        lang: entry.group for lang, entry in group_versions.items()
    }
    any_group = next(iter(meets.values()), None)
    check_coordinates(site, original, facts)
    try:
        times = resolve_times(facts, any_group, default_duration)
    except TimeErrors as exception:
        if all(entry.status == "draft" for entry in versions.values()):
            return  # a draft may be incomplete; only its own page is built
        if original.key in site.failed_keys:
            return  # the version with the facts has errors, which are reported already
        for error in exception.errors:
            entry = _stating(versions, error.field, original)
            add_error(site, entry, error.field, error.problem, error.fix)
        return
    for lang, entry in versions.items():
        texts = choose_texts(site, versions, lang, original, EVENT_TEXTS)
        entry.event = _build(facts, texts, times, meets.get(lang, any_group))


def _stating(versions: Versions, field: str, original: Entry) -> Entry:
    """Return the version that states a field; the original if none does."""
    candidates = (original, *versions.values())
    stated = (entry for entry in candidates if getattr(entry.metadata, field) is not None)
    return next(stated, original)


def _build(
    facts: Mapping[str, Any], texts: Mapping[str, Any], times: Times, group: UserGroup | None
) -> EventFacts:
    has_place = bool(texts["venue"] or texts["street"] or texts["city"] or "latitude" in facts)
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
            venue=texts["venue"] or "",
            street=texts["street"] or "",
            city=texts["city"] or at_home.city,
            country=facts.get("country", at_home.country),
            access=texts["access"] or "",
            latitude=facts.get("latitude"),
            longitude=facts.get("longitude"),
        ),
        registration=_registration(facts, texts, times),
        online=facts.get("online", ""),
        moved_from=times.moved_from,
        group=facts.get("group", ""),
        languages=facts.get("event_languages", ()),
        interpretation=facts.get("interpretation", ()),
        speakers=texts["speakers"] or (),
        recording=facts.get("recording", ""),
        slides=facts.get("slides", ""),
        recap="" if facts.get("recap") == NO_RECAP else facts.get("recap", ""),
        has_recap_waived=facts.get("recap") == NO_RECAP,
    )


def _registration(facts: Mapping[str, Any], texts: Mapping[str, Any], times: Times) -> Registration:
    return Registration(
        url=facts.get("registration", ""),
        until=times.registration_until,
        price=facts.get("price"),
        currency=facts.get("currency", ""),
        capacity=facts.get("capacity"),
        sold_out=facts.get("sold_out", False),
        promo_code=facts.get("promo_code", ""),
        promo_text=texts["promo_text"] or "",
        promo_until=times.promo_until,
    )
