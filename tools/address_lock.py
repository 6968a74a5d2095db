"""Checks and updates addresses.lock for `invoke check` and `invoke lock`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from rubric.build import Build
from rubric.model.toml import line_of
from rubric.redirects.findings import LOCK_FIX, AddressFinding, find_problems
from rubric.redirects.inventory import build_inventory, find_drafts
from rubric.redirects.lock import AddressLock, dump_lock, refresh
from rubric.redirects.passes import CommittedLock
from rubric.redirects.resolve import Inventory, resolve


def check_addresses(build: Build, content: Path) -> tuple[list[str], list[str]]:
    """Return errors and advice about published addresses, each with file, line and fix."""
    locked = build.find(CommittedLock)
    if locked is None:
        return [], []
    if locked.lock is None:
        return [], ["No addresses.lock: moved pages will not redirect. Run invoke lock."]
    findings = _find(build, _inventory(build))
    message = _formatter(build, content)
    return (
        [message(finding) for finding in findings if finding.level == "error"],
        [message(finding) for finding in findings if finding.level == "advice"],
    )


def lock_addresses(build: Build, content: Path) -> Iterator[str]:
    """Write addresses.lock for the current pages; yield lost addresses and all changes."""
    path = content / build.settings["REDIRECTS"]["lock"]
    if build.find(CommittedLock) is None:
        yield f"{path} is not written: it needs rubric.redirects in PLUGINS."
        return
    inventory = _inventory(build)
    message = _formatter(build, content)
    for finding in _find(build, inventory):
        if finding.fix != LOCK_FIX:
            yield message(finding)
    fresh = refresh(inventory.lock, inventory.pages)
    for guid, entry in fresh.entries.items():
        before = inventory.lock.entries.get(guid)
        if before is None:
            yield f"{guid}: /{entry.address}"
        elif before.address != entry.address:
            yield f"{guid}: /{before.address} → /{entry.address}"
    yield write_lock(path, dump_lock(fresh))


def write_lock(path: Path, text: str) -> str:
    """Write a lock file if its text changed; return a message for the user."""
    if path.is_file() and path.read_text("utf-8") == text:
        return f"{path} is up to date."
    path.write_text(text, encoding="utf-8")
    return f"{path} was updated; commit it with the content."


def _inventory(build: Build) -> Inventory:
    lock: AddressLock | None = build.get(CommittedLock).lock
    return build_inventory(build.site, build.editions, build.views, lock)


def _find(build: Build, inventory: Inventory) -> list[AddressFinding]:
    return find_problems(inventory, resolve(inventory), find_drafts(build.site))


def _formatter(build: Build, content: Path) -> Callable[[AddressFinding], str]:
    """Return a function that formats findings as `file:line: problem fix`.

    Line numbers of the lock are those of the file as it is now, before an update.
    """
    path = content / build.settings["REDIRECTS"]["lock"]
    text = path.read_text("utf-8") if path.is_file() else ""

    def message(finding: AddressFinding) -> str:
        if finding.where:
            return str(finding)
        line = line_of(text, finding.guid) if finding.guid else 0
        return str(replace(finding, where=f"{content.name}/{path.name}", line=line))

    return message
