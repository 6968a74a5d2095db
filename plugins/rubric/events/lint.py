"""Advice on events and groups: languages, links, prices, missing recaps. It stops no build."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import PurePosixPath

from rubric.model.entry import Entry, by_key
from rubric.model.event import EventFacts
from rubric.model.finding import Finding
from rubric.model.site import Site

_RECAP_AFTER = timedelta(days=30)
_MAX_NAMES = 5
_LINKS = ("registration", "online", "recording", "slides")


def lint_events(site: Site) -> Iterator[Finding]:
    """Yield advice on all published events and groups, sorted by file."""
    entries = sorted(site.published(), key=lambda entry: entry.source)
    groups = by_key(entry for entry in entries if entry.group)
    group_of = {key.rpartition("/")[2]: versions for key, versions in groups.items()}
    seen: set[str] = set()
    without_recap: list[Entry] = []
    for entry in entries:
        if entry.event or entry.group:
            yield from _links(site, entry)
        if entry.event:
            if entry.key not in seen:
                yield from _languages(site, entry, entry.event, group_of)
                yield from _move(site, entry, entry.event)
                yield from _price(site, entry, entry.event)
                if _lacks_recap(site, entry.event):
                    without_recap.append(entry)
            seen.add(entry.key)
    yield from _recaps(site, without_recap)


def _links(site: Site, entry: Entry) -> Iterator[Finding]:
    for name in (*_LINKS, "links"):
        value = getattr(entry.metadata, name, None) or ""
        urls = [value] if isinstance(value, str) else value
        if any(url.startswith("http://") for url in urls):
            problem = f"{name} is http only, which browsers warn of."
            yield _advice(site, entry, name, problem, "Write https:// if it works.")


def _languages(
    site: Site, entry: Entry, event: EventFacts, group_of: Mapping[str, Mapping[str, Entry]]
) -> Iterator[Finding]:
    versions = group_of.get(event.group, {})
    group = next((v.group for v in versions.values() if v.group), None)
    spoken = set(event.languages) | set(event.interpretation)
    if group and group.languages and spoken and not spoken & set(group.languages):
        own, others = ", ".join(sorted(spoken)), ", ".join(group.languages)
        problem = f"is in {own}, but its group speaks {others}."
        fix = "Correct one of them, or add interpretation."
        yield _advice(site, entry, "event_languages", problem, fix)


def _move(site: Site, entry: Entry, event: EventFacts) -> Iterator[Finding]:
    if event.status == "moved" and event.moved_from is None:
        fix = "Write moved_from: with the former start."
        yield _advice(site, entry, "event_status", "moved, but doesn't say from when.", fix)


def _price(site: Site, entry: Entry, event: EventFacts) -> Iterator[Finding]:
    if event.registration.price and not event.registration.currency:
        fix = "Add currency: with its three letters, such as EUR."
        yield _advice(site, entry, "price", "price has no currency.", fix)


def _advice(site: Site, entry: Entry, field: str, problem: str, fix: str) -> Finding:
    return Finding("advice", site.where(entry), problem, fix, entry.lines.get(field, 0))


def _lacks_recap(site: Site, event: EventFacts) -> bool:
    is_old = event.takes_place and event.ends_at + _RECAP_AFTER < site.now
    has_more = event.recap or event.recording or event.slides or event.has_recap_waived
    return is_old and not has_more


def _recaps(site: Site, entries: list[Entry]) -> Iterator[Finding]:
    """Yield one advice per year, because a site that starts to use `recap` has many events."""
    for year, group in groupby(sorted(entries, key=_start), lambda entry: _start(entry).year):
        paths = [site.where(entry) for entry in group]
        fix = "Add recap:, recording: or slides:, or recap: none."
        if len(paths) == 1:
            problem = "was more than 30 days ago, and has no recap."
            yield Finding("advice", paths[0], problem, fix)
            continue
        names = [PurePosixPath(path).stem for path in paths]
        more = f" and {len(names) - _MAX_NAMES} more" if len(names) > _MAX_NAMES else ""
        problem = (
            f"{len(names)} events of {year} were more than 30 days ago, and have no recap: "
            f"{', '.join(names[:_MAX_NAMES])}{more}."
        )
        yield Finding("advice", f"{PurePosixPath(site.content)}", problem, fix)


def _start(entry: Entry) -> datetime:
    assert entry.event is not None
    return entry.event.starts_at
