"""Implements `invoke check`, which also reports what does not stop a build, and `invoke lock`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from rubric.bridge.dry_run import read_site
from rubric.build import Build
from rubric.calendars.findings import LOCK_FIX, compare
from rubric.calendars.lock import Lock, dump_lock, refresh
from rubric.calendars.passes import CalendarPlan
from rubric.events.lint import lint_events
from tools.address_lock import check_addresses, lock_addresses, write_lock


def check_site(content: Path, settings: Path) -> tuple[list[str], list[str]]:
    """Read and check the site; return errors and advice.

    Raises BuildFailed if the content has errors that stop a build.
    """
    build = read_site(content, settings)
    errors: list[str] = []
    site = build.site
    advice = [
        f"{site.where(entry)}: has no date, so it stays a draft. Add a line date: … at the top."
        for entry in site.entries
        if entry.lacks_date
    ]
    advice += map(str, lint_events(site))
    plan = build.find(CalendarPlan)
    if plan and plan.lock is None and plan.states:
        advice.append("No events.lock: changed events keep SEQUENCE 0. Run invoke lock.")
    for finding in compare(plan.lock, plan.states.values()) if plan and plan.lock else ():
        (errors if finding.level == "error" else advice).append(str(finding))
    lost, unlocked = check_addresses(build, content)
    return [*errors, *lost], [*advice, *unlocked]


def lock_site(content: Path, settings: Path, now: datetime | None = None) -> Iterator[str]:
    """Write events.lock and addresses.lock for the current content; yield all changes."""
    build = read_site(content, settings)
    yield from lock_events(build, content, now or datetime.now(UTC))
    yield from lock_addresses(build, content)


def lock_events(build: Build, content: Path, now: datetime) -> Iterator[str]:
    """Write events.lock for the current events; yield all changes."""
    path = content / build.settings["CALENDARS"]["lock"]
    plan = build.find(CalendarPlan)
    if plan is None:
        yield f"{path} is not written: it needs rubric.events and rubric.calendars in PLUGINS."
        return
    lock, states = plan.lock or Lock(), plan.states
    for finding in compare(lock, states.values()):
        if finding.fix != LOCK_FIX:
            yield str(finding)
    fresh = refresh(lock, states.values(), now)
    for key, event in sorted(fresh.events.items()):
        before = lock.events.get(key)
        if before != event:
            change = "new" if before is None else f"SEQUENCE {before.sequence} → {event.sequence}"
            yield f"{key}: {'removed' if event.is_gone else change}"
    yield write_lock(path, dump_lock(fresh))
