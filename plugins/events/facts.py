"""An event's facts and a user group's, out of their front matter in all languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo

from plugins.events.joining import Versions, choose_words, find_original, join_facts, refuse
from plugins.events.rhythm import Rhythm, find_tentative, parse_rhythm
from plugins.events.rhythm_phrases import phrase
from plugins.events.times import Times, WrongTime, resolve_times
from plugins.model.entry import Entry
from plugins.model.event import Attendance, EventFacts, Place, Registration, UserGroup
from plugins.model.metadata import EventMetadata, GroupMetadata, Metadata
from plugins.model.moment import load_zone
from plugins.model.site import Site

EVENT_WORDS = ("venue", "street", "city", "access", "promo_text", "speakers")
"""Fields that an event's translation may say in its own words; all others are facts."""
GROUP_WORDS = ("city", "meets", "organisers")
"""The same for a group; `meets` is a fact only where it is an RRULE."""


def _facts_of(model: type[Metadata], words: tuple[str, ...]) -> tuple[str, ...]:
    common = Metadata.model_fields
    return tuple(name for name in model.model_fields if name not in common and name not in words)


_EVENT_FACTS = _facts_of(EventMetadata, EVENT_WORDS)
_GROUP_FACTS = _facts_of(GroupMetadata, GROUP_WORDS)


def gather_group(site: Site, versions: Versions) -> Rhythm | None:
    """Set `group` on every version of one user group; returns its rhythm, if it has one."""
    facts = join_facts(site, versions, _GROUP_FACTS)
    original = find_original(site, versions, "meets")
    zone = load_zone(facts["timezone"]) if "timezone" in facts else None
    rhythm = _rhythm(site, original, facts, zone)
    if rhythm:
        _compare_rhythms(site, versions, original, rhythm, facts)
    messages = phrase(rhythm.rule) if rhythm else ()
    for lang, entry in versions.items():
        words = choose_words(site, versions, lang, original, GROUP_WORDS)
        said = words["meets"] or ""
        is_own = getattr(entry.metadata, "meets", None) is not None
        # The catalogue says it in the reader's language better than another language's words.
        is_told = "FREQ=" in said.upper() or (messages and not is_own)
        entry.group = UserGroup(
            city=words["city"] or "",
            country=facts.get("country", ""),
            latitude=facts.get("latitude"),
            longitude=facts.get("longitude"),
            zone=zone,
            languages=facts.get("languages", ()),
            meets="" if is_told else said,
            meets_messages=messages,
            meets_at=f"{rhythm.at:%H:%M}" if rhythm else facts.get("meets_at", ""),
            duration=facts.get("duration"),
            founded=facts.get("founded", ""),
            organisers=words["organisers"] or (),
            links=facts.get("links", ()),
        )
    return rhythm


def _compare_rhythms(
    site: Site, versions: Versions, original: Entry, rhythm: Rhythm, facts: Mapping[str, Any]
) -> None:
    """Refuse a translation that names other days or another time, as far as it is understood."""
    for entry in versions.values():
        meets = getattr(entry.metadata, "meets", None)
        if meets is None or entry is original:
            continue
        try:
            other = parse_rhythm(
                meets,
                facts.get("meets_at", ""),
                rhythm.zone,
                rhythm.duration,
                facts.get("founded", ""),
            )
        except ValueError:
            continue  # words of a language that only its readers know
        both = phrase(rhythm.rule), phrase(other.rule)
        if other.at != rhythm.at or (all(both) and both[0] != both[1]):
            place = f"{site.where(original)}:{original.lines.get('meets', 0)}"
            refuse(
                site,
                entry,
                "meets",
                f"contradicts {place}, the same in another language.",
                "Name the same days and time in both.",
            )


def check_names(site: Site, groups: Mapping[str, Versions]) -> None:
    """Refuse a `recap` that names no post, and a post's `group` that names no group."""
    posts = {entry.key.rpartition("/")[2] for entry in site.entries if entry.is_post}
    for entry in site.entries:
        recap = getattr(entry.metadata, "recap", None)
        if recap is not None and recap not in posts:
            near = get_close_matches(recap, posts, 1)
            fix = f"Did you mean {near[0]}?" if near else "Write its file name without .md."
            refuse(site, entry, "recap", f"there is no post “{recap}”.", fix)
        group = getattr(entry.metadata, "group", None) if entry.is_post else None
        if group is not None and group not in groups:
            known = ", ".join(sorted(groups)) or "the files in groups/"
            refuse(
                site, entry, "group", f"there is no user group “{group}”.", f"Choose: {known}."
            )


def _rhythm(
    site: Site, original: Entry, facts: Mapping[str, Any], zone: ZoneInfo | None
) -> Rhythm | None:
    meets = getattr(original.metadata, "meets", None)
    if meets is None:
        return None
    if zone is None:
        fix = "Write timezone: with the city's zone, such as Asia/Almaty."
        refuse(site, original, "timezone", "is missing, so the rhythm has no times.", fix)
        return None
    duration = facts.get("duration", timedelta(hours=2))
    try:
        return parse_rhythm(
            meets, facts.get("meets_at", ""), zone, duration, facts.get("founded", "")
        )
    except ValueError as error:
        problem, _, fix = str(error).partition(". ")
        refuse(site, original, "meets", f"{problem}.", fix)
        return None


def promise_dates(
    versions: Versions, rhythm: Rhythm, events: Iterable[EventFacts], now: datetime, limit: int
) -> None:
    """Set the tentative dates of a group whose `events` are known.

    An event confirms the date it starts on, and the one it was moved from.
    """
    confirmed = {
        moment.astimezone(rhythm.zone).date()
        for event in events
        for moment in (event.starts_at, event.moved_from)
        if moment
    }
    dates = find_tentative(rhythm, confirmed, now, limit)
    for entry in versions.values():
        assert entry.group is not None
        entry.group = replace(entry.group, tentative=dates)


def gather_event(
    site: Site,
    versions: Versions,
    groups: Mapping[str, Versions],
    default_duration: timedelta,
) -> None:
    """Set `event` on every version of one event; `groups` is by file name.

    Mistakes go to the site's error log, and `event` stays None.
    """
    facts = join_facts(site, versions, _EVENT_FACTS)
    original = find_original(site, versions, "start")
    name = facts.get("group")
    if name is not None and name not in groups:
        known = ", ".join(sorted(groups)) or "the files in groups/"
        refuse(site, original, "group", f"there is no user group “{name}”.", f"Choose: {known}.")
    group_versions = groups.get(name or "", {})
    meets: Mapping[str, UserGroup | None] = {
        lang: entry.group for lang, entry in group_versions.items()
    }
    any_group = next(iter(meets.values()), None)
    try:
        times = resolve_times(facts, any_group, default_duration)
    except WrongTime as wrong:
        refuse(site, original, wrong.field, wrong.problem, wrong.fix)
        return
    for lang, entry in versions.items():
        words = choose_words(site, versions, lang, original, EVENT_WORDS)
        entry.event = _build(facts, words, times, meets.get(lang, any_group))


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
        recap=facts.get("recap", ""),
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
