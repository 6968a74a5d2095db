"""The NEWSLETTER setting: what makes a list, and what is told when it doesn't."""

from __future__ import annotations

from typing import Any

import pytest

import pelicanconf
from rubric.model.language import Languages
from rubric.newsletter.lists import form_hosts, parse_lists
from tests.cases import cases

LANGUAGES = Languages.from_settings(pelicanconf.LANGUAGES)
LEAST = {
    "lang": "ru",
    "name": "Письмо",
    "cadence": "weekly",
    "sender_name": "Круг",
    "sender_email": "letters@example.org",
    "postal_address": "Улица 1\nАлматы",
}


def parse(**options: Any):
    given = {name: value for name, value in {**LEAST, **options}.items() if value is not None}
    return parse_lists({"lists": {"weekly-ru": given}}, LANGUAGES)["weekly-ru"]


def refused(**options: Any) -> str:
    with pytest.raises(ValueError, match=r"^NEWSLETTER\['lists'\]\['weekly-ru'\]: ") as caught:
        parse(**options)
    return str(caught.value).partition(": ")[2]


def test_own_lists_are_read_one_a_language():
    lists = parse_lists(pelicanconf.NEWSLETTER, LANGUAGES)
    assert [item.lang for item in lists.values()] == list(LANGUAGES)
    assert all(key == item.key for key, item in lists.items())


def test_least_a_list_needs_gives_the_rest():
    mailing = parse()
    assert mailing.reply_to == "letters@example.org"
    assert (mailing.tags, mailing.groups, mailing.providers) == ((), (), ())
    assert (mailing.max_posts, mailing.max_events, mailing.fallback) == (10, 5, "hide")


def test_tags_are_taken_by_their_identity():
    assert parse(tags=["#Ночная Смена"]).tags == ("ночная_смена",)


@cases("settings", [{}, {"lists": {}}])
def test_no_setting_is_no_list(settings):
    assert parse_lists(settings, LANGUAGES) == {}


@cases(
    ("options", "told"),
    [
        ({"cadense": "weekly"}, "cadense is not an option here. Did you mean cadence?"),
        ({"name": None, "postal_address": ""}, "lacks name, postal_address. See docs/settings.md."),
        ({"lang": "fr"}, "lang “fr” is unknown. Choose en, ru, zh-hans or zh-hant."),
        ({"cadence": "often"}, "cadence “often” is unknown. Choose daily, weekly or monthly."),
        ({"fallback": "full"}, "fallback “full” is unknown. Choose hide or list."),
        (
            {"providers": ["mailchump"]},
            (
                "provider “mailchump” is unknown. Choose listmonk, mailchimp, buttondown, keila, "
                "brevo, ghost or mailerlite."
            ),
        ),
        ({"providers": "listmonk"}, "providers is not a list of strings. Write ['one', 'two']."),
        (
            {"provider_settings": {"listmonk": 3}},
            "provider_settings is not a dict of options by provider.",
        ),
        (
            {"sender_email": "letters"},
            "sender_email “letters” is not an e-mail address. Write it as letters@example.org.",
        ),
        ({"sender_name": "a\r\nBcc: b"}, "sender_name has a line break. Write it as one line."),
        ({"max_posts": 0}, "max_posts is not a whole number of at least 1."),
        ({"max_events": True}, "max_events is not a whole number of at least 0."),
        ({"is_full": "no"}, "is_full is neither True nor False."),
    ],
)
def test_mistake_in_a_list_is_told_with_the_way_out(options, told):
    assert refused(**options) == told


@cases(
    "action",
    ["news.example.org/form", "javascript:alert(1)", "https://a.example;script-src *", "https://"],
)
def test_form_address_that_would_bend_the_policy_is_refused(action):
    assert f"form_action “{action}” is not an address" in refused(form_action=action)


@cases("key", ["Weekly", "weekly ru", "weekly/ru", ""])
def test_key_that_no_file_can_bear_is_refused(key):
    with pytest.raises(ValueError, match="small letters, digits and hyphens"):
        parse_lists({"lists": {key: LEAST}}, LANGUAGES)


def test_form_hosts_are_origins_each_once():
    forms = ["https://b.example:8443/form?list=1", "https://a.example/x", "https://a.example/y", ""]
    lists = [parse(form_action=form) for form in forms]
    assert form_hosts(lists) == ["https://a.example", "https://b.example:8443"]
