"""A user group's facts and the dates it promises, out of its front matter in all languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from plugins.events.joining import (
    Versions,
    choose_words,
    facts_of,
    find_original,
    join_facts,
    refuse,
)
from plugins.events.rhythm import Rhythm, find_tentative, parse_rhythm
from plugins.events.rhythm_phrases import phrase
from plugins.model.entry import Entry
from plugins.model.event import EventFacts, UserGroup
from plugins.model.metadata import GroupMetadata
from plugins.model.moment import load_zone
from plugins.model.site import Site

_TIME = re.compile(r"\d[:：]\d\d")
GROUP_WORDS = ("city", "meets", "organisers")
"""The same for a group; `meets` is a fact only where it is an RRULE."""

_GROUP_FACTS = facts_of(GroupMetadata, GROUP_WORDS)


def check_file_names(site: Site, groups: Mapping[str, Versions]) -> None:
    """Report groups of one file name in two folders: events name a group by it."""
    owners: dict[str, Entry] = {}
    for key, versions in sorted(groups.items()):
        entry = next(iter(versions.values()))
        first = owners.setdefault(key.rpartition("/")[2], entry)
        if first is not entry:
            problem = f"is called like {site.where(first)}, so no event could say which it is of."
            site.errors.add(site.where(entry), problem, "Rename one of the files.")


def gather_group(site: Site, versions: Versions) -> Rhythm | None:
    """Set `group` on every version of one user group; returns its rhythm, if it has one."""
    facts = join_facts(site, versions, _GROUP_FACTS)
    original = find_original(site, versions, "meets")
    zone = load_zone(facts["timezone"]) if "timezone" in facts else None
    rhythm = _rhythm(site, original, facts, zone)
    messages = phrase(rhythm.rule) if rhythm else ()
    if rhythm:
        _compare_rhythms(site, versions, original, rhythm, facts)
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
            # Words may hold the time already.
            meets_at=rhythm.at if rhythm and (is_told or not _TIME.search(said)) else None,
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
    """Refuse a post's `group` that names no group."""
    for entry in site.entries:
        group = getattr(entry.metadata, "group", None) if entry.is_post else None
        if group is not None and group not in groups:
            known = ", ".join(sorted(groups)) or "the files in groups/"
            refuse(site, entry, "group", f"there is no user group “{group}”.", f"Choose: {known}.")


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
        field = "meets_at" if "time of day" in problem else "meets"
        refuse(site, original, field, f"{problem}.", fix)
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
