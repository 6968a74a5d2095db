"""Published addresses that would vanish, and what the lock doesn't know yet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from rubric.redirects.lock import LockedAddress, Place, is_at
from rubric.redirects.resolve import Facts, Fate

LOCK_AGAIN = "Run invoke lock and commit addresses.lock."
_NEAR = 0.75
_GUESSES = 20


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """One problem, where it is, and the way out; an error would lose readers' links.

    `where` is a file as its author knows it, or empty for the lock's block of `guid`.
    """

    level: Literal["error", "advice"]
    where: str
    line: int
    guid: str
    problem: str
    fix: str


def find_problems(
    facts: Facts, fates: Mapping[str, Fate], drafts: Mapping[str, tuple[str, int]]
) -> list[Finding]:
    """Every finding, errors before advice. `drafts` gives file and line by guid."""
    places = {place.guid: place for place in facts.places}
    live = {place.address for place in facts.places} | {fate.source for fate in fates.values()}
    lost = [
        (guid, address)
        for guid, locked in facts.lock.entries.items()
        for address in locked.addresses
        if not (address in facts.taken or address in live or address in facts.unpublished)
    ]
    findings = []
    vanished: dict[str, list[str]] = {}
    folded = _fold(facts.taken | live) if lost else {}
    for guid, address in lost:
        if other := folded.get(address.casefold()):
            findings.append(_recased(guid, address, other, places))
        else:
            vanished.setdefault(guid, []).append(address)
    shown = _shown_elsewhere(facts.lock.entries, vanished)
    for number, (guid, addresses) in enumerate(vanished.items()):
        # A renamed folder loses a thousand; not each is compared with everything.
        twin = _guess(guid, facts) if number < _GUESSES else None
        findings.append(_vanished(guid, [*addresses, *shown.pop(guid, ())], facts, drafts, twin))
    return sorted([*findings, *_unlocked(facts.lock.entries, places)], key=_order)


def _fold(addresses: Iterable[str]) -> dict[str, str]:
    return {address.casefold(): address for address in sorted(addresses)}


def _key(guid: str) -> str:
    return guid.partition("/")[2]


def _order(finding: Finding) -> tuple[bool, Finding]:
    return finding.level != "error", finding


def _shown_elsewhere(
    entries: Mapping[str, LockedAddress], vanished: dict[str, list[str]]
) -> dict[str, list[str]]:
    """Takes stand-ins out of what vanished where their original is told; gives them to it."""
    originals = {_key(guid): guid for guid in vanished if not entries[guid].is_stand_in}
    shown: dict[str, list[str]] = {}
    for guid in [guid for guid in vanished if entries[guid].is_stand_in]:
        if original := originals.get(_key(guid)):
            shown.setdefault(original, []).extend(vanished.pop(guid))
    return shown


def _vanished(
    guid: str,
    vanished: list[str],
    facts: Facts,
    drafts: Mapping[str, tuple[str, int]],
    twin: Place | None,
) -> Finding:
    locked = facts.lock.entries[guid]
    addresses = " and ".join(f"/{address}" for address in vanished)
    problem = f"“{guid}” was published at {addresses}, and nothing would be there now."
    alias = f"aliases: [{', '.join(f'/{a}' for a in vanished if a in locked.addresses)}]"
    if guid in drafts:
        where, line = drafts[guid]
        problem = f"is a draft again. {problem}"
        fix = f"Publish it, write status: hidden or gone: true, or write {alias} in another text."
        return Finding("error", where, line, guid, problem, fix)
    if locked.is_stand_in:
        fix = f"It stood in for a translation: mend its original, or write {alias} in another text."
        return Finding("error", "", 0, guid, problem, fix)
    fix = f"Write {alias} in the text that takes its place, or gone = true below this heading."
    if twin is not None:
        fix = (
            f"If it is {twin.where} now, write translation_key: {_key(guid)} there, or {alias}. "
            "If it is gone for good, write gone = true below this heading."
        )
    return Finding("error", "", 0, guid, problem, fix)


def _guess(guid: str, facts: Facts) -> Place | None:
    """A text the lock doesn't know that looks like the one that vanished."""
    locked = facts.lock.entries[guid]

    def likeness(place: Place) -> tuple[bool, bool, float]:
        name, other = (text.rpartition("/")[2] for text in (guid, place.guid))
        ratio = SequenceMatcher(None, name, other).ratio()
        same_date = bool(locked.date) and place.date == locked.date
        return place.title == locked.title, same_date, ratio if ratio >= _NEAR else 0.0

    new = [
        place
        for place in facts.places
        if place.guid not in facts.lock.entries
        and not place.is_stand_in
        and place.lang == guid.partition("/")[0]
        and any(likeness(place))
    ]
    return max(new, key=lambda place: (likeness(place), place.guid), default=None)


def _recased(guid: str, address: str, other: str, places: Mapping[str, Place]) -> Finding:
    place = places.get(guid)
    return Finding(
        "error",
        place.where if place else "",
        place.line if place else 0,
        guid,
        f"was published at /{address}, which differs from /{other} in case alone: not "
        "every host can serve both.",
        "Give it the former slug, or one that differs in more than case.",
    )


def _unlocked(
    entries: Mapping[str, LockedAddress], places: Mapping[str, Place]
) -> Iterator[Finding]:
    new = [guid for guid in places if guid not in entries]
    if new:
        named = ", ".join(sorted(new)[:3]) + (", …" if len(new) > 3 else "")
        count = f"{len(new)} addresses are" if len(new) > 1 else "1 address is"
        yield Finding("advice", "", 0, "", f"{count} not locked yet: {named}.", LOCK_AGAIN)
    for guid, locked in entries.items():
        place = places.get(guid)
        if place is None or is_at(locked, place):
            continue
        if locked.is_gone and locked.address == place.address:
            problem = "is published again, and the lock has it as gone."
        elif locked.address == place.address:
            state = "is a text of its own now" if locked.is_stand_in else "is a stand-in"
            problem = f"/{place.address} {state}, and the lock doesn't know it yet."
        else:
            problem = f"is at /{place.address} now; /{locked.address} leads there."
        # Stand-ins move by themselves, with the date of a translation: no reason to stop.
        level: Literal["error", "advice"] = (
            "advice" if locked.is_stand_in or place.is_stand_in else "error"
        )
        yield Finding(level, place.where, place.line, guid, problem, LOCK_AGAIN)
