"""Passes that plan and write calendars, and compare events with events.lock."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from rubric.build import Build
from rubric.calendars.calendar_files import CalendarFile, CalendarFileBuilder
from rubric.calendars.calendar_links import attach_calendar_links
from rubric.calendars.findings import compare, find_states
from rubric.calendars.lock import EventState, Lock, Revision, current_revision, load_lock
from rubric.calendars.model import Calendar
from rubric.model.locks import read_lock
from rubric.model.site import Site

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CalendarPlan:
    """The state of each event by translation key, the committed lock if any, and all files."""

    states: Mapping[str, EventState]
    lock: Lock | None
    files: list[CalendarFile]


def plan_calendars(build: Build) -> None:
    """Plan all calendars; warn of events that changed since events.lock was written.

    Without `rubric.events` there are none: all events would count as vanished.
    """
    site, settings = build.site, build.settings["CALENDARS"]
    if "events" not in site.features:
        return
    lock = read_lock(site, build.content / settings["lock"], load_lock)
    states = find_states(site, settings["authority"])
    if lock is not None:
        for finding in compare(lock, states.values()):
            if finding.level == "error":
                logger.warning("%s", finding)
    revisions = {key: current_revision(lock or Lock(), state) for key, state in states.items()}
    _update_modified(site, revisions)
    keep = timedelta(days=settings["keep_days"])
    files = [
        file
        for edition in build.editions.values()
        for file in CalendarFileBuilder(
            site,
            edition,
            revisions,
            settings["authority"],
            keep,
            build.formats[edition.lang].written_language,
        ).build()
    ]
    for file in files:
        site.claims.add(file.url, "a calendar")
    attach_calendar_links(files, build.views)
    build.keep(CalendarPlan(states, lock, files))


def _update_modified(site: Site, revisions: Mapping[str, Revision]) -> None:
    """Set `modified` of events that changed in calendars, so that feeds update them, too."""
    for entry in site.published():
        revision = revisions.get(entry.key) if entry.event else None
        if revision and entry.date and revision.changed_at > (entry.modified or entry.date):
            entry.modified = revision.changed_at.astimezone(site.zone)


def write_calendars(build: Build) -> None:
    """Write all calendars."""
    plan = build.find(CalendarPlan)
    if plan is None:
        return
    writer = LazyWriter(f"-//{build.settings['CALENDARS']['authority']}//Rubric//EN")
    for file in plan.files:
        build.outputs.add_file(file.url, writer.write, file.calendar)


@dataclass(slots=True)
class LazyWriter:
    """Creates a `CalendarWriter`, which imports icalendar, on the first call of `write`.

    Most incremental builds write no calendar, and the import takes longer than many of them.
    """

    prodid: str
    _writer: Any = field(default=None, compare=False)

    def write(self, calendar: Calendar) -> bytes:
        """Render one calendar; see `CalendarWriter.write`."""
        if self._writer is None:
            from rubric.calendars.writer import CalendarWriter

            self._writer = CalendarWriter(self.prodid)
        content: bytes = self._writer.write(calendar)
        return content
