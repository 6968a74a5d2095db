"""Typed search finds cities in every script, in a file that's small enough to load."""

from __future__ import annotations

import json
import re
from pathlib import Path

from rubric.model.script import script_code
from rubric.places import gazetteer
from rubric.places.gazetteer import MIN_POPULATION, build_gazetteer, read_cities
from tests.cases import cases

DATA = Path(gazetteer.__file__).with_name("data")
LANGUAGES = ["en", "ru", "zh-hans", "zh-hant"]
NAMED = [
    ("KZ", "Almaty", "Алматы", "阿拉木图", "阿拉木圖"),
    ("DE", "Berlin", "Берлин", "柏林", "柏林"),
    ("TW", "Taipei", "Тайбэй", "台北", "臺北"),
    ("TW", "Taipei", "Тайбэй", "台北", "台北"),
    ("CN", "Shanghai", "Шанхай", "上海", "上海"),
    ("RU", "Yekaterinburg", "Екатеринбург", "叶卡捷琳堡", "葉卡捷琳堡"),
    ("US", "New York", "Нью-Йорк", "纽约", "紐約"),
    ("DE", "Munich", "Мюнхен", "慕尼黑", "慕尼黑"),
    ("DE", "München", "Мюнхен", "慕尼黑", "慕尼黑"),
    ("CZ", "Prague", "Прага", "布拉格", "布拉格"),
    ("KZ", "Astana", "Астана", "阿斯塔纳", "阿斯塔納"),
    ("CN", "Shenzhen", "Шэньчжэнь", "深圳", "深圳"),
    ("RU", "Moscow", "Москва", "莫斯科", "莫斯科"),
    ("JP", "Yokohama", "Йокогама", "横滨", "橫濱"),
    ("AU", "Sydney", "Сидней", "悉尼", "雪梨"),
]


@cases("names", NAMED)
def test_a_city_is_found_in_every_script(names):
    country, *spellings = names
    for lang, spelling in zip(LANGUAGES, spellings, strict=True):
        rows = json.loads(build_gazetteer(lang))
        found = [row for row in rows if row[1] == country and spelling in row[0].split("|")]
        assert len(found) == 1, (lang, spelling)
        assert spellings[0] in found[0][0].split("|"), "the Latin name is there in any language"


@cases("lang", [*LANGUAGES, "de", "ar"])
def test_the_list_is_small_and_sorted_by_population(lang):
    content = build_gazetteer(lang)
    assert len(content) <= 120_000
    rows = json.loads(content)
    assert len(rows) > 2000
    assert content == build_gazetteer(lang)
    assert [row[1:] for row in rows] == [
        [city.country, city.latitude, city.longitude]
        for city in read_cities()
        if city.population >= MIN_POPULATION or city.is_capital
    ]


def test_the_first_name_is_the_one_to_show():
    first = {lang: json.loads(build_gazetteer(lang))[0][0].split("|")[0] for lang in LANGUAGES}
    assert first == {"en": "Shanghai", "ru": "Шанхай", "zh-hans": "上海", "zh-hant": "上海"}


def test_towns_are_sane():
    cities = list(read_cities())
    assert len({city.geonameid for city in cities}) == len(cities)
    assert [city.population for city in cities] == sorted(
        (city.population for city in cities), reverse=True
    )
    for city in cities:
        assert re.fullmatch("[A-Z]{2}", city.country)
        assert -60 < city.latitude < 80
        assert -180 <= city.longitude <= 180
        assert city.population >= 100_000 or city.is_capital
        assert city.names["Latn"]
        assert all(re.fullmatch("[А-Яа-яЁё -]+", name) for name in city.names["Cyrl"])
        for script in ("Hans", "Hant"):
            assert all(re.fullmatch("[\u3400-\u9fff·]+", name) for name in city.names[script])
        assert not {"東", "廣", "圖", "爾"} & set("".join(city.names["Hans"]))
        assert not {"东", "广", "图", "尔"} & set("".join(city.names["Hant"]))
    capitals = {city.names["Latn"][0] for city in cities if city.is_capital}
    assert {"Berlin", "Astana", "Bern", "Reykjavík", "Washington"} <= capitals


def test_scripts_of_languages():
    scripts = {"en": "Latn", "ru": "Cyrl", "zh": "Hans", "zh-hans": "Hans", "zh-Hant": "Hant"}
    scripts |= {"zh-tw": "Hant", "zh_TW": "Hant", "sr-Latn": "Latn", "ar": "Arab", "tlh-x": "Latn"}
    assert {lang: script_code(lang) for lang in scripts} == scripts


def test_the_data_say_where_they_are_from_and_stay_small():
    readme = Path(DATA, "README.md").read_text("utf-8")
    for word in ("Natural Earth", "public domain", "GeoNames", "CC BY 4.0", "CLDR"):
        assert word in readme
    for path in DATA.iterdir():
        assert path.name == "README.md" or path.name in readme
    assert Path(DATA, "countries.json").stat().st_size <= 150_000
    assert Path(DATA, "cities.tsv").stat().st_size <= 500_000
