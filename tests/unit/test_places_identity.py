"""Spellings of one city become one city; cities that share a name stay two."""

from __future__ import annotations

import random

from plugins.places.identity import City, Mention, identify_cities

ORDER = ["en", "ru", "zh-hans", "zh-hant"]
ALMATY = [
    Mention("meetup", "ru", "Алматы", "KZ", 43.25, 76.94),
    Mention("meetup", "en", "Almaty", "KZ", 43.25, 76.94),
    Mention("meetup", "zh-hans", "阿拉木图", "KZ", 43.25, 76.94),
    Mention("circle", "zh-hant", "阿拉木圖", "KZ"),
    Mention("circle", "en", "ALMATY ", "kz"),
    Mention("night", "zh-hant", "阿拉木圖", "KZ", 43.27, 76.96),
    Mention("clinic", "ru", "алматы", "KZ", 43.35, 76.95),
]
BERLIN = [Mention("day", "en", "Berlin", "DE", 52.5, 13.4), Mention("day", "ru", "Берлин", "DE")]


def test_translations_and_spellings_join_transitively():
    found = identify_cities([*ALMATY, *BERLIN], ORDER)
    assert sorted(found) == ["circle", "clinic", "day", "meetup", "night"]
    almaty = found["meetup"]
    assert all(found[key] is almaty for key in ("circle", "clinic", "night"))
    assert (almaty.key, almaty.country) == ("almaty", "KZ")
    assert list(almaty.names) == ORDER
    assert almaty.names["zh-hant"] == "阿拉木圖"
    assert almaty.latitude == 43.25
    assert found["day"] == City("berlin", "DE", {"en": "Berlin", "ru": "Берлин"}, 52.5, 13.4)


def test_the_order_of_mentions_makes_no_difference():
    mentions = [*ALMATY, *BERLIN]
    expected = identify_cities(mentions, ORDER)
    for seed in range(20):
        shuffled = mentions[:]
        random.Random(seed).shuffle(shuffled)
        assert identify_cities(shuffled, ORDER) == expected
        assert list(identify_cities(shuffled, ORDER)) == list(expected)


def test_two_cities_of_one_name_are_told_apart_by_country():
    found = identify_cities(
        [
            Mention("a", "en", "Birmingham", "GB", 52.5, -1.9),
            Mention("b", "en", "Birmingham", "US", 33.5, -86.8),
            Mention("b", "ru", "Бирмингем", "US"),
            Mention("c", "ru", "Бирмингем", "GB"),
            Mention("c", "en", "Birmingham", "GB"),
            Mention("d", "en", "Leeds", "GB"),
        ],
        ORDER,
    )
    assert {key: city.key for key, city in found.items()} == {
        "a": "birmingham-gb", "b": "birmingham-us", "c": "birmingham-gb", "d": "leeds",
    }  # fmt: skip
    assert found["a"].latitude == 52.5


def test_case_width_and_punctuation_make_no_difference():
    spellings = ["St. Petersburg", "ST PETERSBURG", "Ｓt.  Petersburg", "st-petersburg"]
    found = identify_cities(
        [Mention(str(n), "en", text, "RU") for n, text in enumerate(spellings)], ORDER
    )
    assert len({id(city) for city in found.values()}) == 1
    assert found["0"].key == "st-petersburg"


def test_the_key_is_in_the_first_language_there_is():
    mentions = [Mention("a", "zh-hant", "臺北市", "TW"), Mention("a", "ru", "Тайбэй", "TW")]
    assert identify_cities(mentions, ORDER)["a"].key == "тайбэй"
    assert identify_cities(mentions, ["zh-hant", "ru"])["a"].key == "臺北市"
    assert identify_cities(mentions, [])["a"].key == "тайбэй"


def test_the_commonest_spelling_is_the_name():
    mentions = [
        Mention("a", "en", "Taipei", "TW"), Mention("b", "en", "Taipei", "TW"),
        Mention("c", "en", "Taipei", "TW"),
        Mention("a", "zh-hant", "臺北市", "TW"), Mention("b", "zh-hant", "台北", "TW"),
        Mention("c", "zh-hant", "臺北市", "TW"),
    ]  # fmt: skip
    city = identify_cities(mentions, ORDER)["a"]
    assert city.names["zh-hant"] == "臺北市"
    assert city.name_in("ru", ["zh-hant", "en"]) == "臺北市"
    assert city.name_in("ru") == "Taipei"


def test_no_city_no_entry_and_no_coordinates_none():
    found = identify_cities([Mention("online", "en", "  "), Mention("a", "en", "Leeds")], ORDER)
    assert list(found) == ["a"]
    assert (found["a"].country, found["a"].latitude, found["a"].longitude) == ("", None, None)
    assert identify_cities([], ORDER) == {}


def test_keys_never_repeat():
    found = identify_cities(
        [
            Mention("a", "en", "Birmingham", "GB"), Mention("b", "en", "Birmingham", "US"),
            Mention("c", "en", "Birmingham GB", "FR"), Mention("d", "en", "Birmingham", ""),
            Mention("e", "en", "???", "US"), Mention("f", "en", "!!!", "US"),
        ],
        ORDER,
    )  # fmt: skip
    keys = [city.key for city in found.values()]
    assert len(set(keys)) == len(keys) == 6
    assert all(keys)
