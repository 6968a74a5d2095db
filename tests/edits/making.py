"""Makes small sites that have a little of everything, the same one from the same seed."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

import pelicanconf
from tests.building import NOW
from tests.edits.site import Site, Text, key_of, name_of, picture

_WORDS = {
    "en": ["the kettle", "nobody rang", "a letter", "went astray", "we laughed", "tea at nine"],
    "ru": ["чайник кипел", "никто не звонил", "письмо", "потерялось", "мы смеялись", "чай"],
    "zh-hans": ["水开了", "没人来电话", "信寄丢了", "我们笑了", "九点喝茶", "客人回来了"],
    "zh-hant": ["水開了", "沒人來電話", "信寄丟了", "我們笑了", "九點喝茶", "客人回來了"],
}
NAMES = ("kettle", "letter", "queue", "sofa", "apology", "noon", "stairs", "umbrella", "bell")
TAGS = ("tea", "phone", "Books", "ожидание", "письма", "排队", "茶")
RUBRICS = ("servicestories", "servicequotes", "serviceevents", "servicefacts")
AUTHORS = ("ann-lee", "boris-chai", "wen-yu")
CITIES = (
    ("Almaty", "KZ", 43.2567, 76.9453, "Asia/Almaty"),
    ("Berlin", "DE", 52.5083, 13.4260, "Europe/Berlin"),
    ("Taipei", "TW", 25.0330, 121.5654, "Asia/Taipei"),
)
RHYTHMS = ("FREQ=MONTHLY;BYDAY=2TH", "FREQ=MONTHLY;BYDAY=1SA", "FREQ=WEEKLY;BYDAY=TU")
KEPT = "keep.md"
"""Name of a text in every language folder, so that none is ever empty."""


def make_site(seed: int) -> Site:
    """A site of two to four languages, with every kind of text."""
    chance = Random(seed)
    site = Site(settings=_settings(chance), now=NOW)
    languages = list(site.languages)
    for id in chance.sample(RUBRICS, 3):
        site.rubrics[id] = make_rubric(chance, languages, id)
    for id in AUTHORS[:2]:
        site.authors[id] = make_author(chance, languages, id)
    for name in ("desk", "tea"):
        site.files[f"images/{name}.png"] = picture(8, 6, chance.randrange(256))
    for lang in languages:
        site.texts[f"{lang}/posts/{KEPT}"] = make_post(site, chance, lang)
        site.texts[f"{lang}/pages/about.md"] = Text({"title": _title(chance, lang)}, ["Text."])
    _add_groups(site, chance)
    for name in chance.sample(NAMES, chance.randint(2, 3)):
        for lang in some(chance, languages):
            site.texts[f"{lang}/posts/{name}.md"] = make_post(site, chance, lang)
    _add_series_and_quote(site, chance)
    _add_events(site, chance)
    _add_questions(site, chance)
    _add_links(site, chance)
    _add_issues(site, chance)
    return site


def some(chance: Random, things: list[str]) -> list[str]:
    """One of them or more, in their order."""
    count = chance.randint(1, len(things))
    return sorted(chance.sample(things, count), key=things.index)


def sentence(chance: Random, lang: str) -> str:
    """A few words of a language."""
    words = [chance.choice(_WORDS[lang]) for _ in range(chance.randint(4, 9))]
    return f"{words[0].capitalize()} {' '.join(words[1:])} {chance.randrange(1000)}."


def moment(now: int, hours: float) -> str:
    """A local time that many hours from now (of which zone, matters little), on the full hour."""
    when = datetime.fromtimestamp(now, UTC) + timedelta(hours=hours)
    return f"{when:%Y-%m-%d %H}:00"


def make_post(site: Site, chance: Random, lang: str) -> Text:
    """A post of the last two months, some of them stories, with picture, authors and tags."""
    fields: dict[str, Any] = {
        "title": _title(chance, lang),
        "date": moment(site.now, -chance.randint(24, 60 * 24)),
    }
    if chance.random() < 0.5:
        fields["summary"] = sentence(chance, lang)
    if chance.random() < 0.7:
        fields["authors"] = chance.sample(AUTHORS, chance.randint(1, 2))
    if chance.random() < 0.3:
        fields |= {"image": "images/desk.png", "image_alt": sentence(chance, lang)}
    tags = chance.sample(TAGS, chance.randint(1, 2))
    rubrics = [id for id in site.rubrics if id != "servicequotes"]
    if rubrics and chance.random() < 0.6:
        tags.insert(0, chance.choice(rubrics))
    paragraphs = [sentence(chance, lang) for _ in range(chance.randint(1, 3))]
    return Text(fields, paragraphs, tags)


def make_event(site: Site, chance: Random, lang: str, hours: int) -> Text:
    """An event that begins so many hours from now, with all its facts."""
    city, country, latitude, longitude, zone = chance.choice(CITIES)
    fields: dict[str, Any] = {
        "title": _title(chance, lang),
        "date": moment(site.now, -chance.randint(24, 400)),
        "start": moment(site.now, hours),
        "timezone": zone,
    }
    if chance.random() < 0.6:
        fields["duration"] = "2h"
    if chance.random() < 0.7:
        fields |= {"venue": "Sabyr", "street": "Street 9", "city": city, "country": country}
        fields |= {"latitude": latitude, "longitude": longitude}
    else:
        fields |= {"online": "https://example.org/clinic", "event_languages": [lang]}
    if chance.random() < 0.4:
        fields |= {"registration": "https://example.org/register", "price": 15, "currency": "EUR"}
    return Text(fields, [sentence(chance, lang)], ["serviceevents", chance.choice(TAGS)])


def make_group(chance: Random, lang: str, *, is_on_map: bool) -> Text:
    """A user group that meets every month or week."""
    city, country, latitude, longitude, zone = chance.choice(CITIES)
    fields = {
        "title": _title(chance, lang),
        "city": city,
        "country": country,
        **({"latitude": latitude, "longitude": longitude} if is_on_map else {}),
        "timezone": zone,
        "languages": ["en", "ru"],
        "meets": chance.choice(RHYTHMS),
        "meets_at": "18:30",
        "duration": "2h",
        "organisers": [chance.choice(AUTHORS)],
    }
    return Text(fields, [sentence(chance, lang)])


def make_rubric(chance: Random, languages: list[str], id: str) -> dict[str, Any]:
    kind = {"servicequotes": "quote", "servicestories": "story"}.get(id, "post")
    return {
        "colour": f"#{chance.randrange(1 << 24):06x}",
        "icon": "fact",
        "kind": kind,
        "label": {lang: _title(chance, lang) for lang in languages},
        "description": {lang: sentence(chance, lang) for lang in languages},
    }


def make_author(chance: Random, languages: list[str], id: str) -> dict[str, Any]:
    # A name of one author must not be another's.
    names = {lang: f"{id.title()} {lang}" for lang in languages}
    return {
        "name": names,
        "bio": {lang: sentence(chance, lang) for lang in some(chance, languages)},
    }


def make_translation(text: Text, chance: Random, lang: str) -> Text:
    """A text's own words in another language; facts of events and groups are inherited."""
    kept = ("date", "authors", "translation_key", "kind", "image", "image_alt", "series")
    fields = {"title": _title(chance, lang)}
    fields |= {name: deepcopy(text.fields[name]) for name in kept if name in text.fields}
    paragraphs = [sentence(chance, lang)]
    if fields.get("kind") == "faq":
        paragraphs = make_questions(chance, lang)
    return Text(fields, paragraphs, list(text.hashtags))


