"""Selects the content of cards: title, quotation, time and place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Protocol

from rubric.model.edition import Edition
from rubric.model.entry import Entry
from rubric.model.event import STATUS_MESSAGES, EventFacts, UserGroup
from rubric.model.quotation import Quotation
from rubric.model.site import Site
from rubric.model.view import View
from rubric.social.card import ACCENT, Card


class Formats(Protocol):
    """Formats of a language; see rubric.editions."""

    def date(self, value: date) -> str: ...
    def span(self, event: EventFacts) -> str: ...
    def offset(self, value: datetime) -> str: ...
    def rhythm(self, group: UserGroup, edition: Edition) -> str: ...
    def listed(self, words: Iterable[str]) -> str: ...
    def joined(self, words: Iterable[str]) -> str: ...
    def language(self, tag: str) -> str: ...
    def country(self, code: str) -> str: ...


def edition_card(edition: Edition) -> Card:
    """Return the card of an edition's home page and lists."""
    language = edition.language
    return Card(language.tag, ACCENT, language.site_name, language.tagline or language.site_name)


def blank_card() -> Card:
    """Return the card for editions whose script has no font."""
    return Card("", ACCENT, "", "")


def entry_card(site: Site, view: View, entry: Entry, formats: Formats) -> Card | None:
    """Return the card of an entry's page; None for drafts and plain pages."""
    if entry.status == "draft":
        return None
    if entry.event:
        return _event_card(site, view, entry, entry.event, formats)
    if entry.group:
        return _group_card(view, entry, entry.group, formats)
    if entry.quotation and entry.quotation.text:
        return _quote_card(site, view, entry, entry.quotation, formats)
    return _text_card(site, view.edition, entry, formats) if entry.is_post else None


def _text_card(site: Site, edition: Edition, entry: Entry, formats: Formats) -> Card:
    language = edition.language
    names = [site.author(name).name_in(language.key) for name in entry.metadata.authors]
    day = formats.date(entry.date) if entry.date else ""
    return Card(
        tag=language.tag,
        colour=_colour(site, entry),
        site_name=language.site_name,
        title=entry.title,
        kicker=_rubric_label(edition, entry),
        byline=formats.joined([formats.listed(names) if names else "", day]),
    )


def _quote_card(
    site: Site, view: View, entry: Entry, quotation: Quotation, formats: Formats
) -> Card:
    more = formats.joined([quotation.role, quotation.source])
    return Card(
        tag=view.edition.language.tag,
        colour=_colour(site, entry),
        site_name=view.edition.language.site_name,
        title=" ".join(quotation.text.split()),
        kicker=_rubric_label(view.edition, entry),
        facts=tuple(filter(None, (quotation.by, more))),
        is_quotation=True,
    )


def _event_card(site: Site, view: View, entry: Entry, event: EventFacts, formats: Formats) -> Card:
    _ = view.edition.gettext
    status = STATUS_MESSAGES.get(event.status, "")
    if not status and event.registration.sold_out:
        status = "Sold out"
    offset = "" if event.all_day else formats.offset(event.starts_at)
    places = [event.place.city, event.place.venue] if event.attendance != "online" else []
    if event.attendance != "in_person":
        places.append(_("Online"))
    group = view.context.group
    return Card(
        tag=view.edition.language.tag,
        colour=_colour(site, entry),
        site_name=view.edition.language.site_name,
        title=entry.title,
        kicker=_rubric_label(view.edition, entry) or _("Events"),
        status=_(status) if status else "",
        facts=tuple(filter(None, (formats.joined([formats.span(event), offset]), _dotted(places)))),
        byline=group.entry.title if group else "",
    )


def _group_card(view: View, entry: Entry, group: UserGroup, formats: Formats) -> Card:
    _ = view.edition.gettext
    country = formats.country(group.country) if group.country else ""
    rhythm = formats.rhythm(group, view.edition)
    spoken = formats.listed(dict.fromkeys(map(formats.language, group.languages)))
    return Card(
        tag=view.edition.language.tag,
        colour=ACCENT,
        site_name=view.edition.language.site_name,
        title=entry.title,
        kicker=_("User group"),
        facts=tuple(filter(None, (_dotted([group.city, country]), rhythm, spoken))),
    )


def _dotted(words: Iterable[str]) -> str:
    return " · ".join(filter(None, words))


def _colour(site: Site, entry: Entry) -> str:
    rubric = site.rubrics.get(entry.rubric)
    return rubric.colour if rubric else ACCENT


def _rubric_label(edition: Edition, entry: Entry) -> str:
    page = edition.tags.get(entry.rubric) if entry.rubric else None
    return page.label if page else ""
