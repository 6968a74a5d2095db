"""Events for search engines: what schema.org and Google's guide to events ask for."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

import pytest
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from tests.building import ROOT, Build, build, write_site
from tests.pages import read_pages, write_text

AUTHORS = (ROOT / "content" / "authors.toml").read_text("utf-8")


def _is_time(text: str) -> str:
    """A day, or a time with its offset: a time without one is any time."""
    if "T" in text:
        assert datetime.fromisoformat(text).tzinfo is not None
    else:
        date.fromisoformat(text)
    return text


Time = Annotated[str, AfterValidator(_is_time)]
Url = Annotated[str, Field(pattern=r"^https?://[^\s]+$")]
Words = Annotated[str, Field(min_length=1)]


class Thing(BaseModel):
    """Nothing but what the schema knows, with the right types."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Address(Thing):
    type: Literal["PostalAddress"] = Field(alias="@type")
    streetAddress: Words | None = None  # noqa: N815 (the vocabulary's own names)
    addressLocality: Words  # noqa: N815
    addressCountry: Annotated[str, Field(pattern="^[A-Z]{2}$")]  # noqa: N815


class Coordinates(Thing):
    type: Literal["GeoCoordinates"] = Field(alias="@type")
    latitude: float
    longitude: float


class Place(Thing):
    type: Literal["Place"] = Field(alias="@type")
    name: Words
    address: Address
    geo: Coordinates | None = None


class VirtualLocation(Thing):
    type: Literal["VirtualLocation"] = Field(alias="@type")
    url: Url


class Organization(Thing):
    type: Literal["Organization"] = Field(alias="@type")
    name: Words
    url: Url


class Person(Thing):
    type: Literal["Person"] = Field(alias="@type")
    name: Words
    url: Url | None = None


class Offer(Thing):
    type: Literal["Offer"] = Field(alias="@type")
    url: Url
    price: float | None = None
    priceCurrency: Annotated[str, Field(pattern="^[A-Z]{3}$")] | None = None  # noqa: N815
    availability: Literal["https://schema.org/InStock", "https://schema.org/SoldOut"]
    validFrom: Time  # noqa: N815
    validThrough: Time | None = None  # noqa: N815


class Event(Thing):
    context: Literal["https://schema.org"] = Field(alias="@context")
    type: Literal["Event"] = Field(alias="@type")
    name: Words
    description: Words
    url: Url
    startDate: Time  # noqa: N815
    endDate: Time | None = None  # noqa: N815
    previousStartDate: Time | None = None  # noqa: N815
    eventStatus: Annotated[  # noqa: N815
        str, Field(pattern="^https://schema.org/Event(Scheduled|Cancelled|Postponed|Rescheduled)$")
    ]
    eventAttendanceMode: Annotated[  # noqa: N815
        str, Field(pattern="^https://schema.org/(Offline|Online|Mixed)EventAttendanceMode$")
    ]
    location: Annotated[list[Place | VirtualLocation], Field(min_length=1)]
    organizer: Organization
    performer: list[Person] | None = None
    inLanguage: list[Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Z]\w+)*$")]] | None = None  # noqa: N815
    image: Url | None = None
    offers: Offer | None = None

    @model_validator(mode="after")
    def _goes_together(self) -> Event:
        kinds = {place.type for place in self.location}
        modes = {
            "Offline": {"Place"},
            "Online": {"VirtualLocation"},
            "Mixed": {"Place", "VirtualLocation"},
        }
        mode = self.eventAttendanceMode.removeprefix("https://schema.org/")
        assert kinds == modes[mode.removesuffix("EventAttendanceMode")]
        assert self.endDate is None or self.endDate >= self.startDate[: len(self.endDate)]
        if self.previousStartDate:
            assert self.eventStatus.endswith("Rescheduled")
        return self


