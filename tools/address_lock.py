"""The lock of published addresses: what `invoke check` and `invoke lock` say of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from rubric.build import Build
from rubric.model.toml import line_of
from rubric.redirects.findings import LOCK_AGAIN, Finding, find_problems
from rubric.redirects.lock import AddressLock, refresh
from rubric.redirects.lock_file import dump_lock
from rubric.redirects.passes import LockedAddresses
from rubric.redirects.resolve import Facts, resolve
from rubric.redirects.survey import find_drafts, survey


def check_addresses(build: Build, content: Path) -> tuple[list[str], list[str]]:
    """Errors and advice about published addresses, each with file, line and way out."""
    locked = build.find(LockedAddresses)
    if locked is None:
        return [], []
    if locked.lock is None:
        return [], ["No addresses.lock: addresses that change are forgotten. Run invoke lock."]
    findings = _find(build, _facts(build))
    tell = _teller(build, content)
    return (
        [tell(finding) for finding in findings if finding.level == "error"],
        [tell(finding) for finding in findings if finding.level == "advice"],
    )


def lock_addresses(build: Build, content: Path) -> Iterator[str]:
    """Write addresses.lock for the pages as they are; yields what changed, and what is lost."""
    path = content / build.settings["REDIRECTS"]["lock"]
    if build.find(LockedAddresses) is None:
        yield f"{path} is not written: it needs rubric.redirects in PLUGINS."
        return
    facts = _facts(build)
    tell = _teller(build, content)
    for finding in _find(build, facts):
        if finding.fix != LOCK_AGAIN:
            yield tell(finding)
    fresh = refresh(facts.lock, facts.places)
    for guid, entry in fresh.entries.items():
        before = facts.lock.entries.get(guid)
        if before is None:
            yield f"{guid}: /{entry.address}"
        elif before.address != entry.address:
            yield f"{guid}: /{before.address} → /{entry.address}"
    yield write_lock(path, dump_lock(fresh))


def write_lock(path: Path, text: str) -> str:
    """Write a lock if it differs; says which."""
    if path.is_file() and path.read_text("utf-8") == text:
        return f"{path} is up to date."
    path.write_text(text, encoding="utf-8")
    return f"{path} is written; commit it with the content."


def _facts(build: Build) -> Facts:
    lock: AddressLock | None = build.get(LockedAddresses).lock
    return survey(build.site, build.editions, build.views, lock)


def _find(build: Build, facts: Facts) -> list[Finding]:
    return find_problems(facts, resolve(facts), find_drafts(build.site))


def _teller(build: Build, content: Path) -> Callable[[Finding], str]:
    """Says a finding with its place; the lock's lines are those before it is written anew."""
    path = content / build.settings["REDIRECTS"]["lock"]
    text = path.read_text("utf-8") if path.is_file() else ""

    def tell(finding: Finding) -> str:
        place, line = finding.where, finding.line
        if not place:
            place = f"{content.name}/{path.name}"
            line = line_of(text, finding.guid) if finding.guid else 0
        numbered = f"{place}:{line}" if line else place
        return f"{numbered}: {finding.problem} {finding.fix}"

    return tell
