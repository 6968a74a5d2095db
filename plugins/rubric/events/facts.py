"""Builds the facts of an event from the front matter of all its translations."""

from __future__ import annotations

from collections.abc import Container, Mapping
from datetime import timedelta
from typing import Any

from rubric.events.merging import Versions, check_group, fact_fields, file_name, merge
from rubric.events.times import TimeErrors, Times, resolve_times
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
    merged = merge(site, versions, _EVENT_FACTS, "start")
    original, facts = merged.original, merged.facts
    name, recap = facts.get("group"), facts.get("recap")
    failed = {file_name(key) for key in site.failed_keys}
    if name in failed and name not in groups:
        return  # the group's errors are reported; without it the event may have no zone
    check_group(site, original, name, groups)
    if recap is not None and recap not in posts and recap not in failed | {NO_RECAP}:
        fix = "Write the file name of the post about the event, or recap: none."
        merged.add_error("recap", f"there is no post “{recap}”.", fix)
    group_of = {lang: entry.group for lang, entry in groups.get(name or "", {}).items()}
    any_group = next(iter(group_of.values()), None)
    try:
        times = resolve_times(facts, any_group, default_duration)
    except TimeErrors as exception:
        # A draft may be incomplete: only its own page is built. If the version with the facts
        # has errors, they are reported already.
        is_draft = all(entry.status == "draft" for entry in versions.values())
        if not is_draft and original.key not in site.failed_keys:
            for error in exception.errors:
                merged.add_error(error.field, error.problem, error.fix)
        return
    for lang, entry in versions.items():
        texts = merged.texts(lang, EVENT_TEXTS)
        entry.event = _build(facts, texts, times, group_of.get(lang, any_group))


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
        registration=Registration(
            url=facts.get("registration", ""),
            until=times.registration_until,
            price=facts.get("price"),
            currency=facts.get("currency", ""),
            capacity=facts.get("capacity"),
            sold_out=facts.get("sold_out", False),
            promo_code=facts.get("promo_code", ""),
            promo_text=texts["promo_text"] or "",
            promo_until=times.promo_until,
        ),
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
