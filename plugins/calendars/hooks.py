"""Where calendars meet Pelican."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path

from pelican import signals
from pelican.generators import ArticlesGenerator, Generator
from pelican.writers import Writer

from plugins.calendars.findings import compare
from plugins.calendars.late import LateWriter
from plugins.calendars.lock import Lock, effective
from plugins.calendars.lock_file import load_lock
from plugins.calendars.offers import attach_offers
from plugins.calendars.sheets import SheetMaker
from plugins.calendars.states import find_states
from plugins.model.locks import read_lock
from plugins.model.site import Site

logger = logging.getLogger(__name__)


def connect() -> None:
    signals.all_generators_finalized.connect(attach_calendars)
    signals.article_writer_finalized.connect(write_calendars)


def attach_calendars(generators: list[Generator]) -> None:
    """All editions and views are made, and none is rendered yet."""
    context, settings = generators[0].context, generators[0].settings["CALENDARS"]
    site: Site = context["site"]
    path = Path(generators[0].path, settings["lock"])
    lock = read_lock(site, path, load_lock)
    states = find_states(site, settings["authority"])
    if lock is not None:
        stale = [finding for finding in compare(lock, states.values()) if finding.level == "error"]
        for finding in stale:
            logger.warning("%s: %s %s", finding.key, finding.problem, finding.fix)
    stamps = {key: effective(lock or Lock(), state) for key, state in states.items()}
    for entry in site.published():
        stamp = stamps.get(entry.key) if entry.event else None
        if stamp and entry.date and stamp.changed_at > (entry.modified or entry.date):
            # A cancellation is news to feed readers, too.
            entry.modified = stamp.changed_at.astimezone(site.zone)
    keep = timedelta(days=settings["keep_days"])
    context["event_states"], context["event_lock"] = states, lock
    context["sheets"] = [
        sheet
        for edition in context["editions"].values()
        for sheet in SheetMaker(
            site,
            edition,
            stamps,
            settings["authority"],
            keep,
            context["formats"][edition.lang].written_language,
        ).sheets()
    ]
    for sheet in context["sheets"]:
        site.claims.add(sheet.url, "a calendar")
    attach_offers(context["sheets"], context["views"])


def write_calendars(generator: ArticlesGenerator, writer: Writer) -> None:
    authority = generator.settings["CALENDARS"]["authority"]
    calendars = LateWriter(f"-//{authority}//Rubric//EN")
    for sheet in generator.context["sheets"]:
        writer.add_file(sheet.url, calendars.write, sheet.calendar)
