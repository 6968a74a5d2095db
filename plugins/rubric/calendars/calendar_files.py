"""Plans the calendar files of an edition and the events in each of them.

| file | events |
|---|---|
| `events/calendar.ics` | all events, and tentative dates of all groups |
| `events/calendar-<lang>.ics` | events held in one language |
| `<place, tag or group>/calendar.ics` | events of that place, tag or group |
| `events/<slug>/event.ics` | one event, to download |
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from rubric.calendars.lock import Revision, default_uid
from rubric.calendars.model import Calendar, CalendarEvent
from rubric.model.edition import Edition, Listing
from rubric.model.site import Site
from rubric.model.typography import plain_spaces

# A group needs no date. The current time would change the file with every build.
_UNDATED = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """One calendar file at `url`, offered on the page `page`; both are paths below the root."""

    url: str
    page: str
    title: str
    calendar: Calendar

    def __repr__(self) -> str:
        return f"<CalendarFile {self.url}>"


@dataclass(slots=True)
class CalendarFileBuilder:
    """Builds all calendar files of one edition.

    `revisions` maps the translation key of an event to its UID, SEQUENCE and time of change.
    `authority` is the permanent last part of the UIDs of tentative dates. Events that ended
    more than `keep` ago are left out of calendars for subscribers. `language_name` returns
    the name of a language by its BCP 47 tag.
    """

    site: Site
    edition: Edition
    revisions: Mapping[str, Revision]
    authority: str
    keep: timedelta
    language_name: Callable[[str], str]
    _built: dict[str, CalendarEvent] = field(default_factory=dict)

    def build(self) -> Iterator[CalendarFile]:
        """Yield every calendar file of the edition; the one with all events comes first."""
        edition, name = self.edition, self.edition.language.site_name
        home = edition.home
        page = f"{home}events/"
        yield self._subscription(page, "calendar.ics", name, edition.events, edition.groups)
        by_language = _group(edition.events, lambda item: item.event.languages)
        for code, events in sorted(by_language.items()):
            title = self._title(self.language_name(code))
            yield self._subscription(page, f"calendar-{code}.ics", title, events)
        for place in edition.places.values():
            title = self._title(place.name)
            yield self._subscription(place.url, "calendar.ics", title, place.events, place.groups)
        by_tag = _group(edition.events, lambda item: [tag.identity for tag in item.entry.tags])
        for identity, tag in edition.tags.items():
            if identity in by_tag:
                title = self._title(tag.label)
                yield self._subscription(tag.url, "calendar.ics", title, by_tag[identity])
        yield from self._groups()
        for item in edition.events:
            if item.url.startswith(home):
                yield self._single(item)

    def _title(self, part: str) -> str:
        site = self.edition.language.site_name
        return self.edition.gettext("%(site)s: %(part)s") % {"site": site, "part": part}

    def _groups(self) -> Iterator[CalendarFile]:
        by_group = _group(self.edition.events, lambda item: [item.event.group])
        for group in self.edition.groups:
            if group.url.startswith(self.edition.home):
                events = by_group.get(group.entry.key.rpartition("/")[2], [])
                title = group.entry.title
                yield self._subscription(group.url, "calendar.ics", title, events, [group])

    def _subscription(
        self,
        page: str,
        file: str,
        title: str,
        events: Iterable[Listing],
        groups: Iterable[Listing] = (),
    ) -> CalendarFile:
        now, keep = self.site.now, self.keep
        entries = [self._event(item) for item in events if now < item.event.ends_at + keep]
        entries += [entry for group in groups for entry in self._tentative(group)]
        return self._file(page, file, title, tuple(entries), is_single=False)

    def _single(self, item: Listing) -> CalendarFile:
        events = (self._event(item),)
        return self._file(item.url, "event.ics", item.entry.title, events, is_single=True)

    def _file(
        self,
        page: str,
        file: str,
        title: str,
        events: tuple[CalendarEvent, ...],
        *,
        is_single: bool,
    ) -> CalendarFile:
        calendar = Calendar(
            name=plain_spaces(title),
            description=self.edition.language.tagline,
            language=self.edition.language.tag,
            url=self.site.absolute(page),
            source=self.site.absolute(f"{page}{file}"),
            events=events,
            is_single=is_single,
        )
        return CalendarFile(f"{page}{file}", page, title, calendar)

    def _event(self, item: Listing) -> CalendarEvent:
        """Return the calendar event of an entry, built once for all files."""
        key = item.entry.key
        if key not in self._built:
            self._built[key] = self._build_event(item)
        return self._built[key]

    def _build_event(self, item: Listing) -> CalendarEvent:
        entry, event, place = item.entry, item.event, item.event.place
        revision = self.revisions[entry.key]
        where = [place.venue, place.street, place.city] if event.attendance != "online" else []
        return CalendarEvent(
            uid=revision.uid,
            sequence=revision.sequence,
            changed_at=revision.changed_at,
            starts_at=event.starts_at,
            ends_at=event.ends_at,
            has_stated_end=event.has_stated_end,
            all_day=event.all_day,
            status=event.status,
            summary=plain_spaces(self.edition.title_of(entry)),
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
        lines = [plain_spaces(item.entry.summary), self.site.absolute(item.url)]
        if event.online:
            lines.append(f"{_('Online')}: {event.online}")
        if event.registration.url and event.takes_place and not event.registration.sold_out:
            lines.append(f"{_('Register')}: {event.registration.url}")
        return "\n".join(filter(None, lines))

    def _tentative(self, item: Listing) -> Iterator[CalendarEvent]:
        """Yield the dates of a group's rhythm that no event has confirmed yet.

        Once an event confirms a date, its tentative entry is no longer in the file, so
        subscribed calendars remove it.
        """
        entry, group = item.entry, item.entry.group
        assert group is not None
        for meeting in group.tentative:
            day = meeting.starts_at.date().isoformat()
            yield CalendarEvent(
                # Translation keys contain no colon, so no event can have this UID.
                uid=f"promised:{default_uid(f'{entry.key}/{day}', self.authority)}",
                sequence=0,
                changed_at=entry.modified or entry.date or _UNDATED,
                starts_at=meeting.starts_at,
                ends_at=meeting.ends_at,
                has_stated_end=True,
                status="tentative",
                summary=(
                    f"{plain_spaces(entry.title)} ({self.edition.gettext('Not confirmed yet')})"
                ),
                description="\n".join([plain_spaces(entry.summary), self.site.absolute(item.url)]),
                location=group.city,
                url=self.site.absolute(item.url),
                language=self.site.languages[entry.lang].tag,
            )

    def __repr__(self) -> str:
        return f"<CalendarFileBuilder of {self.edition!r}>"


def _group(
    listings: Iterable[Listing], keys_of: Callable[[Listing], Iterable[str]]
) -> dict[str, list[Listing]]:
    """Group listings by each of their keys; each group keeps their order."""
    groups: dict[str, list[Listing]] = {}
    for item in listings:
        for key in dict.fromkeys(keys_of(item)):
            groups.setdefault(key, []).append(item)
    return groups
