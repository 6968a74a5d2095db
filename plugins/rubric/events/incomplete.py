"""Checks events and groups whose front matter already has errors for further errors.

Authors should see all errors of a file at once: a price that is not a number must not hide
that the end is before the start.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping
from copy import copy
from datetime import timedelta

from rubric.events.facts import gather_event
from rubric.events.groups import gather_group
from rubric.events.merging import Versions
from rubric.model.entry import by_key
from rubric.model.errors import ErrorLog
from rubric.model.kinds import EVENT, GROUP, Kind
from rubric.model.site import Site


def check_incomplete_groups(site: Site) -> dict[str, Versions]:
    """Report further mistakes of groups; returns these groups by file name."""
    _report(site, GROUP, gather_group)
    groups = by_key(entry for entry in site.incomplete if entry.group)
    return {key.rpartition("/")[2]: versions for key, versions in groups.items()}


def check_incomplete_events(
    site: Site, groups: Mapping[str, Versions], posts: Container[str], duration: timedelta
) -> None:
    """Report further mistakes of events."""
    _report(site, EVENT, lambda scratch, each: gather_event(scratch, each, groups, posts, duration))


def _report(site: Site, kind: Kind, gather: Callable[[Site, Versions], object]) -> None:
    failed = by_key(entry for entry in site.incomplete if entry.kind == kind)
    if not failed:
        return
    scratch = copy(site)
    scratch.errors, scratch.failed_keys = ErrorLog(), set()
    others = by_key(entry for entry in site.entries if entry.key in failed)
    for key, versions in failed.items():
        gather(scratch, {**others.get(key, {}), **versions})
    reported = {(error.path, error.field) for error in site.errors}
    paths = {site.where(entry) for versions in failed.values() for entry in versions.values()}
    for error in scratch.errors:
        # A field with an error was removed, so do not report it as missing.
        if error.path in paths and (error.path, error.field) not in reported:
            site.errors.add(
                error.path, error.problem, error.fix, line=error.line, field=error.field
            )
