"""The lock of published addresses: what `invoke check` and `invoke lock` say of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from plugins.model.toml import line_of
from plugins.redirects.findings import LOCK_AGAIN, Finding, find_problems
from plugins.redirects.lock import AddressLock, refresh
from plugins.redirects.lock_file import dump_lock
from plugins.redirects.resolve import Facts, resolve
from plugins.redirects.survey import find_drafts, survey


def check_addresses(context: dict[str, Any], content: Path) -> tuple[list[str], list[str]]:
    """Errors and advice about published addresses, each with file, line and way out."""
    if context["address_lock"] is None:
        return [], ["No addresses.lock: addresses that change are forgotten. Run invoke lock."]
    findings = _find(context, _facts(context))
    tell = _teller(context, content)
    return (
        [tell(finding) for finding in findings if finding.level == "error"],
        [tell(finding) for finding in findings if finding.level == "advice"],
    )


def lock_addresses(context: dict[str, Any], content: Path) -> Iterator[str]:
    """Write addresses.lock for the pages as they are; yields what changed, and what is lost."""
    facts = _facts(context)
    tell = _teller(context, content)
    for finding in _find(context, facts):
        if finding.fix != LOCK_AGAIN:
            yield tell(finding)
    fresh = refresh(facts.lock, facts.places)
    for guid, entry in fresh.entries.items():
        before = facts.lock.entries.get(guid)
        if before is None:
            yield f"{guid}: /{entry.address}"
        elif before.address != entry.address:
            yield f"{guid}: /{before.address} → /{entry.address}"
    path = content / context["REDIRECTS"]["lock"]
    yield write_lock(path, dump_lock(fresh))


def write_lock(path: Path, text: str) -> str:
    """Write a lock if it differs; says which."""
    if path.is_file() and path.read_text("utf-8") == text:
        return f"{path} is up to date."
    path.write_text(text, encoding="utf-8")
    return f"{path} is written; commit it with the content."


def _facts(context: dict[str, Any]) -> Facts:
    lock: AddressLock | None = context["address_lock"]
    return survey(context["site"], context["editions"], context["views"], lock)


def _find(context: dict[str, Any], facts: Facts) -> list[Finding]:
    return find_problems(facts, resolve(facts), find_drafts(context["site"]))


def _teller(context: dict[str, Any], content: Path) -> Callable[[Finding], str]:
    """Says a finding with its place; the lock's lines are those before it is written anew."""
    path = content / context["REDIRECTS"]["lock"]
    text = path.read_text("utf-8") if path.is_file() else ""

    def tell(finding: Finding) -> str:
        place, line = finding.where, finding.line
        if not place:
            place = f"{content.name}/{path.name}"
            line = line_of(text, finding.guid) if finding.guid else 0
        numbered = f"{place}:{line}" if line else place
        return f"{numbered}: {finding.problem} {finding.fix}"

    return tell
