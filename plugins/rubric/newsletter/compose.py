"""Composes the content of an issue: localized texts and absolute URLs, ready for templates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from rubric.model.edition import Listing
from rubric.model.entry import Entry
from rubric.model.event import STATUS_MESSAGES, EventFacts
from rubric.model.image_size import Size
from rubric.model.newsletter import UNSUBSCRIBE_SLOT, Issue, Piece
from rubric.model.site import Site
from rubric.newsletter.addresses import Addresses, with_query
from rubric.newsletter.body import Measure, pictures_in, to_mail_html
from rubric.newsletter.colours import ACCENT, lighten
from rubric.newsletter.issue_content import IssueContent, Link, Meetup, Picture, Story
from rubric.newsletter.localizer import Localizer
from rubric.newsletter.typography import typography_of

CONTENT_WIDTH = 536
"""Width of an email's content in pixels: 600 minus margins of 32 on either side."""


def pictures_of(issue: Issue) -> Iterator[str]:
    """Yield the addresses of all images whose size is needed to compose the issue."""
    entries = [piece.listing.entry for piece in issue.posts]
    yield from (entry.picture for entry in entries if entry.picture)
    for entry in [issue.entry, *(entries if issue.list.is_full else ())]:
        if entry.has_pictures:
            yield from pictures_in(entry.body)


@dataclass(slots=True)
class Composer:
    """Composes one issue. `measure` returns the size of an image.

    `feedback_url` receives the answers to the feedback question; if empty, the site's thank-you
    page is linked.
    """

    issue: Issue
    site: Site
    localizer: Localizer
    addresses: Addresses
    measure: Measure
    feedback_url: str = ""
    _shades: dict[str, str] = field(default_factory=dict)

    def compose(self) -> IssueContent:
        issue, formats, _ = self.issue, self.localizer.formats, self.localizer.gettext
        archive = self.site.absolute(issue.entry.url)
        return IssueContent(
            issue=issue,
            typography=typography_of(issue.language.tag),
            number=_("Issue %(n)s") % {"n": formats.number(issue.number)},
            date=formats.date(issue.date),
            home=self.addresses.page(f"{issue.language.key}/"),
            archive=archive,
            browser=archive,
            unsubscribe=UNSUBSCRIBE_SLOT,
            address=issue.list.postal_address,
            introduction=self._html(issue.entry),
            stories=tuple(map(self._story, issue.posts)),
            meetups=tuple(map(self._meetup, issue.events)),
            more=tuple(self._more()),
            feedback=self._feedback(),
            shades=self._shades,
        )

    def _more(self) -> Iterator[Link]:
        home, _ = f"{self.issue.language.key}/", self.localizer.gettext
        yield Link(_("All posts"), self.addresses.page(f"{home}archive/"))
        if "events" in self.site.features:
            yield Link(_("All events"), self.addresses.page(f"{home}events/"))

    def _story(self, piece: Piece) -> Story:
        entry = piece.listing.entry
        lang, formats = self.issue.language.key, self.localizer.formats
        authors = [self.site.author(name).name_in(lang) for name in entry.metadata.authors]
        date = formats.date(entry.date) if entry.date else ""
        is_whole = self.issue.list.is_full
        return Story(
            **self._item(piece),
            summary="" if is_whole else entry.summary,
            typography=typography_of(self.site.languages[entry.lang].tag),
            rubric=self._label(entry),
            body=self._html(entry) if is_whole else "",
            picture=self._picture(entry),
            byline=" · ".join(filter(None, [formats.joined(authors), date])),
            quotation=entry.quotation,
        )

    def _meetup(self, piece: Piece) -> Meetup:
        item, event, formats = piece.listing, piece.listing.event, self.localizer.formats
        _ = self.localizer.gettext
        message = STATUS_MESSAGES.get(event.status, "")
        spoken = [formats.language(code) for code in event.languages]
        return Meetup(
            **self._item(piece, "serviceevents"),
            summary=item.entry.summary,
            day=formats.short_date(event.starts_at),
            year=str(event.starts_at.year),
            when=formats.span(event),
            zone="" if event.all_day else formats.zone(event.starts_at),
            former=formats.day_and_time(event.moved_from) if event.moved_from else "",
            where=self._where(event),
            spoken=formats.joined(spoken),
            status=event.status if message else "",
            word=_(message) if message else "",
            is_on=event.takes_place,
            actions=self._actions(item, event),
        )

    def _actions(self, item: Listing, event: EventFacts) -> tuple[Link, ...]:
        if not event.takes_place:
            return ()
        _ = self.localizer.gettext
        actions = []
        if "calendars" in self.site.features:
            file = self.site.absolute(f"{item.url}event.ics")
            actions.append(Link(_("Into your calendar"), file))
        if event.takes_registrations(self.issue.date):
            actions.insert(0, Link(_("Register"), event.registration.url))
        return tuple(actions)

    def _where(self, event: EventFacts) -> str:
        _, place = self.localizer.gettext, event.place
        country = self.localizer.formats.country(place.country) if place.country else ""
        named = " · ".join(filter(None, [country, place.city, place.venue]))
        if event.attendance == "online":
            return _("Online")
        return f"{named} + {_('online')}" if event.attendance == "hybrid" else named

    def _label(self, entry: Entry) -> str:
        rubric = self.site.rubrics.get(entry.rubric)
        if rubric is None:
            return ""
        return rubric.label.get(self.issue.language.key) or next(iter(rubric.label.values()))

    def _item(self, piece: Piece, default_rubric: str = "") -> dict[str, Any]:
        """Return the fields of `Item` except for the summary."""
        item, entry = piece.listing, piece.listing.entry
        language = self.site.languages[entry.lang]
        rubric = self.site.rubrics.get(entry.rubric or default_rubric)
        hue = rubric.colour if rubric else ACCENT
        shade = f"hue-{hue.lstrip('#').lower()}"
        self._shades[shade] = lighten(hue)
        return {
            "title": entry.title,
            "url": self.addresses.page(item.url),
            "language": language,
            "badge": self.localizer.formats.language(language.tag) if item.is_fallback else "",
            "hue": hue,
            "shade": shade,
            "note": piece.note.strip(),
        }

    def _picture(self, entry: Entry) -> Picture | None:
        if entry.cover and (found := self.site.pictures.get(entry.cover.link)):
            shown = found.mail
            fitting = Size(shown.width, shown.height).within(CONTENT_WIDTH)
            return Picture(self.addresses.picture(shown.link), entry.cover.alt, fitting)
        size = self.measure(entry.picture) if entry.picture else None
        if size is None:
            return None
        url = self.addresses.picture(entry.picture)
        return Picture(url, entry.metadata.image_alt or "", size.within(CONTENT_WIDTH))

    def _html(self, entry: Entry) -> str:
        return to_mail_html(
            entry.body,
            page=entry.url,
            addresses=self.addresses,
            measure=self.measure,
            width=CONTENT_WIDTH,
            pictures=self.site.pictures,
        )

    def _feedback(self) -> tuple[Link, ...]:
        issue, formats = self.issue, self.localizer.formats
        url = self.feedback_url or self.site.absolute(f"{issue.language.key}/newsletter/thanks/")
        about = {"issue": issue.entry.slug, "list": issue.list.key, "lang": issue.language.tag}
        return tuple(
            Link(formats.number(rating), with_query(url, {**about, "rating": str(rating)}))
            for rating in range(1, 6)
        )