def structured(site: Build) -> dict[str, dict[str, Any]]:
    """Each event's object by the address of its page."""
    return {
        address: thing
        for address, page in read_pages(site).items()
        for thing in page.structured
        if thing["@type"] == "Event"
    }


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Events of every kind."""
    folder = tmp_path_factory.mktemp("structured")
    place = {"venue": "Bookshop", "street": "Abay 5", "city": "Almaty", "country": "KZ"}
    hours = {"start": "2027-01-14 18:30", "end": "2027-01-14 21:00", "timezone": "Asia/Almaty"}
    full: dict[str, Any] = {
        **hours,
        **place,
        "latitude": 43.25,
        "longitude": 76.94,
        "group": "circle",
        "event_languages": ["ru", "zh-hant"],
        "speakers": ["aigerim-sadykova", "Mara Okonjo"],
        "registration": "https://example.org/register",
        "registration_until": "2027-01-13",
        "price": 15,
        "currency": "EUR",
        "image": "images/a.svg",
        "image_alt": "A table.",
    }
    moved = {"event_status": "moved", "moved_from": "2027-01-07 18:30"}
    online = {**hours, "online": "https://example.org/stream"}
    days = {"start": "2027-01-14", "end": "2027-01-16", "timezone": "Asia/Almaty", **place}
    events: dict[str, dict[str, Any]] = {
        "full": full,
        "moved": {**full, **moved},
        "cancelled": {**full, "event_status": "cancelled"},
        "postponed": {**full, "event_status": "postponed"},
        "sold-out": {**full, "sold_out": True},
        "free": {**hours, **place, "price": "0"},
        "unknown-price": {**hours, **place, "registration": "https://example.org/register"},
        "online": online,
        "hybrid": {**online, **place},
        "days": days,
        "moved-days": {**days, "event_status": "moved", "moved_from": "2027-01-07"},
        "one-day": {**days, "end": None},
        "open-end": {**hours, **place, "end": None},
    }
    files = {
        f"en/events/{name}.md": write_text(name, **{k: v for k, v in e.items() if v is not None})
        for name, e in events.items()
    }
    files["en/groups/circle.md"] = write_text("Circle", timezone="Asia/Almaty")
    files["authors.toml"] = AUTHORS
    files["images/a.svg"] = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
    result = build(write_site(folder, files), folder / "output")
    assert result.status == 0, result.told
    return result


@pytest.fixture
def things(site: Build) -> dict[str, dict[str, Any]]:
    return {
        address.split("/")[2]: thing
        for address, thing in structured(site).items()
        if address.startswith("en/")
    }


def test_every_event_is_valid(site: Build, own_site: Build):
    for each in (site, own_site):
        found = structured(each)
        assert found
        for thing in found.values():
            Event.model_validate(thing)


def test_an_event_tells_all_it_has(things: dict[str, dict[str, Any]]):
    full = things["full"]
    assert set(full) == {
        *("@context", "@type", "name", "description", "url", "startDate", "endDate", "image"),
        *("eventStatus", "eventAttendanceMode", "location", "organizer", "performer", "offers"),
        "inLanguage",
    }
    assert full["startDate"] == "2027-01-14T18:30:00+05:00"
    assert full["endDate"] == "2027-01-14T21:00:00+05:00"
    assert full["inLanguage"] == ["ru", "zh-Hant"]
    assert full["organizer"]["name"] == "Circle"
    assert full["organizer"]["url"].endswith("/en/groups/circle/")
    assert full["image"].endswith("/images/a.svg")
    (place,) = full["location"]
    assert place["address"]["streetAddress"] == "Abay 5"
    assert (place["geo"]["latitude"], place["geo"]["longitude"]) == (43.25, 76.94)
    offer = full["offers"]
    assert (offer["price"], offer["priceCurrency"]) == (15, "EUR")
    assert offer["validFrom"] == "2026-11-01T10:00:00+05:00"
    assert offer["validThrough"] == "2027-01-14T00:00:00+05:00"


def test_speakers_are_people_with_their_names(things: dict[str, dict[str, Any]]):
    assert [person["name"] for person in things["full"]["performer"]] == [
        "Aigerim Sadykova",
        "Mara Okonjo",
    ]


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("full", "Scheduled"),
        ("moved", "Rescheduled"),
        ("cancelled", "Cancelled"),
        ("postponed", "Postponed"),
    ],
)
def test_status_and_former_date(things: dict[str, dict[str, Any]], name: str, status: str):
    thing = things[name]
    assert thing["eventStatus"] == f"https://schema.org/Event{status}"
    former = "2027-01-07T18:30:00+05:00" if name == "moved" else None
    assert thing.get("previousStartDate") == former


def test_an_event_without_a_group_is_the_site_s(things: dict[str, dict[str, Any]]):
    assert things["free"]["organizer"]["url"].endswith("/en/")


def test_a_price_nobody_gave_is_not_free(things: dict[str, dict[str, Any]]):
    assert things["free"]["offers"]["price"] == 0
    assert "price" not in things["unknown-price"]["offers"]
    assert "offers" not in things["hybrid"]


def test_sold_out(things: dict[str, dict[str, Any]]):
    assert things["sold-out"]["offers"]["availability"] == "https://schema.org/SoldOut"
    assert things["full"]["offers"]["availability"] == "https://schema.org/InStock"


def test_whole_days_are_dates_and_the_last_is_the_last(things: dict[str, dict[str, Any]]):
    days = things["days"]
    assert (days["startDate"], days["endDate"]) == ("2027-01-14", "2027-01-16")
    assert things["moved-days"]["previousStartDate"] == "2027-01-07"


def test_an_end_nobody_stated_is_not_told(things: dict[str, dict[str, Any]]):
    assert "endDate" not in things["one-day"]
    assert "endDate" not in things["open-end"]