def make_questions(chance: Random, lang: str) -> list[str]:
    count = chance.randint(1, 3)
    return [f"## Q{n}? {{#q{n}}}\n\n{sentence(chance, lang)}" for n in range(count)]


def make_list(lang: str) -> dict[str, Any]:
    """A mailing list's options."""
    return {**pelicanconf.NEWSLETTER["lists"][f"weekly-{lang}"], "providers": ["listmonk"]}


def _title(chance: Random, lang: str) -> str:
    return sentence(chance, lang).removesuffix(".")


def _settings(chance: Random) -> dict[str, Any]:
    languages = chance.sample(list(pelicanconf.LANGUAGES), chance.choice((2, 2, 2, 2, 3, 4)))
    options = {lang: deepcopy(pelicanconf.LANGUAGES[lang]) for lang in languages}
    for lang, option in options.items():
        option["fallback"] = chance.choice(("hide", "list", "full"))
        option["chain"] = [other for other in languages if other != lang]
    return {
        "LANGUAGES": options,
        "DEFAULT_LANG": languages[0],
        "EDITIONS": {**pelicanconf.EDITIONS, "page_size": 4, "home_posts": 3},
        "FEEDS": {**pelicanconf.FEEDS, "items": 4, "archive_items": 3},
        "NEWSLETTER": {
            **pelicanconf.NEWSLETTER,
            "lists": {
                f"weekly-{lang}": make_list(lang) for lang in languages[: chance.randint(1, 2)]
            },
        },
        "SOCIAL_IMAGES": {**pelicanconf.SOCIAL_IMAGES, "images": False},
        "SEARCH": {**pelicanconf.SEARCH, "shard_bytes": 2000, "chunk_bytes": 1000},
    }


