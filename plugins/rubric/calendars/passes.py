"""Passes that write calendars, and compare them with what subscribers already have."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from rubric.build import Build
from rubric.calendars.findings import compare
from rubric.calendars.late import LateWriter
from rubric.calendars.lock import EventState, Lock, Stamp, effective
from rubric.calendars.lock_file import load_lock
from rubric.calendars.offers import attach_offers
from rubric.calendars.sheets import Sheet, SheetMaker
from rubric.calendars.states import find_states
from rubric.model.locks import read_lock
from rubric.model.site import Site

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CalendarPlan:
    """The state of each event by its key, the committed lock if any, and all calendars."""

    states: Mapping[str, EventState]
    lock: Lock | None
    sheets: list[Sheet]


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
                logger.warning("%s: %s %s", finding.key, finding.problem, finding.fix)
    stamps = {key: effective(lock or Lock(), state) for key, state in states.items()}
    _note_changes(site, stamps)
    keep = timedelta(days=settings["keep_days"])
    sheets = [
        sheet
        for edition in build.editions.values()
        for sheet in SheetMaker(
            site,
            edition,
            stamps,
            settings["authority"],
            keep,
            build.formats[edition.lang].written_language,
        ).sheets()
    ]
    for sheet in sheets:
        site.claims.add(sheet.url, "a calendar")
    attach_offers(sheets, build.views)
    build.keep(CalendarPlan(states, lock, sheets))


def _note_changes(site: Site, stamps: Mapping[str, Stamp]) -> None:
    """A change that calendars announce, such as a cancellation, is news to feeds, too."""
    for entry in site.published():
        stamp = stamps.get(entry.key) if entry.event else None
        if stamp and entry.date and stamp.changed_at > (entry.modified or entry.date):
            entry.modified = stamp.changed_at.astimezone(site.zone)


def write_calendars(build: Build) -> None:
    """Write all calendars."""
    plan = build.find(CalendarPlan)
    if plan is None:
        return
    calendars = LateWriter(f"-//{build.settings['CALENDARS']['authority']}//Rubric//EN")
    for sheet in plan.sheets:
        build.outputs.add_file(sheet.url, calendars.write, sheet.calendar)
