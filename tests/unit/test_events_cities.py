"""Cities: one place under several spellings, and several places under one."""

from __future__ import annotations

from typing import Any

from rubric.model.city import City
from tests.cases import cases
from tests.unit.test_events_facts import BERLIN, CIRCLE, read


def cities(files: dict[str, dict[str, Any]]) -> dict[str, City]:
    site = read(files)
    assert list(site.errors) == []
    return dict(site.cities)


def at(city: str, country: str = "KZ", **fields: Any) -> dict[str, Any]:
    return {**BERLIN, "city": city, "country": country, **fields}


def test_spellings_of_one_event_are_one_city():
    found = cities(
        {
            "ru/events/meetup": at("Алматы"),
            "en/events/meetup": {"city": "Almaty"},
            "zh-hans/events/meetup": {"city": "阿拉木图"},
        }
    )
    (city,) = found.values()
    assert (city.key, city.country) == ("almaty", "KZ")
    assert city.names == {"en": "Almaty", "ru": "Алматы", "zh-hans": "阿拉木图"}
    assert city.name_in("zh-hant") == "Almaty"


def test_who_shares_a_spelling_shares_the_city():
    """An event told in Russian alone joins one told in Chinese, by way of a third."""
    found = cities(
        {
            "ru/events/a": at("Алматы"),
            "zh-hans/events/b": at("阿拉木图"),
            "ru/events/c": at("АЛМАТЫ"),
            "zh-hans/events/c": {"city": "阿拉木图"},
            "en/events/d": at("Almaty"),
            "ru/groups/e": {"city": "Алматы", "country": "KZ"},
            "en/groups/e": {"city": "Almaty"},
        }
    )
    assert set(found) == {f"events/{name}" for name in "abcd"} | {"groups/e"}
    assert {city.key for city in found.values()} == {"almaty"}
    assert {city.name_in("ru") for city in found.values()} == {"Алматы"}


def test_a_city_s_address_is_its_name_in_the_site_s_first_language_that_has_one():
    russian = cities({"ru/events/meetup": at("Алматы")})
    assert [city.key for city in russian.values()] == ["алматы"]


@cases("second", ["US", "CA"])
def test_namesakes_get_their_country_behind_them(second: str):
    found = cities(
        {
            "en/groups/a": {"city": "Birmingham", "country": "GB"},
            "en/groups/b": {"city": "Birmingham", "country": second},
            "en/groups/c": {"city": "London", "country": "GB"},
        }
    )
    keys = {name: city.key for name, city in found.items()}
    assert keys == {
        "groups/a": "birmingham-gb",
        "groups/b": f"birmingham-{second.lower()}",
        "groups/c": "london",
    }
    assert found["groups/b"].country == second


def test_an_event_is_in_its_group_s_city():
    found = cities(
        {
            "en/groups/circle": {**CIRCLE, "latitude": 43.25, "longitude": 76.94},
            "ru/groups/circle": {"city": "Алматы"},
            "en/events/meetup": {"start": "2026-12-10 18:30", "group": "circle"},
            "ru/events/meetup": {},
        }
    )
    assert found["events/meetup"] == found["groups/circle"]
    assert found["events/meetup"].names == {"en": "Almaty", "ru": "Алматы"}
    assert (found["events/meetup"].latitude, found["events/meetup"].longitude) == (43.25, 76.94)


def test_an_event_without_a_translation_of_the_city_does_not_rename_it():
    """The Russian text of the first event leaves the city to the English one."""
    found = cities(
        {
            "en/groups/circle": CIRCLE,
            "ru/groups/circle": {},
            "en/events/a": at("Astana", group="circle"),
            "ru/events/a": {},
            "en/events/b": at("Astana"),
            "ru/events/b": {"city": "Астана"},
        }
    )
    assert found["events/a"].names == {"en": "Astana", "ru": "Астана"}


def test_an_online_event_is_nowhere():
    files = {
        "en/groups/circle": CIRCLE,
        "en/events/a": {**BERLIN, "group": "circle", "online": "https://example.org/"},
        "en/events/b": BERLIN,
    }
    assert set(cities(files)) == {"groups/circle"}


def test_coordinates_are_the_middle_one_of_all_that_are_given():
    """One wrong pair of coordinates doesn't move a city."""
    found = cities(
        {
            "en/events/a": at("Almaty", latitude=43.2, longitude=76.9),
            "en/events/b": at("Almaty", latitude=43.3, longitude=76.8),
            "en/events/c": at("Almaty", latitude="0", longitude="0"),
            "en/events/d": at("Almaty"),
        }
    )
    assert {(city.latitude, city.longitude) for city in found.values()} == {(43.2, 76.8)}