def _add_groups(site: Site, chance: Random) -> None:
    is_on_map = chance.random() < 0.3  # drawing takes a third of a small build
    for name in ("circle", "table"):
        langs = some(chance, list(site.languages))
        text = make_group(chance, langs[0], is_on_map=is_on_map)
        for lang in langs:
            own = text if lang == langs[0] else make_translation(text, chance, lang)
            site.texts[f"{lang}/groups/{name}.md"] = own


def _add_series_and_quote(site: Site, chance: Random) -> None:
    lang = next(iter(site.languages))
    for part in (1, 2):
        text = make_post(site, chance, lang)
        text.fields |= {"series": "Letters", "series_part": part}
        site.texts[f"{lang}/posts/part-{part}.md"] = text
    quote = Text(
        {"title": "Said", "date": moment(site.now, -50), "kind": "quote", "by": "Chekhov"},
        [f"“{sentence(chance, lang)}”"],
        ["tea"],
    )
    site.texts[f"{lang}/posts/said.md"] = quote


def _add_events(site: Site, chance: Random) -> None:
    hours = {"evening": 24 * chance.randint(3, 40), "salon": 24 * chance.randint(2, 90)}
    hours |= {"past-evening": -24 * chance.randint(3, 60)}
    for name, distance in hours.items():
        langs = some(chance, list(site.languages))
        text = make_event(site, chance, langs[0], distance)
        if name == "evening":
            text.fields["group"] = "circle"
        if name == "past-evening":
            text.fields["recap"] = KEPT.removesuffix(".md")
        for lang in langs:
            own = text if lang == langs[0] else make_translation(text, chance, lang)
            site.texts[f"{lang}/events/{name}.md"] = own


def _add_questions(site: Site, chance: Random) -> None:
    for lang in some(chance, list(site.languages)):
        text = Text({"title": _title(chance, lang), "kind": "faq"}, make_questions(chance, lang))
        site.texts[f"{lang}/pages/faq.md"] = text


def _add_links(site: Site, chance: Random) -> None:
    for lang in site.languages:
        posts = [path for path in site.of("posts") if path.startswith(f"{lang}/")]
        events = [path for path in site.of("events") if path.startswith(f"{lang}/")]
        for path in posts:
            others = [other for other in posts if other != path]
            if others and chance.random() < 0.4:
                link = f"[see]({name_of(chance.choice(others))}.md)"
                site.texts[path].paragraphs[-1] += f" {link}" if "said" not in path else ""
            if events and chance.random() < 0.2 and "said" not in path:
                name = name_of(chance.choice(events))
                site.texts[path].paragraphs[0] += f" [come](../events/{name}.md)"


def _add_issues(site: Site, chance: Random) -> None:
    for key, options in site.settings["NEWSLETTER"]["lists"].items():
        lang = options["lang"]
        posts = [path for path in site.of("posts") if path.startswith(f"{lang}/")]
        keys = [key_of(path, site.texts[path]) for path in posts]
        chance.shuffle(keys)
        for number, picks in enumerate((keys[:2], keys[2:4]), 1):
            fields = {
                "title": f"Letter {number}",
                "date": moment(site.now, 24 * 7 * (number - 3)),
                "list": key,
                "posts": [*picks[:1], *({"key": k, "note": "Good."} for k in picks[1:])],
                "window_end": moment(site.now, 24 * 7 * (number - 3)),
            }
            events = [p for p in site.of("events") if p.startswith(f"{lang}/")]
            if events:
                fields["events"] = [key_of(events[0], site.texts[events[0]])]
            site.texts[f"{lang}/newsletter/letter-{number}.md"] = Text(
                fields, [sentence(chance, lang)]
            )
