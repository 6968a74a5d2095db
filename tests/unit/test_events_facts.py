"""Facts once: what the translations of one event or group say together."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any, cast
from zoneinfo import ZoneInfo

from rubric.build import Build
from rubric.events.passes import attach_facts
from rubric.model.entry import Entry
from rubric.model.event import EventFacts, UserGroup
from rubric.model.kinds import BUILT_IN
from rubric.model.language import Language, Languages
from rubric.model.metadata import Metadata
from rubric.model.recurrence import Recurrence
from rubric.model.site import Site
from rubric.reading.assembly import assemble, locate
from rubric.reading.check import check, model_kind
from tests.cases import cases

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
ZONE = ZoneInfo("UTC")
CHAINS = {"en": ("ru",), "ru": ("en",), "zh-hans": ("zh-hant", "en"), "zh-hant": ("zh-hans",)}
BERLIN = {"start": "2026-12-10 18:30", "timezone": "Europe/Berlin"}
DAY = timedelta(days=1)


def read(files: dict[str, dict[str, Any]], now: datetime = NOW) -> Site:
    """A site of front matters by file name, its facts gathered as a build does it."""
    languages = [
        Language(key, {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}.get(key, key), key, key, "", "")
        for key in CHAINS
    ]
    chained = [
        Language(each.key, each.tag, each.locale, each.name, "", "", chain=CHAINS[each.key])
        for each in languages
    ]
    site = Site("https://example.org", ZONE, now, Languages(chained))
    for name, given in files.items():
        source = f"{name}.md"
        fields = {"title": name, "date": "2026-09-07", **given}
        metadata = check(model_kind(BUILT_IN, locate(source).folder, fields), fields, ZONE)
        assert isinstance(metadata, Metadata), metadata
        lines = {field: number for number, field in enumerate(fields, 2)}
        site.entries.append(assemble(site, source, metadata, "<p>Text.</p>", (), lines))
    settings = {"EVENTS": {"default_duration": "2h", "tentative_dates": 3}}
    attach_facts(cast("Build", SimpleNamespace(site=site, settings=settings)))
    return site


def entry_of(site: Site, name: str) -> Entry:
    return next(entry for entry in site.entries if entry.source == f"{name}.md")


def event_of(site: Site, name: str = "en/events/meetup") -> EventFacts:
    assert list(site.errors) == []
    event = entry_of(site, name).event
    assert event is not None
    return event


def group_of(site: Site, name: str = "en/groups/circle") -> UserGroup:
    assert list(site.errors) == []
    group = entry_of(site, name).group
    assert group is not None
    return group


def told(site: Site) -> list[str]:
    return [f"{error.path}:{error.line}: {error.field}: {error.problem}" for error in site.errors]


def one(**fields: Any) -> EventFacts:
    """The facts of a lone event in Berlin."""
    return event_of(read({"en/events/meetup": {**BERLIN, **fields}}))


# Translations ---------------------------------------------------------------------------

FACTS: dict[str, Any] = {
    "start": "2026-12-10 18:30",
    "end": "2026-12-10 21:00",
    "timezone": "Asia/Almaty",
    "event_status": "moved",
    "moved_from": "2026-12-03 18:30",
    "online": "https://example.org/stream",
    "country": "KZ",
    "latitude": 43.25,
    "longitude": 76.94,
    "event_languages": ["ru", "kk"],
    "interpretation": ["en"],
    "registration": "https://example.org/register",
    "registration_until": "2026-12-09",
    "price": 15.5,
    "currency": "EUR",
    "capacity": 40,
    "sold_out": True,
    "promo_code": "CIRCLE",
    "promo_until": "2026-12-01",
    "recording": "https://example.org/video",
    "slides": "https://example.org/slides",
}
WORDS = {
    "venue": "Сабыр",
    "street": "Абылай хана, 91",
    "city": "Алматы",
    "access": "Со двора.",
    "promo_text": "Скидка",
    "speakers": ["Айгерим"],
}


@cases("lang", ["en", "zh-hans", "zh-hant"])
def test_a_translation_inherits_every_fact_and_word_it_leaves_out(lang: str):
    site = read({"ru/events/meetup": {**FACTS, **WORDS}, f"{lang}/events/meetup": {}})
    original = event_of(site, "ru/events/meetup")
    assert event_of(site, f"{lang}/events/meetup") == original
    assert original.status == "moved"
    assert original.moved_from == datetime(2026, 12, 3, 13, 30, tzinfo=UTC)
    assert original.place.venue == "Сабыр"
    assert original.registration.promo_text == "Скидка"


def test_facts_may_stand_in_different_files():
    split = [dict(list(FACTS.items())[start::2]) for start in (0, 1)]
    site = read({"en/events/meetup": split[0], "ru/events/meetup": split[1]})
    whole = read({"en/events/meetup": FACTS})
    assert event_of(site) == event_of(site, "ru/events/meetup") == event_of(whole)


def test_words_are_each_language_s_own():
    own = {"venue": "Sabyr", "city": "Almaty", "speakers": ["Aigerim"]}
    site = read({"ru/events/meetup": {**FACTS, **WORDS}, "en/events/meetup": own})
    place = event_of(site).place
    assert (place.venue, place.city, place.street) == ("Sabyr", "Almaty", "Абылай хана, 91")
    assert event_of(site).speakers == ("Aigerim",)
    assert event_of(site, "ru/events/meetup").place.venue == "Сабыр"


def test_words_come_from_the_nearest_language():
    """Simplified Chinese reads traditional before English."""
    site = read(
        {
            "en/events/meetup": {**BERLIN, "venue": "Bookshop"},
            "zh-hant/events/meetup": {"venue": "書屋"},
            "zh-hans/events/meetup": {},
            "ru/events/meetup": {},
        }
    )
    assert event_of(site, "zh-hans/events/meetup").place.venue == "書屋"
    assert event_of(site, "ru/events/meetup").place.venue == "Bookshop"


CONTRARY = {
    "start": "2026-12-10 19:30",
    "end": "2026-12-10 21:30",
    "timezone": "Asia/Qyzylorda",
    "event_status": "cancelled",
    "moved_from": "2026-12-04",
    "online": "https://example.org/other",
    "country": "UZ",
    "latitude": 43.5,
    "longitude": 76,
    "event_languages": ["ru"],
    "interpretation": ["de"],
    "registration": "https://example.org/other",
    "registration_until": "2026-12-08",
    "price": "0",
    "currency": "USD",
    "capacity": 41,
    "sold_out": "no",
    "promo_code": "OTHER",
    "promo_until": "2026-12-02",
    "recording": "https://example.org/other",
    "slides": "https://example.org/other",
}


@cases("name", list(FACTS))
def test_a_contradiction_names_both_files(name: str):
    other = {name: CONTRARY[name]}
    site = read({"en/events/meetup": FACTS, "ru/events/meetup": other})
    line = list(FACTS).index(name) + 4
    problem = f"contradicts its translation content/en/events/meetup.md:{line}."
    assert told(site) == [f"content/ru/events/meetup.md:4: {name}: {problem}"]


def test_the_same_fact_twice_is_no_contradiction():
    site = read({"en/events/meetup": FACTS, "ru/events/meetup": FACTS})
    assert event_of(site) == event_of(site, "ru/events/meetup")


def test_events_of_different_keys_do_not_share_facts():
    site = read({"en/events/a": BERLIN, "ru/events/b": {**BERLIN, "start": "2027-01-01"}})
    assert event_of(site, "en/events/a").starts_at != event_of(site, "ru/events/b").starts_at


def test_a_mistake_is_told_at_the_file_that_states_it():
    site = read({"en/events/meetup": {}, "ru/events/meetup": {**BERLIN, "end": "2026-12-01 9:00"}})
    assert told(site) == ["content/ru/events/meetup.md:6: end: is not after the start."]


# Groups ---------------------------------------------------------------------------------

CIRCLE: dict[str, Any] = {
    "city": "Almaty",
    "country": "KZ",
    "timezone": "Asia/Almaty",
    "languages": ["ru", "kk"],
    "duration": "3h",
}


def test_an_event_takes_zone_length_city_and_country_from_its_group():
    site = read(
        {
            "en/groups/circle": CIRCLE,
            "en/events/meetup": {"start": "2026-12-10 18:30", "group": "circle"},
        }
    )
    event = event_of(site)
    assert event.starts_at == datetime(2026, 12, 10, 13, 30, tzinfo=UTC)
    assert event.ends_at == datetime(2026, 12, 10, 16, 30, tzinfo=UTC)
    assert not event.has_stated_end
    assert (event.place.city, event.place.country) == ("Almaty", "KZ")


def test_what_an_event_says_goes_before_its_group():
    own = {"start": "2026-12-10 18:30", "group": "circle", "timezone": "Asia/Tashkent"}
    place = {"city": "Tashkent", "country": "UZ", "duration": "1h"}
    event = event_of(read({"en/groups/circle": CIRCLE, "en/events/meetup": {**own, **place}}))
    assert (event.place.city, event.place.country) == ("Tashkent", "UZ")
    assert event.ends_at - event.starts_at == timedelta(hours=1)


def test_the_group_s_city_is_named_in_the_language_of_the_page():
    own = {"start": "2026-12-10 18:30", "group": "circle"}
    site = read(
        {
            "en/groups/circle": CIRCLE,
            "ru/groups/circle": {"city": "Алматы"},
            "en/events/meetup": own,
            "ru/events/meetup": {},
            "zh-hans/events/meetup": {},
        }
    )
    assert event_of(site, "ru/events/meetup").place.city == "Алматы"
    assert event_of(site, "zh-hans/events/meetup").place.city == "Almaty"


def test_an_online_event_is_not_in_its_group_s_city():
    own = {"start": "2026-12-10 18:30", "group": "circle", "online": "https://example.org/"}
    event = event_of(read({"en/groups/circle": CIRCLE, "en/events/meetup": own}))
    assert (event.attendance, event.place.city, event.place.country) == ("online", "", "")


@cases(
    ("fields", "attendance"),
    [
        ({}, "in_person"),
        ({"venue": "Bookshop"}, "in_person"),
        ({"online": "https://example.org/"}, "online"),
        ({"online": "https://example.org/", "city": "Berlin"}, "hybrid"),
        ({"online": "https://example.org/", "latitude": 1, "longitude": 2}, "hybrid"),
    ],
)
def test_the_kind_of_place_follows_from_what_is_given(fields: dict[str, Any], attendance: str):
    assert one(**fields).attendance == attendance


def test_a_group_s_translation_inherits_its_facts():
    links = ["https://example.org/", "mailto:a@example.org"]
    facts = {**CIRCLE, "founded": "2026-11", "links": links, "meets": "FREQ=MONTHLY;BYDAY=2TH"}
    site = read(
        {"ru/groups/circle": {**facts, "meets_at": "18:30"}, "en/groups/circle": {"city": "A"}}
    )
    english, russian = group_of(site), group_of(site, "ru/groups/circle")
    assert (english.city, russian.city) == ("A", "Almaty")
    assert english.zone is russian.zone
    for name in ("country", "languages", "founded", "links", "meets_at", "duration", "tentative"):
        assert getattr(english, name) == getattr(russian, name) != ()


def test_a_group_s_contradiction_names_both_files():
    site = read({"en/groups/circle": CIRCLE, "ru/groups/circle": {"country": "KG"}})
    problem = "contradicts its translation content/en/groups/circle.md:5."
    assert told(site) == [f"content/ru/groups/circle.md:4: country: {problem}"]


def test_a_rhythm_in_words_is_each_language_s_own():
    site = read(
        {
            "en/groups/circle": {**CIRCLE, "meets": "second Thursday of the month 18:30"},
            "ru/groups/circle": {"meets": "каждый второй четверг месяца в 18:30"},
            "zh-hans/groups/circle": {},
        }
    )
    english, russian = group_of(site), group_of(site, "ru/groups/circle")
    assert (english.meets, english.meets_language) == ("second Thursday of the month 18:30", "en")
    assert russian.meets == "каждый второй четверг месяца в 18:30"
    without = group_of(site, "zh-hans/groups/circle")
    assert (without.meets, without.meets_language) == ("", "")
    for group in (english, russian, without):
        assert group.recurrence == Recurrence("MONTHLY", days=((2, 3),))
        assert group.meets_at == time(18, 30)


def test_a_rule_and_words_may_agree():
    rule = {**CIRCLE, "meets": "FREQ=MONTHLY;BYMONTH=9;BYDAY=1MO", "meets_at": "19:00"}
    site = read({"en/groups/circle": rule, "ru/groups/circle": {"meets": "первый пн сентября"}})
    assert group_of(site).meets == ""
    assert group_of(site, "ru/groups/circle").meets == "первый пн сентября"


@cases(
    "russian",
    [
        "третий четверг месяца в 18:30",
        "второй четверг месяца в 19:30",
        "второй четверг месяца, кроме августа, в 18:30",
        "FREQ=MONTHLY;BYDAY=3TH;BYHOUR=18;BYMINUTE=30",
    ],
)
def test_a_rhythm_in_words_that_contradicts_another_names_both_files(russian: str):
    english = {**CIRCLE, "meets": "second Thursday of the month 18:30"}
    site = read({"en/groups/circle": english, "ru/groups/circle": {"meets": russian}})
    problem = "contradicts its translation content/en/groups/circle.md:9."
    assert told(site) == [f"content/ru/groups/circle.md:4: meets: {problem}"]


@cases("meets", ["по четвергам", "每周四", "Thursdays", "Thursdays 晚上7:00"])
def test_words_in_another_language_than_their_file_are_not_shown(meets: str):
    given = {**CIRCLE, "meets": meets, "meets_at": "19:00"}
    group = group_of(read({"en/groups/circle": given}))
    assert group.meets == (meets if meets == "Thursdays" else "")
    assert group.recurrence == Recurrence("WEEKLY", days=((0, 3),))


def test_a_translation_with_an_unknown_word_is_refused():
    english = {**CIRCLE, "meets": "second Thursday of the month 18:30"}
    russian = {"meets": "второй четверг месяца, с чаем"}
    site = read({"en/groups/circle": english, "ru/groups/circle": russian})
    problem = "“второй четверг месяца, с чаем” is not understood at “чаем”."
    assert told(site) == [f"content/ru/groups/circle.md:4: meets: {problem}"]


def test_an_error_in_a_rhythm_names_the_field_and_the_file_that_has_it():
    words = {**CIRCLE, "meets": "every Thursday 18:30"}
    site = read({"en/groups/circle": words, "ru/groups/circle": {"meets_at": "19:00"}})
    problem = "“19:00” contradicts meets, which names 18:30."
    assert told(site) == [f"content/ru/groups/circle.md:4: meets_at: {problem}"]


def test_a_rhythm_needs_a_zone():
    site = read({"en/groups/circle": {"meets": "every Thursday 18:30"}})
    assert told(site) == [
        "content/en/groups/circle.md:1: timezone: is missing, so the rhythm has no times."
    ]


def test_names_of_unknown_files_are_refused():
    site = read(
        {
            "en/events/meetup": {**BERLIN, "group": "berln", "recap": "no-such-post"},
            "en/posts/report": {"group": "berln"},
            "en/groups/berlin": {},
        }
    )
    assert told(site) == [
        "content/en/events/meetup.md:6: group: there is no user group “berln”.",
        "content/en/events/meetup.md:7: recap: there is no post “no-such-post”.",
        "content/en/posts/report.md:4: group: there is no user group “berln”.",
    ]


# Registration ---------------------------------------------------------------------------

REGISTRATION = {"registration": "https://example.org/register"}


def test_registration_is_open_through_the_last_day():
    event = one(**REGISTRATION, registration_until="2026-12-09")
    closes = datetime(2026, 12, 9, 23, tzinfo=UTC)  # midnight in Berlin
    assert event.takes_registrations(closes - timedelta(seconds=1))
    assert not event.takes_registrations(closes)


def test_registration_without_a_deadline_closes_at_the_start():
    event = one(**REGISTRATION)
    assert event.takes_registrations(event.starts_at - timedelta(seconds=1))
    assert not event.takes_registrations(event.starts_at)


@cases(
    ("fields", "is_open"),
    [
        ({}, True),
        ({"event_status": "moved"}, True),
        ({"event_status": "cancelled"}, False),
        ({"event_status": "postponed"}, False),
        ({"sold_out": True}, False),
        ({"sold_out": "no"}, True),
        ({"registration": None}, False),
    ],
)
def test_registration_is_open_while_there_is_something_to_register_for(
    fields: dict[str, Any], is_open: bool
):
    assert one(**{**REGISTRATION, **fields}).takes_registrations(NOW) is is_open


def test_a_promotion_counts_through_its_last_day():
    event = one(promo_code="CIRCLE", promo_until="2026-12-01")
    ends = datetime(2026, 12, 1, 23, tzinfo=UTC)
    assert event.has_promo(ends - timedelta(seconds=1))
    assert not event.has_promo(ends)
    assert not one(promo_until="2026-12-01").has_promo(NOW)
    cancelled = one(promo_code="CIRCLE", promo_until="2026-12-01", event_status="cancelled")
    assert not cancelled.has_promo(NOW)


def test_an_event_is_over_when_it_has_ended():
    event = one(end="2026-12-10 21:00")
    assert not event.is_over(event.ends_at - timedelta(seconds=1))
    assert event.is_over(event.ends_at)


# Tentative dates ------------------------------------------------------------------------


def promised(events: dict[str, dict[str, Any]], now: datetime = NOW, **group: Any) -> list[str]:
    """The tentative dates of a group that meets every second Thursday."""
    rhythm = {"meets": "FREQ=MONTHLY;BYDAY=2TH", "meets_at": "18:30"}
    files = {f"en/events/{name}": {"group": "circle", **event} for name, event in events.items()}
    site = read({"en/groups/circle": {**CIRCLE, **rhythm, **group}, **files}, now)
    return [f"{meeting.starts_at:%m-%d}" for meeting in group_of(site).tentative]


def test_an_event_replaces_the_date_it_names():
    assert promised({}) == ["12-10", "01-14", "02-11"]
    assert promised({"a": {"start": "2027-01-14 19:00"}}) == ["12-10", "02-11", "03-11"]


def test_a_moved_event_replaces_the_date_it_was_moved_from():
    moved = {"start": "2026-12-17 18:30", "event_status": "moved", "moved_from": "2026-12-10 18:30"}
    assert promised({"a": moved}) == ["01-14", "02-11", "03-11"]


def test_a_cancelled_event_leaves_no_tentative_date_in_its_place():
    cancelled = {"start": "2026-12-10 18:30", "event_status": "cancelled"}
    assert promised({"a": cancelled}) == ["01-14", "02-11", "03-11"]


def test_a_draft_confirms_nothing():
    draft = {"start": "2026-12-10 18:30", "status": "draft"}
    assert promised({"a": draft}) == ["12-10", "01-14", "02-11"]


def test_an_event_of_another_group_confirms_nothing():
    site = read(
        {
            "en/groups/other": {"timezone": "Asia/Almaty"},
            "en/groups/circle": {**CIRCLE, "meets": "second Thursday 18:30"},
            "en/events/a": {"start": "2026-12-10 18:30", "group": "other"},
        }
    )
    assert group_of(site).tentative[0].starts_at == datetime(2026, 12, 10, 13, 30, tzinfo=UTC)


def test_promised_dates_end_when_none_was_confirmed():
    """Three dates after the last confirmed one, whatever the clock says."""
    held = {"a": {"start": "2026-09-10 18:30"}}
    assert promised(held) == ["12-10"]
    assert promised(held, NOW - 30 * DAY) == ["11-12", "12-10"]
    assert promised(held, NOW + 30 * DAY) == []
    assert promised({}, founded="2024-03") == []


def test_who_announces_a_date_is_awake():
    events = {"a": {"start": "2025-01-09 18:30"}, "b": {"start": "2027-01-14 18:30"}}
    assert promised(events) == ["12-10", "02-11", "03-11"]


def test_no_recap_can_be_stated():
    event = one(recap="none")
    assert (event.recap, event.has_recap_waived) == ("", True)
    assert not one().has_recap_waived


@cases("name", ["latitude", "longitude"])
@cases("path", ["en/events/meetup", "en/groups/circle"])
def test_half_a_pair_of_coordinates_is_refused(path: str, name: str):
    site = read({path: {**(BERLIN if "events" in path else {}), name: 12.5}})
    (line,) = told(site)
    assert line.startswith(f"content/{path}.md:")
    assert f"{name}: needs " in line
