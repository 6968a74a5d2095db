"""Entries and pages as schema.org objects; property names are the vocabulary's own."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from plugins.model.edition import AuthorPage
from plugins.model.entry import Entry
from plugins.model.event import EventFacts
from plugins.model.site import Site
from plugins.model.view import View
from plugins.structured_data.faq import describe_faq

Object = dict[str, Any]

_STATUS = {
    "scheduled": "EventScheduled",
    "cancelled": "EventCancelled",
    "postponed": "EventPostponed",
    "moved": "EventRescheduled",
}
_ATTENDANCE = {
    "in_person": "OfflineEventAttendanceMode",
    "online": "OnlineEventAttendanceMode",
    "hybrid": "MixedEventAttendanceMode",
}


def describe(site: Site, view: View) -> Object | None:
    """What a page is about, or None where a list needs no description."""
    subject = view.subject
    if isinstance(subject, Entry):
        return _described_entry(site, view, subject)
    if isinstance(subject, AuthorPage):
        person = _person(site, view.edition.lang, subject.author.slug)
        return _object("ProfilePage", mainEntity=person, url=site.absolute(view.url))
    if view.template == "home":
        return _object(
            "WebSite",
            name=view.edition.language.site_name,
            description=view.edition.language.tagline,
            url=site.absolute(view.url),
            inLanguage=view.edition.language.tag,
        )
    return None


def to_script(objects: Object) -> Markup:
    """JSON that may stand in a script element: `<`, `>`, `&` and `'` are escaped."""
    body = {"@context": "https://schema.org", **objects}
    return htmlsafe_json_dumps(body, dumps=_dumps)


def _dumps(value: object, **_: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _described_entry(site: Site, view: View, entry: Entry) -> Object | None:
    match entry.kind:
        case "post" | "story":
            return _posting(site, view, entry)
        case "quote":
            return _quotation(site, entry)
        case "faq":
            return describe_faq(site, entry)
        case "event":
            return _event(site, view, entry, entry.event) if entry.event else None
        case "group":
            return _object(
                "Organization",
                name=entry.title,
                description=entry.summary,
                url=site.absolute(entry.url),
            )
    return None


def _posting(site: Site, view: View, entry: Entry) -> Object:
    return _object(
        "BlogPosting",
        headline=entry.title,
        description=entry.summary,
        url=site.absolute(entry.url),
        mainEntityOfPage=site.absolute(entry.url),
        inLanguage=site.languages[entry.lang].tag,
        datePublished=_iso(entry.date),
        dateModified=_iso(entry.modified or entry.date),
        author=_people(site, entry),
        publisher=_publisher(site, view),
        keywords=[tag.spelling for tag in entry.tags],
        image=_image(site, entry),
    )


def _quotation(site: Site, entry: Entry) -> Object:
    quotation = entry.quotation
    assert quotation is not None
    speaker = _object("Person", name=quotation.by, jobTitle=quotation.role)
    return _object(
        "Quotation",
        text=quotation.text,
        spokenByCharacter=speaker if quotation.by else None,
        creator=speaker if quotation.by else None,
        isPartOf=_object("CreativeWork", name=quotation.source, url=quotation.source_url)
        if quotation.source
        else None,
        url=site.absolute(entry.url),
        inLanguage=site.languages[entry.lang].tag,
        datePublished=_iso(entry.date),
    )


def _event(site: Site, view: View, entry: Entry, event: EventFacts) -> Object:
    return _object(
        "Event",
        name=entry.title,
        description=entry.summary,
        url=site.absolute(entry.url),
        startDate=_day_or_time(event.starts_at, event),
        endDate=_end(event) if event.has_stated_end else None,
        previousStartDate=_day_or_time(event.moved_from, event)
        if event.status == "moved" and event.moved_from
        else None,
        eventStatus=f"https://schema.org/{_STATUS[event.status]}",
        eventAttendanceMode=f"https://schema.org/{_ATTENDANCE[event.attendance]}",
        location=_location(event),
        organizer=_organizer(site, view),
        performer=[_speaker(site, view, name) for name in event.speakers],
        inLanguage=[
            site.languages[code].tag if code in site.languages else code for code in event.languages
        ],
        image=_image(site, entry),
        offers=_offer(site, entry, event),
    )


def _location(event: EventFacts) -> list[Object]:
    places = []
    if event.attendance != "online":
        place = event.place
        places.append(
            _object(
                "Place",
                name=place.venue or place.city,
                address=_object(
                    "PostalAddress",
                    streetAddress=place.street,
                    addressLocality=place.city,
                    addressCountry=place.country,
                ),
                geo=_object("GeoCoordinates", latitude=place.latitude, longitude=place.longitude)
                if place.latitude is not None
                else None,
            )
        )
    if event.online:
        places.append(_object("VirtualLocation", url=event.online))
    return places


def _offer(site: Site, entry: Entry, event: EventFacts) -> Object | None:
    registration = event.registration
    if registration.price is None and not registration.url:
        return None
    return _object(
        "Offer",
        url=registration.url or site.absolute(entry.url),
        price=registration.price,
        priceCurrency=registration.currency or None,
        availability="https://schema.org/" + ("SoldOut" if registration.sold_out else "InStock"),
        validFrom=_iso(entry.date),
        validThrough=_iso(registration.until),
    )


def _people(site: Site, entry: Entry) -> list[Object]:
    return [_person(site, entry.lang, name) for name in entry.metadata.authors]


def _person(site: Site, lang: str, name: str) -> Object:
    author = site.author(name)
    url = site.absolute(f"{lang}/authors/{author.slug}/")
    return _object("Person", name=author.name_in(lang), url=url)


def _speaker(site: Site, view: View, name: str) -> Object:
    """Speakers are author ids or names; only authors with texts have a page."""
    author = site.author(name)
    page = view.edition.authors.get(author.slug)
    url = site.absolute(page.url) if page else None
    return _object("Person", name=author.name_in(view.edition.lang), url=url)


def _publisher(site: Site, view: View) -> Object:
    language = view.edition.language
    return _object("Organization", name=language.site_name, url=site.absolute(view.edition.home))


def _organizer(site: Site, view: View) -> Object:
    """The group that meets, else the community."""
    group = view.around.group
    if group is None:
        return _publisher(site, view)
    return _object("Organization", name=group.entry.title, url=site.absolute(group.url))


def _image(site: Site, entry: Entry) -> str | None:
    return site.absolute(entry.picture.removeprefix(f"{site.base}/")) if entry.picture else None


def _iso(value: datetime | None) -> str | None:
    return value.isoformat() if value else None


def _day_or_time(value: datetime, event: EventFacts) -> str:
    return value.date().isoformat() if event.all_day else value.isoformat()


def _end(event: EventFacts) -> str:
    """When it ends; of whole days the last one, for schema.org's days are inclusive."""
    if event.all_day:
        return (event.ends_at.date() - timedelta(days=1)).isoformat()
    return event.ends_at.isoformat()


def _object(type: str, **properties: Any) -> Object:
    given = {name: value for name, value in properties.items() if value not in (None, "", [])}
    return {"@type": type, **given}
