"""A user group's facts and the dates it promises, out of its front matter in all languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from rubric.events.joining import (
    Versions,
    check_coordinates,
    choose_words,
    facts_of,
    find_original,
    join_facts,
    refuse,
)
from rubric.events.mistakes import RhythmError
from rubric.events.rhythm import Rhythm, find_tentative, is_rule, parse_rhythm
from rubric.events.rhythm_words import parse_words
from rubric.model.entry import Entry
from rubric.model.event import EventFacts, UserGroup
from rubric.model.metadata import GroupMetadata
from rubric.model.moment import load_zone
from rubric.model.script import script_of
from rubric.model.site import Site

GROUP_WORDS = ("city", "meets", "organisers")
"""The same for a group; `meets` is a fact only where it is an RRULE."""

PARSED = ("en", "ru", "zh")
"""Languages whose rhythms are parsed; words in others are shown as written."""

_SHOWN_DATES = 3

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
    check_coordinates(site, original, facts)
    rhythm = _rhythm(site, versions, original, facts, zone)
    for lang, entry in versions.items():
        words = choose_words(site, versions, lang, original, GROUP_WORDS)
        own = _own_words(site, entry, original, rhythm, facts)
        entry.group = UserGroup(
            city=words["city"] or "",
            country=facts.get("country", ""),
            latitude=facts.get("latitude"),
            longitude=facts.get("longitude"),
            zone=zone,
            languages=facts.get("languages", ()),
            meets=own,
            meets_language=lang if own else "",
            meets_names_time=_has_time(own),
            meets_at=rhythm.at if rhythm else None,
            recurrence=rhythm.rule if rhythm else None,
            duration=rhythm.length if rhythm else facts.get("duration"),
            founded=facts.get("founded", ""),
            organisers=words["organisers"] or (),
            links=facts.get("links", ()),
        )
    return rhythm


def _own_words(
    site: Site, entry: Entry, original: Entry, rhythm: Rhythm | None, facts: Mapping[str, Any]
) -> str:
    """The rhythm in the words of one version, which must agree with the original.

    Empty if this version has none: a page in its language then states the rule. Words of a
    language without rhythm words are shown as they are written, also if they are the original.
    """
    meets = getattr(entry.metadata, "meets", None)
    if meets is None or (entry is original and is_rule(meets)):
        return ""
    if rhythm is None:
        is_shown = not (has_rhythm_words(original.lang) or is_rule(meets))
        return _in_its_language(entry, meets) if is_shown else ""
    if entry is original:
        return _in_its_language(entry, meets)
    try:
        other = parse_rhythm(
            meets,
            facts.get("meets_at", ""),
            rhythm.zone,
            facts.get("duration"),
            facts.get("founded", ""),
        )
    except RhythmError as error:
        if has_rhythm_words(entry.lang) or is_rule(meets):
            refuse(site, entry, "meets", error.problem, error.fix)
        return str(meets)
    if not rhythm.agrees_with(other):
        place = f"{site.where(original)}:{original.lines.get('meets', 0)}"
        refuse(
            site,
            entry,
            "meets",
            f"contradicts {place}, the same in another language.",
            "Name the same days and time in both.",
        )
    return "" if is_rule(meets) else _in_its_language(entry, meets)


def _in_its_language(entry: Entry, meets: str) -> str:
    """The words if they are in the language of their file, which its readers can read."""
    if not has_rhythm_words(entry.lang):
        return meets
    words = "".join(filter(str.isalpha, meets))
    return meets if re.fullmatch(f"[{script_of(entry.lang).letters}]*", words) else ""


def has_rhythm_words(lang: str) -> bool:
    """Whether rhythms in words of a language are understood."""
    return lang.partition("-")[0] in PARSED


def missing_words(site: Site) -> str:
    """One line about languages of groups whose rhythms are not understood in words; or empty."""
    langs = {
        entry.lang
        for entry in site.entries
        if entry.kind == "group" and not has_rhythm_words(entry.lang)
    }
    names = [site.languages[lang].name for lang in site.languages if lang in langs]
    if not names:
        return ""
    return (
        f"No words for rhythms of groups in: {', '.join(names)}. There, meets is shown as it is "
        "written; write dates as a rule such as FREQ=MONTHLY;BYDAY=1TH, see docs/events.md."
    )


def _has_time(meets: str) -> bool:
    """Whether words name a time of day; words of other languages by their digits."""
    try:
        return bool(meets) and parse_words(meets).starts_at is not None
    except RhythmError:
        return any(char.isdigit() for char in meets)


def check_names(site: Site, groups: Mapping[str, Versions]) -> None:
    """Refuse a post's `group` that names no group."""
    for entry in site.entries:
        group = getattr(entry.metadata, "group", None) if entry.is_post else None
        if group is not None and group not in groups:
            known = ", ".join(sorted(groups)) or "the files in groups/"
            refuse(site, entry, "group", f"there is no user group “{group}”.", f"Choose: {known}.")


def _rhythm(
    site: Site,
    versions: Versions,
    original: Entry,
    facts: Mapping[str, Any],
    zone: ZoneInfo | None,
) -> Rhythm | None:
    meets = getattr(original.metadata, "meets", None)
    if meets is None:
        return None
    if zone is None:
        fix = "Write timezone: with the city's zone, such as Asia/Almaty."
        refuse(site, original, "timezone", "is missing, so the rhythm has no times.", fix)
        return None
    try:
        return parse_rhythm(
            meets,
            facts.get("meets_at", ""),
            zone,
            facts.get("duration"),
            facts.get("founded", ""),
        )
    except RhythmError as error:
        if error.field == "meets" and not (has_rhythm_words(original.lang) or is_rule(meets)):
            return None
        has_field = (v for v in versions.values() if getattr(v.metadata, error.field) is not None)
        entry = next(has_field, original)
        refuse(site, entry, error.field, error.problem, error.fix)
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
    shown = () if rhythm.rule.has_wording else rhythm.next_dates(now, _SHOWN_DATES)
    for entry in versions.values():
        assert entry.group is not None
        entry.group = replace(entry.group, tentative=dates, next_dates=shown)
