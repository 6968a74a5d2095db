"""Events for search engines: what schema.org and Google's guide to events ask for."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from rubric.structured_data.description import to_script
from rubric.structured_data.vocabulary import make
from tests.building import SITE, Build, build, write_site
from tests.cases import cases
from tests.pages import address_of, parse_html, read_pages, write_text

AUTHORS = (SITE / "authors.toml").read_text("utf-8")


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
    logo: Url | None = None


class Person(Thing):
    type: Literal["Person"] = Field(alias="@type")
    name: Words
    url: Url | None = None
    sameAs: Url | None = None  # noqa: N815
    jobTitle: Words | None = None  # noqa: N815
    description: Words | None = None


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
    image: Url
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


class Posting(Thing):
    """An article, by Google's guide: all recommended fields but none it doesn't know."""

    context: Literal["https://schema.org"] = Field(alias="@context")
    type: Literal["BlogPosting"] = Field(alias="@type")
    headline: Words
    description: Words
    url: Url
    mainEntityOfPage: Url  # noqa: N815
    inLanguage: Words  # noqa: N815
    datePublished: Time  # noqa: N815
    dateModified: Time  # noqa: N815
    author: list[Person] | None = None
    publisher: Organization
    keywords: list[Words] | None = None
    image: Url


class Work(Thing):
    type: Literal["CreativeWork"] = Field(alias="@type")
    name: Words
    url: Url | None = None


class Quotation(Thing):
    context: Literal["https://schema.org"] = Field(alias="@context")
    type: Literal["Quotation"] = Field(alias="@type")
    text: Words
    spokenByCharacter: Person | None = None  # noqa: N815
    creator: Person | None = None
    isPartOf: Work | None = None  # noqa: N815
    url: Url
    inLanguage: Words  # noqa: N815
    datePublished: Time  # noqa: N815
    image: Url


class Spot(Thing):
    type: Literal["Place"] = Field(alias="@type")
    name: Words
    geo: Coordinates


class Group(Thing):
    context: Literal["https://schema.org"] = Field(alias="@context")
    type: Literal["Organization"] = Field(alias="@type")
    name: Words
    description: Words | None = None
    url: Url
    address: Address | None = None
    location: Spot | None = None
    email: Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+$")] | None = None
    telephone: Words | None = None
    sameAs: list[Url] | None = None  # noqa: N815
    foundingDate: Annotated[str, Field(pattern=r"^\d{4}(-\d\d){0,2}$")] | None = None  # noqa: N815
    knowsLanguage: list[Words] | None = None  # noqa: N815
    parentOrganization: Organization  # noqa: N815
    logo: Url | None = None
    image: Url


class Profile(Thing):
    context: Literal["https://schema.org"] = Field(alias="@context")
    type: Literal["ProfilePage"] = Field(alias="@type")
    name: Words
    url: Url
    inLanguage: Words  # noqa: N815
    mainEntity: Person  # noqa: N815


class WebSite(Thing):
    context: Literal["https://schema.org"] = Field(alias="@context")
    type: Literal["WebSite"] = Field(alias="@type")
    name: Words
    description: Words
    url: Url
    inLanguage: Words  # noqa: N815
    publisher: Organization
    image: Url
    potentialAction: dict[str, Any] | None = None  # noqa: N815


class Answer(Thing):
    type: Literal["Answer"] = Field(alias="@type")
    text: Words


class Question(Thing):
    type: Literal["Question"] = Field(alias="@type")
    name: Words
    url: Url
    acceptedAnswer: Answer  # noqa: N815


class Questions(Thing):
    type: Literal["FAQPage"] = Field(alias="@type")
    name: Words | None = None
    url: Url
    inLanguage: Words | None = None  # noqa: N815
    dateModified: Time | None = None  # noqa: N815
    mainEntity: Annotated[list[Question], Field(min_length=1)]  # noqa: N815


class Crumb(Thing):
    type: Literal["ListItem"] = Field(alias="@type")
    position: int
    name: Words
    item: Url


class Crumbs(Thing):
    context: Literal["https://schema.org"] = Field(alias="@context")
    type: Literal["BreadcrumbList"] = Field(alias="@type")
    itemListElement: Annotated[list[Crumb], Field(min_length=2)]  # noqa: N815


class FaqDocument(Questions):
    context: Literal["https://schema.org"] = Field(alias="@context")


MODELS: dict[str, type[Thing]] = {
    "BlogPosting": Posting,
    "Quotation": Quotation,
    "Event": Event,
    "Organization": Group,
    "ProfilePage": Profile,
    "WebSite": WebSite,
    "BreadcrumbList": Crumbs,
    "FAQPage": FaqDocument,
}


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
    files["en/groups/circle.md"] = write_text(
        "Circle",
        timezone="Asia/Almaty",
        city="Almaty",
        country="KZ",
        latitude=43.25,
        longitude=76.94,
        languages=["ru", "kk"],
        founded="2019-05",
        links=["https://t.me/circle", "mailto:circle@example.org", "tel:+77270000000"],
        image="images/a.svg",
        image_alt="A ring.",
    )
    files["en/posts/plain.md"] = write_text("Plain", "Text. #topic", authors=["Ann Gone"])
    files["en/posts/story.md"] = write_text("Story", "Text. #servicestories")
    files["authors.toml"] = AUTHORS
    files["rubrics.toml"] = (SITE / "rubrics.toml").read_text("utf-8")
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


@cases(
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
    assert things["free"]["offers"]["priceCurrency"] == "KZT"
    assert "priceCurrency" not in things["unknown-price"]["offers"]
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


# All pages ------------------------------------------------------------------------------


def test_everything_said_is_what_its_type_knows(site: Build, own_site: Build):
    told = set()
    for each in (site, own_site):
        for page in read_pages(each).values():
            for thing in page.linked_data:
                MODELS[thing["@type"]].model_validate(thing)
                told.add(thing["@type"])
    assert told >= MODELS.keys() - {"FAQPage"}


def test_every_inner_page_has_its_path_from_home(own_site: Build):
    pages = read_pages(own_site)
    inner = [
        page
        for address, page in pages.items()
        if page.is_indexed and page.rest and page.lang and not page.is_fallback
    ]
    assert len(inner) > 100
    for page in inner:
        (path,) = [t for t in page.linked_data if t["@type"] == "BreadcrumbList"]
        items = path["itemListElement"]
        assert [item["position"] for item in items] == list(range(1, len(items) + 1))
        addresses = [address_of(item["item"]) for item in items]
        assert (addresses[0], addresses[-1]) == (f"{page.lang}/", page.address)
        assert set(addresses) <= pages.keys()
        assert {address.partition("/")[0] for address in addresses} == {page.lang}


def crumbs(site: Build, address: str) -> list[str]:
    things = read_pages(site)[address].linked_data
    (path,) = [thing for thing in things if thing["@type"] == "BreadcrumbList"]
    return [item["name"] for item in path["itemListElement"]]


@cases(
    ("address", "path"),
    [
        ("en/story/", ["Service Circle", "Service stories", "Story"]),
        ("en/plain/", ["Service Circle", "Archive", "Plain"]),
        ("en/events/full/", ["Service Circle", "Events", "full"]),
        ("en/groups/circle/", ["Service Circle", "User groups", "Circle"]),
        ("en/tags/topic/", ["Service Circle", "All topics", "topic"]),
        ("en/archive/2026/", ["Service Circle", "Archive", "Archive 2026"]),
        ("en/authors/ann-gone/", ["Service Circle", "Ann Gone"]),
        ("en/places/kz/", ["Service Circle", "Kazakhstan"]),
        ("ru/events/", ["Сервисный круг", "События"]),
    ],
)
def test_a_path_goes_by_topic_or_section(site: Build, address: str, path: list[str]):
    assert crumbs(site, address) == path


def test_a_city_stands_in_its_country(own_site: Build):
    address = next(a for a in read_pages(own_site) if a.startswith("en/places/") and "almaty" in a)
    assert crumbs(own_site, address) == ["Service Circle", "Kazakhstan", "Almaty"]


def test_home_and_redirects_have_no_path(own_site: Build):
    for address in ("en/", "", "404.html"):
        things = read_pages(own_site)[address].linked_data
        assert "BreadcrumbList" not in [thing["@type"] for thing in things]


def test_a_group_tells_where_it_is_and_where_else(site: Build):
    (group,) = read_pages(site)["en/groups/circle/"].structured
    assert group["address"]["addressLocality"] == "Almaty"
    assert group["sameAs"] == ["https://t.me/circle"]
    assert (group["email"], group["telephone"]) == ("circle@example.org", "+77270000000")
    assert group["logo"].endswith("/images/a.svg")
    assert (group["foundingDate"], group["knowsLanguage"]) == ("2019-05", ["ru", "kk"])
    assert group["location"]["geo"]["latitude"] == 43.25


def test_the_image_is_the_entry_s_own_or_the_shared_one(site: Build):
    pages = read_pages(site)
    (full,), (free,) = pages["en/events/full/"].structured, pages["en/events/free/"].structured
    assert address_of(full["image"]) == "images/a.svg"
    (shared,) = pages["en/events/free/"].find('//meta[@property="og:image"]/@content')
    assert free["image"] == shared


def test_home_offers_a_search_exactly_where_there_is_one(own_site: Build):
    pages = read_pages(own_site)
    for lang in ("en", "zh-hant"):
        (home,) = pages[f"{lang}/"].structured
        assert ("potentialAction" in home) == (f"{lang}/search/" in pages)
        if "potentialAction" in home:
            action = home["potentialAction"]
            assert action["@type"] == "SearchAction"
            target = action["target"]["urlTemplate"]
            assert target.endswith(f"/{lang}/search/?q={{search_term_string}}")
            assert action["query-input"] == "required name=search_term_string"


@given(
    st.lists(
        st.tuples(st.text("<>/script!-&'\u2028 ", min_size=1), st.text(min_size=1)), min_size=1
    )
)
def test_any_words_survive_the_script_element(questions: list[tuple[str, str]]):
    asked = [make("Question", name=name, text=text) for name, text in questions]
    thing = make("FAQPage", mainEntity=asked)
    tree = parse_html(
        f"<script type='application/ld+json'>{to_script([thing])}</script><p>after</p>"
    )
    (script,) = tree.xpath("//script")
    assert json.loads(script.text) == {"@context": "https://schema.org", **thing}
    assert tree.xpath("string(//p)") == "after"
