"""Drafts the next issue of a mailing list (`invoke newsletter.draft`)."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timezone
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

from rubric.bridge.dry_run import read_site
from rubric.model.moment import localize, parse_moment
from rubric.model.newsletter import MailingList
from rubric.model.rules import suggest
from rubric.model.site import Site
from rubric.newsletter.draft import name_issue, write_draft
from rubric.newsletter.history import read_history
from rubric.newsletter.passes import NewsletterPlan
from rubric.newsletter.select import Selection, select
from rubric.newsletter.windows import format_time


def draft_issue(content: Path, settings: Path, key: str, until: str = "", now: str = "") -> str:
    """Write the file of the next issue of a mailing list, unless it would be empty.

    Args:
        content: The content folder.
        settings: The settings file.
        key: The key of the list in NEWSLETTER.
        until: The end of the period, a date or time in the site's zone; the current time by
            default.
        now: The current time, as seconds since 1970 or as ISO 8601 time with offset. By
            default it is SOURCE_DATE_EPOCH or the system clock.

    Returns:
        A message for the user.

    Raises:
        BuildFailed: The content has errors.
        ValueError: The list does not exist, a time is invalid, or an earlier issue covers the
            period.

    """
    with _clock(now):
        build = read_site(content, settings)
    site: Site = build.site
    mailing = _find_list(build.get(NewsletterPlan).lists, key)
    history = read_history(mailing, site.entries, site.zone)
    edition = build.editions[mailing.lang]
    end = read_time(until, site.zone) if until else site.now
    selection = select(mailing, edition, history, end, site.zone)
    start, stop = selection.window_start, selection.window_end
    span = f"{format_time(start, site.zone)} – {format_time(stop, site.zone)}"
    if selection.is_empty:
        return f"{key}: no news for {span}, so no issue was written."
    formats = build.formats[mailing.lang]
    title = formats.joined([mailing.name, formats.date(selection.window_end)])
    text = write_draft(mailing, selection, title, site.zone)
    path = _write(content / mailing.lang / "newsletter", mailing, selection, text)
    return f"{path} (posts: {len(selection.posts)}, events: {len(selection.events)}; {span})"


def read_time(text: str, zone: ZoneInfo) -> datetime:
    """Parse a time, or a date, which means its midnight; `zone` applies if there is no offset.

    Raises ValueError.
    """
    moment = parse_moment(text)
    if moment.offset is not None:
        return moment.local.replace(tzinfo=timezone(moment.offset)).astimezone(zone)
    return localize(moment, zone, fold=0)


@contextmanager
def _clock(now: str) -> Iterator[None]:
    """Set SOURCE_DATE_EPOCH to `now`, seconds since 1970 or a time with offset, if not empty."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    if now:
        seconds = now if now.isdigit() else str(int(_instant(now).timestamp()))
        os.environ["SOURCE_DATE_EPOCH"] = seconds
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("SOURCE_DATE_EPOCH", None)
        else:
            os.environ["SOURCE_DATE_EPOCH"] = before


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        instant = None
    if instant is None or instant.tzinfo is None:
        raise ValueError(
            f"--now: “{text}” is not a time with offset. Write it as 2026-11-20T09:00:00+05:00."
        )
    return instant


def _find_list(lists: Mapping[str, MailingList], key: str) -> MailingList:
    if key not in lists:
        hint = suggest(key, lists, f"Lists are {', '.join(lists) or 'none'}.")
        raise ValueError(f"There is no mailing list “{key}” in NEWSLETTER. {hint}")
    return lists[key]


def _write(folder: Path, mailing: MailingList, selection: Selection, text: str) -> Path:
    """Write a new file; the second and later issues of a day get a number."""
    folder.mkdir(parents=True, exist_ok=True)
    name = name_issue(mailing, selection)
    for number in count(1):
        path = folder / (f"{name}.md" if number == 1 else f"{name}-{number}.md")
        try:
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
        except FileExistsError:
            continue
        return path
    raise AssertionError
