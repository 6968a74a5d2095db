"""Checks events and groups whose front matter already has errors for further errors.

Authors should see all errors of a file at once: a price that is not a number must not hide
that the end is before the start.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import copy

from rubric.events.merging import Versions
from rubric.model.entry import by_key
from rubric.model.errors import ErrorLog
from rubric.model.kinds import Kind
from rubric.model.site import Site


def check_incomplete(site: Site, kind: Kind, gather: Callable[[Site, Versions], object]) -> None:
    """Report further errors of events or groups; `gather` adds the errors of one to a site."""
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
