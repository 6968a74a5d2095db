"""Which calendars there are, and what stands in each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from rubric.calendars.entries import Calendar, CalendarEvent
from rubric.calendars.lock import Stamp, default_uid
from rubric.model.edition import Edition, Listing
from rubric.model.site import Site

# Groups need no date, and "now" would change with every build.
_UNDATED = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One calendar file at `url`, for the page at `page` (both below the site's root)."""

    url: str
    page: str
    title: str
    calendar: Calendar

    def __repr__(self) -> str:
        return f"<Sheet {self.url}>"


@dataclass(slots=True)
class SheetMaker:
    """Makes all calendars of one edition.

    `stamps` gives UID, SEQUENCE and time of last change by an event's key; `authority` is the
    permanent part of the UIDs of promised dates; older events than `keep` are left out of
    the calendars one subscribes to; `language_name` says a language by its tag.
    """

    site: Site
    edition: Edition
    stamps: Mapping[str, Stamp]
    authority: str
    keep: timedelta
    language_name: Callable[[str], str]
    _made: dict[str, CalendarEvent] = field(default_factory=dict)

    def sheets(self) -> Iterator[Sheet]:
        edition, name = self.edition, self.edition.language.site_name
        home = edition.home
        yield self._sheet(f"{home}events/", "calendar.ics", name, edition.events, edition.groups)
        spoken = _group(edition.events, lambda item: item.event.languages)
        for code, events in sorted(spoken.items()):
            yield self._sheet(
                f"{home}events/",
                f"calendar-{code}.ics",
                self._part(self.language_name(code)),
                events,
            )
        for place in edition.places.values():
            yield self._sheet(
                place.url, "calendar.ics", self._part(place.name), place.events, place.groups
            )
        tagged = _group(edition.events, lambda item: [tag.identity for tag in item.entry.tags])
        for identity, tag in edition.tags.items():
            if identity in tagged:
                label = self._part(tag.label)
                yield self._sheet(tag.url, "calendar.ics", label, tagged[identity])
        yield from self._groups()
        for item in edition.events:
            if item.url.startswith(home):
                yield self._single(item)

    def _part(self, label: str) -> str:
        site = self.edition.language.site_name
        return self.edition.gettext("%(site)s: %(part)s") % {"site": site, "part": label}

    def _groups(self) -> Iterator[Sheet]:
        held = _group(self.edition.events, lambda item: [item.event.group])
        for group in self.edition.groups:
            if group.url.startswith(self.edition.home):
                events = held.get(group.entry.key.rpartition("/")[2], [])
                yield self._sheet(group.url, "calendar.ics", group.entry.title, events, [group])

    def _sheet(
        self,
        page: str,
        file: str,
        title: str,
        events: Iterable[Listing],
        groups: Iterable[Listing] = (),
    ) -> Sheet:
        now, keep = self.site.now, self.keep
        entries = [self._entry(item) for item in events if now < item.event.ends_at + keep]
        entries += [entry for group in groups for entry in self._promised(group)]
        return self._file(page, file, title, tuple(entries), is_single=False)

    def _single(self, item: Listing) -> Sheet:
        entries = (self._entry(item),)
        return self._file(item.url, "event.ics", item.entry.title, entries, is_single=True)

    def _file(
        self,
        page: str,
        file: str,
        title: str,
        events: tuple[CalendarEvent, ...],
        *,
        is_single: bool,
    ) -> Sheet:
        calendar = Calendar(
            name=title,
            description=self.edition.language.tagline,
            language=self.edition.language.tag,
            url=self.site.absolute(page),
            source=self.site.absolute(f"{page}{file}"),
            events=events,
            is_single=is_single,
        )
        return Sheet(f"{page}{file}", page, title, calendar)

    def _entry(self, item: Listing) -> CalendarEvent:
        key = item.entry.key
        if key not in self._made:
            self._made[key] = self._make(item)
        return self._made[key]

    def _make(self, item: Listing) -> CalendarEvent:
        entry, event, place = item.entry, item.event, item.event.place
        stamp = self.stamps[entry.key]
        where = [place.venue, place.street, place.city] if event.attendance != "online" else []
        return CalendarEvent(
            uid=stamp.uid,
            sequence=stamp.sequence,
            changed_at=stamp.changed_at,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            has_stated_end=event.has_stated_end,
            all_day=event.all_day,
            status=event.status,
            summary=self.edition.title_of(entry),
            description=self._description(item),
            location=", ".join(filter(None, where)) or event.online,
            latitude=place.latitude,
            longitude=place.longitude,
            url=self.site.absolute(item.url),
            categories=tuple(self.edition.tags[tag.identity].label for tag in entry.tags),
            language=self.site.languages[entry.lang].tag,
        )

    def _description(self, item: Listing) -> str:
        event, _ = item.event, self.edition.gettext
        lines = [item.entry.summary, self.site.absolute(item.url)]
        if event.online:
            lines.append(f"{_('Online')}: {event.online}")
        if event.registration.url and event.takes_place and not event.registration.sold_out:
            lines.append(f"{_('Register')}: {event.registration.url}")
        return "\n".join(filter(None, lines))

    def _promised(self, item: Listing) -> Iterator[CalendarEvent]:
        """Dates of a rhythm; one that an event confirms is left out, and so goes from calendars."""
        entry, group = item.entry, item.entry.group
        assert group is not None
        for meeting in group.tentative:
            day = meeting.starts_at.date().isoformat()
            yield CalendarEvent(
                # No key holds a colon, so no event can have this UID.
                uid=f"promised:{default_uid(f'{entry.key}/{day}', self.authority)}",
                sequence=0,
                changed_at=entry.modified or entry.date or _UNDATED,
                starts_at=meeting.starts_at,
                ends_at=meeting.ends_at,
                has_stated_end=True,
                status="tentative",
                summary=f"{entry.title} ({self.edition.gettext('Not confirmed yet')})",
                description="\n".join([entry.summary, self.site.absolute(item.url)]),
                location=group.city,
                url=self.site.absolute(item.url),
                language=self.site.languages[entry.lang].tag,
            )

    def __repr__(self) -> str:
        return f"<SheetMaker of {self.edition!r}>"


def _group(
    listings: Iterable[Listing], keys_of: Callable[[Listing], Iterable[str]]
) -> dict[str, list[Listing]]:
    """Listings by each of their keys, in their order."""
    groups: dict[str, list[Listing]] = {}
    for item in listings:
        for key in dict.fromkeys(keys_of(item)):
            groups.setdefault(key, []).append(item)
    return groups
