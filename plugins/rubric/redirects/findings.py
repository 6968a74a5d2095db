"""Reports published addresses that would be lost, and pages that the lock does not contain yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from rubric.model.finding import Finding, Level
from rubric.redirects.lock import CurrentPage, LockedAddress, is_current
from rubric.redirects.resolve import Inventory, Outcome

LOCK_FIX = "Run invoke lock and commit addresses.lock."
_MIN_SIMILARITY = 0.75
_MAX_SUGGESTIONS = 20


@dataclass(frozen=True, order=True, slots=True)
class AddressFinding(Finding):
    """A problem and its fix. An `error` would break links; an `advice` would not.

    `where` is the path of a content file, or empty for the table of `guid` in addresses.lock.
    """

    guid: str = ""


def find_problems(
    inventory: Inventory, outcomes: Mapping[str, Outcome], drafts: Mapping[str, tuple[str, int]]
) -> list[AddressFinding]:
    """Return all findings, errors before advice.

    Args:
        inventory: The lock and the pages of this build.
        outcomes: The result of `resolve`.
        drafts: File and line of every draft, by guid.

    """
    pages = {page.guid: page for page in inventory.pages}
    live = inventory.existing | {page.address for page in inventory.pages}
    live |= {outcome.source for outcome in outcomes.values()}
    lost = [
        (guid, address)
        for guid, locked in inventory.lock.entries.items()
        for address in locked.addresses
        if not (address in live or address in inventory.unpublished)
    ]
    findings: list[AddressFinding] = []
    missing: dict[str, list[str]] = {}
    folded = {address.casefold(): address for address in sorted(live)} if lost else {}
    for guid, address in lost:
        other = folded.get(address.casefold())
        if other is None:
            missing.setdefault(guid, []).append(address)
            continue
        page = pages.get(guid)
        where, line = (page.where, page.line) if page else ("", 0)
        problem = (
            f"was published at /{address}, which differs from /{other} only in case: some hosts "
            "cannot serve both."
        )
        fix = "Restore the former slug, or choose one that differs in more than case."
        findings.append(AddressFinding("error", where, problem, fix, line, guid))
    fallbacks = _take_fallbacks(inventory.lock.entries, missing)
    for number, (guid, addresses) in enumerate(missing.items()):
        # Limited, because a renamed folder may lose thousands of addresses.
        similar = _find_similar(guid, inventory) if number < _MAX_SUGGESTIONS else None
        all_addresses = [*addresses, *fallbacks.get(guid, ())]
        findings.append(_missing(guid, all_addresses, inventory, drafts, similar))
    findings += _unlocked(inventory.lock.entries, pages)
    return sorted(findings, key=_order)


def _key(guid: str) -> str:
    return guid.partition("/")[2]


def _order(finding: AddressFinding) -> tuple[object, ...]:
    location = (finding.where, finding.line, finding.guid)
    return finding.level != "error", *location, finding.problem, finding.fix


def _take_fallbacks(
    entries: Mapping[str, LockedAddress], missing: dict[str, list[str]]
) -> dict[str, list[str]]:
    """Remove fallbacks from `missing` if their original is missing, too.

    Returns their addresses by the guid of the original, which is reported together with them.
    """
    originals = {_key(guid): guid for guid in missing if not entries[guid].is_fallback}
    fallbacks: dict[str, list[str]] = {}
    for guid in [guid for guid in missing if entries[guid].is_fallback]:
        if original := originals.get(_key(guid)):
            fallbacks.setdefault(original, []).extend(missing.pop(guid))
    return fallbacks


def _missing(
    guid: str,
    missing: list[str],
    inventory: Inventory,
    drafts: Mapping[str, tuple[str, int]],
    similar: CurrentPage | None,
) -> AddressFinding:
    locked = inventory.lock.entries[guid]
    addresses = " and ".join(f"/{address}" for address in missing)
    problem = f"“{guid}” was published at {addresses}, but no page would be there now."
    alias = f"aliases: [{', '.join(f'/{a}' for a in missing if a in locked.addresses)}]"
    where, line = drafts.get(guid, ("", 0))
    if where:
        problem = f"is a draft again. {problem}"
        fix = f"Publish it, write status: hidden or gone: true, or write {alias} in another text."
    elif locked.is_fallback:
        fix = (
            "It showed the original of a missing translation. Restore the original, or write "
            f"{alias} in another text."
        )
    elif similar is None:
        fix = f"Write {alias} in the text that replaces it, or gone = true below this heading."
    else:
        fix = (
            f"If it is {similar.where} now, write translation_key: {_key(guid)} there, or {alias}. "
            "If it was removed permanently, write gone = true below this heading."
        )
    return AddressFinding("error", where, problem, fix, line, guid)


def _find_similar(guid: str, inventory: Inventory) -> CurrentPage | None:
    """Return the unlocked page most similar to a missing entry in title, date and file name."""
    locked = inventory.lock.entries[guid]

    def similarity(page: CurrentPage) -> tuple[bool, bool, float]:
        name, other = (text.rpartition("/")[2] for text in (guid, page.guid))
        ratio = SequenceMatcher(None, name, other).ratio()
        same_date = bool(locked.date) and page.date == locked.date
        return page.title == locked.title, same_date, ratio if ratio >= _MIN_SIMILARITY else 0.0

    new = [
        page
        for page in inventory.pages
        if page.guid not in inventory.lock.entries
        and not page.is_fallback
        and page.lang == guid.partition("/")[0]
        and any(similarity(page))
    ]
    return max(new, key=lambda page: (similarity(page), page.guid), default=None)


def _unlocked(
    entries: Mapping[str, LockedAddress], pages: Mapping[str, CurrentPage]
) -> Iterator[AddressFinding]:
    new = [guid for guid in pages if guid not in entries]
    if new:
        named = ", ".join(sorted(new)[:3]) + (", …" if len(new) > 3 else "")
        count = f"{len(new)} addresses are" if len(new) > 1 else "1 address is"
        yield AddressFinding("advice", "", f"{count} not locked yet: {named}.", LOCK_FIX)
    for guid, locked in entries.items():
        page = pages.get(guid)
        if page is None or is_current(locked, page):
            continue
        if locked.is_gone and locked.address == page.address:
            problem = "is published again, but marked as gone in addresses.lock."
        elif locked.address == page.address:
            state = "is translated now" if locked.is_fallback else "shows the original now"
            problem = f"/{page.address} {state}, but addresses.lock was not updated."
        else:
            problem = f"moved to /{page.address}; /{locked.address} redirects to it."
        # Fallbacks change whenever a translation is published: no reason to stop a release.
        level: Level = "advice" if locked.is_fallback or page.is_fallback else "error"
        yield AddressFinding(level, page.where, problem, LOCK_FIX, page.line, guid)
