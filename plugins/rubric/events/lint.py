"""Advice on events and groups: languages, links, prices, missing recaps. It stops no build."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from pathlib import PurePosixPath

from rubric.model.entry import Entry, by_key
from rubric.model.event import EventFacts
from rubric.model.site import Site

_RECAP_AFTER = timedelta(days=30)
_MAX_NAMES = 5
_LINKS = ("registration", "online", "recording", "slides")


@dataclass(frozen=True, slots=True)
class Advice:
    """A possible improvement: file, line (0 if unknown), and a text with problem and fix."""

    path: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}" if self.line else f"{self.path}: {self.text}"


def lint_events(site: Site) -> Iterator[Advice]:
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


def _links(site: Site, entry: Entry) -> Iterator[Advice]:
    for name in (*_LINKS, "links"):
        value = getattr(entry.metadata, name, None) or ""
        urls = [value] if isinstance(value, str) else value
        if any(url.startswith("http://") for url in urls):
            text = f"{name} is http only, which browsers warn of. Write https:// if it works."
            yield Advice(site.where(entry), entry.lines.get(name, 0), text)


def _languages(
    site: Site, entry: Entry, event: EventFacts, group_of: Mapping[str, Mapping[str, Entry]]
) -> Iterator[Advice]:
    versions = group_of.get(event.group, {})
    group = next((v.group for v in versions.values() if v.group), None)
    spoken = set(event.languages) | set(event.interpretation)
    if group and group.languages and spoken and not spoken & set(group.languages):
        text = (
            f"is in {', '.join(sorted(spoken))}, but its group speaks "
            f"{', '.join(group.languages)}. Correct one of them, or add interpretation."
        )
        yield Advice(site.where(entry), entry.lines.get("event_languages", 0), text)


def _move(site: Site, entry: Entry, event: EventFacts) -> Iterator[Advice]:
    if event.status == "moved" and event.moved_from is None:
        text = "moved, but doesn't say from when. Write moved_from: with the former start."
        yield Advice(site.where(entry), entry.lines.get("event_status", 0), text)


def _price(site: Site, entry: Entry, event: EventFacts) -> Iterator[Advice]:
    if event.registration.price and not event.registration.currency:
        text = "price has no currency. Add currency: with its three letters, such as EUR."
        yield Advice(site.where(entry), entry.lines.get("price", 0), text)


def _lacks_recap(site: Site, event: EventFacts) -> bool:
    is_old = event.takes_place and event.ends_at + _RECAP_AFTER < site.now
    has_more = event.recap or event.recording or event.slides or event.has_recap_waived
    return is_old and not has_more


def _recaps(site: Site, entries: list[Entry]) -> Iterator[Advice]:
    """Yield one advice per year, because a site that starts to use `recap` has many events."""
    for year, group in groupby(sorted(entries, key=_start), lambda entry: _start(entry).year):
        paths = [site.where(entry) for entry in group]
        fix = "Add recap:, recording: or slides:, or recap: none."
        if len(paths) == 1:
            text = f"was more than 30 days ago, and has no recap. {fix}"
            yield Advice(paths[0], 0, text)
            continue
        names = [PurePosixPath(path).stem for path in paths]
        more = f" and {len(names) - _MAX_NAMES} more" if len(names) > _MAX_NAMES else ""
        text = (
            f"{len(names)} events of {year} were more than 30 days ago, and have no recap: "
            f"{', '.join(names[:_MAX_NAMES])}{more}. {fix}"
        )
        yield Advice(f"{PurePosixPath(site.content)}", 0, text)


def _start(entry: Entry) -> datetime:
    assert entry.event is not None
    return entry.event.starts_at
