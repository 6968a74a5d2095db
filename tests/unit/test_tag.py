"""Tags: which spellings are one tag, and what address a tag has."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from rubric.model.tag import identify, merge, parse_tag, slugify
from tests.cases import cases


@cases(
    ("one", "other"),
    [
        ("ServiceStories", "servicestories"),
        ("СЕРВИС", "сервис"),
        ("Straße", "STRASSE"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"),  # final sigma
        ("\u0439", "\u0438\u0306"),  # й, composed and decomposed
        ("ｓｅｒｖｉｃｅ", "service"),  # full-width letters
        ("ﬁle", "file"),  # a ligature
        ("customer service", "customer_service"),
        ("customer\u3000service", "customer service"),
        ("#service", "service"),
        ("＃服务", "服务"),
        (" # desk ", "desk"),
    ],
)
def test_spellings_of_one_tag_are_equal(one: str, other: str) -> None:
    assert parse_tag(one) == parse_tag(other)
    assert hash(parse_tag(one)) == hash(parse_tag(other))
    assert parse_tag(one).slug == parse_tag(other).slug


@cases(
    ("one", "other"),
    [
        ("服务故事", "服務故事"),  # simplified and traditional are two tags
        ("C", "C++"),
        ("C++", "C#"),
        ("NET", ".NET"),
        ("е", "e"),  # Cyrillic and Latin
        ("AT&T", "ATT"),
        ("ё", "е"),
        ("E", "E_"),
    ],
)
def test_different_tags_have_different_addresses(one: str, other: str) -> None:
    assert parse_tag(one) != parse_tag(other)
    assert parse_tag(one).slug != parse_tag(other).slug


@cases(
    ("spelling", "slug"),
    [
        ("ServiceStories", "servicestories"),
        ("C++", "c-plus-plus"),
        ("C#", "c-sharp"),
        (".NET", "dot-net"),
        ("ASP.NET", "asp-net"),
        ("AT&T", "at-and-t"),
        ("服務故事", "服務故事"),
        ("Ёлка", "ёлка"),
        ("می‌خواهم", "می-خواهم"),
        ("हिन्दी", "हिन्दी"),  # combining vowel signs stay
        ("a/b\\c?d", "a-b-c-d"),
        ("..", "dot"),
        ("E_", "e_"),
        ("desk__", "desk__"),
        ("_", ""),
        ("10️⃣ tips", "10-tips"),  # a keycap is drawn around digits
        ("❤️", ""),
        ("🎉", ""),
        ("", ""),
    ],
)
def test_slug_keeps_the_script_and_names_symbols(spelling: str, slug: str) -> None:
    assert parse_tag(spelling).slug == slug


def test_a_tag_is_not_equal_to_its_text() -> None:
    assert parse_tag("desk") != "desk"


def test_spelling_is_the_author_s_in_one_normal_form() -> None:
    assert parse_tag("#Сервис\u0438\u0306").spelling == "Сервис\u0439"


def test_merge_keeps_the_first_spelling_and_the_order() -> None:
    merged = merge(map(parse_tag, ["Desk", "phone"]), map(parse_tag, ["desk", "mail", "Phone"]))
    assert [tag.spelling for tag in merged] == ["Desk", "phone", "mail"]


@given(st.text())
def test_slug_is_one_harmless_path_segment(text: str) -> None:
    slug = slugify(text)
    assert all(
        char == "-" or char.isalnum() or unicodedata.category(char).startswith("M")
        for char in slug.rstrip("_")
    )
    assert not slug.startswith(("-", "_"))
    assert not slug.endswith("-")


@given(st.text())
def test_a_slug_is_its_own_slug(text: str) -> None:
    assert slugify(slugify(text)) == slugify(text)


@given(st.text())
def test_identity_of_an_identity_is_itself(text: str) -> None:
    assert identify(identify(text)) == identify(text)


@given(st.text())
def test_case_makes_no_other_tag(text: str) -> None:
    assert identify(text.casefold()) == identify(text)
