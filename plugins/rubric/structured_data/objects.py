"""Entries as schema.org objects; property names are those of the vocabulary."""

from __future__ import annotations

from datetime import datetime, timedelta

from babel.numbers import get_territory_currencies

from rubric.model.entry import Entry
from rubric.model.event import EventFacts, UserGroup
from rubric.model.media import Enclosure
from rubric.model.quotation import Quotation
from rubric.model.site import Site
from rubric.model.view import View
from rubric.structured_data.faq import describe_faq
from rubric.structured_data.vocabulary import Object, image, iso, make, people, publisher

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


def describe_entry(site: Site, view: View, entry: Entry) -> Object | None:
    """Return the object that an entry describes; None for plain pages."""
    if entry.event:
        return _event(site, view, entry, entry.event)
    if entry.group:
        return _group(site, view, entry, entry.group)
    if entry.quotation:
        return _quotation(site, view, entry, entry.quotation)
    if entry.kind.has_questions:
        return describe_faq(site, entry)
    return _work(site, view, entry) if entry.kind.schema_type else None


def _work(site: Site, view: View, entry: Entry) -> Object:
    """Return a text as a creative work with the type of its kind."""
    is_article = entry.kind.schema_type.endswith(("Article", "Posting"))
    return make(
        entry.kind.schema_type,
        name=None if is_article else entry.title,
        headline=entry.title if is_article else None,
        description=entry.summary,
        url=site.absolute(entry.url),
        mainEntityOfPage=site.absolute(entry.url),
        inLanguage=site.languages[entry.lang].tag,
        datePublished=iso(entry.date),
        dateModified=iso(entry.modified or entry.date),
        author=people(site, view, entry.metadata.authors),
        publisher=publisher(site, view),
        keywords=[tag.spelling for tag in entry.tags],
        image=image(site, view, entry),
        episodeNumber=entry.enclosure.episode if entry.enclosure else None,
        associatedMedia=_media(site, entry.enclosure) if entry.enclosure else None,
    )


def _media(site: Site, enclosure: Enclosure) -> Object:
    return make(
        "AudioObject" if enclosure.is_audio else "VideoObject",
        contentUrl=enclosure.absolute(site.origin),
        encodingFormat=enclosure.type,
        contentSize=str(enclosure.size),
        duration=enclosure.iso_duration,
    )


def _quotation(site: Site, view: View, entry: Entry, quotation: Quotation) -> Object:
    speaker = make("Person", name=quotation.by, jobTitle=quotation.role)
    return make(
        entry.kind.schema_type,
        text=quotation.text,
        spokenByCharacter=speaker if quotation.by else None,
        creator=speaker if quotation.by else None,
        isPartOf=make("CreativeWork", name=quotation.source, url=quotation.source_url)
        if quotation.source
        else None,
        url=site.absolute(entry.url),
        inLanguage=site.languages[entry.lang].tag,
        datePublished=iso(entry.date),
        image=image(site, view, entry),
    )


def _group(site: Site, view: View, entry: Entry, group: UserGroup) -> Object:
    """Return a user group. `links` are its external pages, or ways to contact it."""
    ways: dict[str, list[str]] = {}
    for link in group.links:
        scheme, _, address = link.partition(":")
        ways.setdefault(scheme, []).append(link if scheme.startswith("http") else address)
    return make(
        "Organization",
        name=entry.title,
        description=entry.summary,
        url=site.absolute(entry.url),
        address=make("PostalAddress", addressLocality=group.city, addressCountry=group.country)
        if group.city
        else None,
        location=_coordinates(group),
        email=ways.get("mailto", [None])[0],
        telephone=ways.get("tel", [None])[0],
        sameAs=[*ways.get("https", []), *ways.get("http", [])],
        foundingDate=group.founded,
        knowsLanguage=[_tag(site, code) for code in group.languages],
        parentOrganization=publisher(site, view),
        logo=image(site, view, entry) if entry.picture else None,
        image=image(site, view, entry),
    )


def _coordinates(group: UserGroup) -> Object | None:
    if group.latitude is None:
        return None
    point = make("GeoCoordinates", latitude=group.latitude, longitude=group.longitude)
    return make("Place", name=group.city, geo=point)


def _tag(site: Site, code: str) -> str:
    return site.languages[code].tag if code in site.languages else code


def _event(site: Site, view: View, entry: Entry, event: EventFacts) -> Object:
    return make(
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
        performer=people(site, view, event.speakers),
        inLanguage=[_tag(site, code) for code in event.languages],
        image=image(site, view, entry),
        offers=_offer(site, entry, event),
    )


def _location(event: EventFacts) -> list[Object]:
    places = []
    if event.attendance != "online":
        place = event.place
        places.append(
            make(
                "Place",
                name=place.venue or place.city,
                address=make(
                    "PostalAddress",
                    streetAddress=place.street,
                    addressLocality=place.city,
                    addressCountry=place.country,
                ),
                geo=make("GeoCoordinates", latitude=place.latitude, longitude=place.longitude)
                if place.latitude is not None
                else None,
            )
        )
    if event.online:
        places.append(make("VirtualLocation", url=event.online))
    return places


def _offer(site: Site, entry: Entry, event: EventFacts) -> Object | None:
    registration = event.registration
    if registration.price is None and not registration.url:
        return None
    return make(
        "Offer",
        url=registration.url or site.absolute(entry.url),
        price=registration.price,
        priceCurrency=registration.currency or _currency_of_free(event) or None,
        availability="https://schema.org/" + ("SoldOut" if registration.sold_out else "InStock"),
        validFrom=iso(entry.date),
        validThrough=iso(registration.until),
    )


def _currency_of_free(event: EventFacts) -> str:
    """Return the currency of a free offer: search engines require one for the price 0.

    It is the currency of the event's country on its date (CLDR): free events need not state one.
    """
    if event.registration.price != 0:
        return ""
    day = event.starts_at.date()
    known = get_territory_currencies(event.place.country, day, day) if event.place.country else []
    return str(known[0]) if known else "USD"


def _organizer(site: Site, view: View) -> Object:
    """Return the event's group, or the community."""
    group = view.context.group
    if group is None:
        return publisher(site, view)
    return make("Organization", name=group.entry.title, url=site.absolute(group.url))


def _day_or_time(value: datetime, event: EventFacts) -> str:
    return value.date().isoformat() if event.all_day else value.isoformat()


def _end(event: EventFacts) -> str:
    """Return the end of an event; for all-day events the last day, which schema.org includes."""
    if event.all_day:
        return (event.ends_at.date() - timedelta(days=1)).isoformat()
    return event.ends_at.isoformat()
