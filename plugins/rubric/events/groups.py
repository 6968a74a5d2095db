"""Builds the facts and tentative dates of a user group from all its translations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from rubric.events.merging import (
    Merged,
    Versions,
    add_error,
    check_group,
    fact_fields,
    file_name,
    merge,
)
from rubric.events.rhythm import Rhythm, find_tentative, is_rule, parse_rhythm
from rubric.events.rhythm_text import parse_rhythm_text
from rubric.events.rrule import RhythmError
from rubric.model.entry import Entry
from rubric.model.event import EventFacts, UserGroup
from rubric.model.kinds import GROUP
from rubric.model.metadata import GroupMetadata
from rubric.model.moment import load_zone
from rubric.model.script import script_of
from rubric.model.site import Site

GROUP_TEXTS = ("city", "meets", "organisers")
"""Fields that may differ between translations of a group; `meets` must have the same meaning."""

PARSED = ("en", "ru", "zh")
"""Languages whose rhythms are parsed; in other languages any text is allowed."""

_SHOWN_DATES = 3

_GROUP_FACTS = fact_fields(GroupMetadata, GROUP_TEXTS)


def check_file_names(site: Site, groups: Mapping[str, Versions]) -> None:
    """Report groups with the same file name, because events refer to groups by file name."""
    owners: dict[str, Entry] = {}
    for key, versions in sorted(groups.items()):
        entry = next(iter(versions.values()))
        first = owners.setdefault(file_name(key), entry)
        if first is not entry:
            problem = f"has the same file name as {site.where(first)}, by which events name it."
            site.errors.add(site.where(entry), problem, "Rename one of the files.")


def gather_group(site: Site, versions: Versions) -> Rhythm | None:
    """Set `entry.group` of all translations of one user group.

    Returns its rhythm, or None if it has none. Errors are added to `site.errors`.
    """
    merged = merge(site, versions, _GROUP_FACTS, "meets")
    facts = merged.facts
    rhythm = _rhythm(merged)
    for lang, entry in versions.items():
        texts = merged.texts(lang, GROUP_TEXTS)
        meets = _meets(merged, entry, rhythm)
        entry.group = UserGroup(
            city=texts["city"] or "",
            country=facts.get("country", ""),
            latitude=facts.get("latitude"),
            longitude=facts.get("longitude"),
            zone=load_zone(facts["timezone"]) if "timezone" in facts else None,
            languages=facts.get("languages", ()),
            meets=meets,
            meets_language=lang if meets else "",
            meets_names_time=_has_time(meets),
            meets_at=rhythm.at if rhythm else None,
            recurrence=rhythm.rule if rhythm else None,
            duration=rhythm.length if rhythm else facts.get("duration"),
            founded=facts.get("founded", ""),
            organisers=texts["organisers"] or (),
            links=facts.get("links", ()),
        )
    return rhythm


def _meets(merged: Merged, entry: Entry, rhythm: Rhythm | None) -> str:
    """Return the rhythm as one version words it; it must agree with the original.

    Returns '' if this version has none: its page then shows the generated text of the rule. Words
    in a language without rhythm words are shown as they are written, even in the original.
    """
    site, original = merged.site, merged.original
    meets = getattr(entry.metadata, "meets", None)
    if meets is None or (entry is original and is_rule(meets)):
        return ""
    if rhythm is None:
        is_shown = not (has_rhythm_words(original.lang) or is_rule(meets))
        return _in_its_language(entry, meets) if is_shown else ""
    if entry is original:
        return _in_its_language(entry, meets)
    try:
        other = _parse(meets, rhythm.zone, merged.facts)
    except RhythmError as error:
        if has_rhythm_words(entry.lang) or is_rule(meets):
            add_error(site, entry, "meets", error.problem, error.fix)
        return str(meets)
    if not rhythm.agrees_with(other):
        place = f"{site.where(original)}:{original.lines.get('meets', 0)}"
        fix = "Name the same days and time in both."
        add_error(site, entry, "meets", f"contradicts its translation {place}.", fix)
    return "" if is_rule(meets) else _in_its_language(entry, meets)


def _in_its_language(entry: Entry, meets: str) -> str:
    """Return the text if its letters belong to the language of its file, else ''."""
    if not has_rhythm_words(entry.lang):
        return meets
    letters = "".join(filter(str.isalpha, meets))
    return meets if re.fullmatch(f"[{script_of(entry.lang).letters}]*", letters) else ""


def has_rhythm_words(lang: str) -> bool:
    """Return whether rhythms written as words of a language are parsed."""
    return lang.partition("-")[0] in PARSED


def missing_words(site: Site) -> str:
    """Return a notice about languages of groups whose rhythms are not parsed; empty if none."""
    langs = {
        entry.lang
        for entry in site.entries
        if entry.kind == GROUP and not has_rhythm_words(entry.lang)
    }
    names = [site.languages[lang].name for lang in site.languages if lang in langs]
    if not names:
        return ""
    return (
        f"No words for rhythms of groups in: {', '.join(names)}. There, meets is shown as it is "
        "written; write dates as a rule such as FREQ=MONTHLY;BYDAY=1TH, see docs/events.md."
    )


def _has_time(meets: str) -> bool:
    """Return whether a rhythm includes a time of day; if it can't be parsed, look for digits."""
    try:
        return bool(meets) and parse_rhythm_text(meets).starts_at is not None
    except RhythmError:
        return any(char.isdigit() for char in meets)


def check_group_names(site: Site, groups: Mapping[str, Versions]) -> None:
    """Report posts whose `group` does not exist."""
    for entry in site.entries:
        if entry.is_post:
            check_group(site, entry, getattr(entry.metadata, "group", None), groups)


def _rhythm(merged: Merged) -> Rhythm | None:
    original, facts = merged.original, merged.facts
    meets = getattr(original.metadata, "meets", None)
    if meets is None:
        return None
    if "timezone" not in facts:
        fix = "Write timezone: with the city's zone, such as Asia/Almaty."
        merged.add_error("timezone", "is missing, so the rhythm has no times.", fix)
        return None
    try:
        return _parse(meets, load_zone(facts["timezone"]), facts)
    except RhythmError as error:
        if error.field != "meets" or has_rhythm_words(original.lang) or is_rule(meets):
            merged.add_error(error.field, error.problem, error.fix)
        return None


def _parse(meets: str, zone: ZoneInfo, facts: Mapping[str, Any]) -> Rhythm:
    at, founded = facts.get("meets_at", ""), facts.get("founded", "")
    return parse_rhythm(meets, at, zone, facts.get("duration"), founded)


def set_tentative_dates(
    versions: Versions, rhythm: Rhythm, events: Iterable[EventFacts], now: datetime, limit: int
) -> None:
    """Set the tentative dates and next dates of a group.

    Args:
        versions: The translations of the group.
        rhythm: Its rhythm.
        events: Its published events. An event confirms the date on which it starts, and the
            date from which it was moved.
        now: The current time.
        limit: The maximum number of tentative dates.

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
