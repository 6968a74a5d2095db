"""Typographic corrections: quotation marks, apostrophes, dashes and no-break spaces."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown

import pelicanconf
from rubric.model.language import Languages
from rubric.model.text_language import TextLanguage
from rubric.model.typography import NBSP, plain_spaces, typeset, typography_of
from tests.cases import cases

RUSSIAN, ENGLISH = typography_of("ru"), typography_of("en-GB")


def shown(text: str) -> str:
    return text.replace(NBSP, "~")


@cases(
    ("written", "expected"),
    [
        ('Он сказал: "Да".', "Он сказал: «Да»."),
        ('"Читали "Каштанку"?" - спросил он', "«Читали „Каштанку“?»~— спросил он"),
        ('«Слово "вложенное" слово»', "«Слово „вложенное“ слово»"),
        ('("Да" и "нет")', "(«Да» и~«нет»)"),
        ("Он - не она -- и не мы", "Он~— не~она~— и~не~мы"),
        ("-- Здравствуйте!", "— Здравствуйте!"),
        ("В доме и в саду, а не у\nдороги", "В~доме и~в~саду, а~не~у~дороги"),
        ("Сказал бы, если бы знал же", "Сказал~бы, если~бы знал~же"),
        ("20 % из № 5, 3 км, 10 минут", "20~% из~№~5, 3~км, 10 минут"),
        ("А. П. Чехов и т. д.", "А.~П.~Чехов и~т.~д."),
        ("5 - 3 = 2, что-то из-за 7-8", "5 - 3 = 2, что-то из-за 7-8"),
        ('экран 24" и "лишняя', 'экран 24" и~"лишняя'),
        ("Ждите...", "Ждите…"),
    ],
)
def test_russian(written: str, expected: str) -> None:
    assert shown(typeset(written, RUSSIAN)) == expected


@cases(
    ("written", "expected"),
    [
        ('"Don\'t," she said.', "“Don’t,” she said."),
        ("\"'Quoted' words\" and 'single' ones", "“‘Quoted’ words” and ‘single’ ones"),
        ('"A "deep" one"', "“A ‘deep’ one”"),
        ("the users' '80s, rock 'n' roll, 'tis", "the users’ ’80s, rock ’n’ roll, ’tis"),
        ("6'2\" tall, 5'", "6'2\" tall, 5'"),
        ("yes - no -- maybe --- so", "yes~– no~– maybe~— so"),
        ("well---yes, foo--bar, --flag", "well—yes, foo--bar, --flag"),
        ("e-mail 2026-11-05 and 10-15", "e-mail 2026-11-05 and 10-15"),
        ('"Yes"? ("no")—"so"', "“Yes”? (“no”)—“so”"),
    ],
)
def test_english(written: str, expected: str) -> None:
    assert shown(typeset(written, ENGLISH)) == expected


@given(st.text(alphabet='аб "—.,(5\n'))
def test_corrections_are_idempotent_and_keep_all_letters(text: str) -> None:
    once = typeset(text, RUSSIAN)
    assert typeset(once, RUSSIAN) == once
    letters = [char for char in text if char.isalnum()]
    assert [char for char in once if char.isalnum()] == letters


def test_many_open_marks_take_linear_time() -> None:
    start = process_time()
    typeset('"а ' * 20_000 + "'b " * 20_000, ENGLISH)
    assert process_time() - start < 2


@cases("tag", ["zh-Hans", "zh-Hant", "ja", "ar", "tlh"])
def test_other_languages_are_left_alone(tag: str) -> None:
    assert typography_of(tag) is None


def test_a_language_can_select_corrections_and_marks() -> None:
    options = {"tag": "ru", "locale": "ru", "name": "Русский", "site_name": "Круг"}
    chosen = Languages.from_settings({"ru": {**options, "typography": ["quotes"]}})["ru"]
    assert typeset('"Да" - в', chosen.conventions) == "«Да» - в"
    none = Languages.from_settings({"ru": {**options, "typography": []}})["ru"]
    assert none.conventions is None
    french = Languages.from_settings({"fr": {**options, "tag": "fr", "quotes": "«»“”"}})["fr"]
    assert typeset('"Oui" - "a "b""', french.conventions).startswith("«Oui»")


@cases(
    ("option", "value", "said"),
    [
        ("typography", ["quotation"], "typography “quotation” is unknown."),
        ("typography", "quotes", "is not a list of corrections"),
        ("quotes", "«»", "are not four quotation marks"),
        ("quotes", "«»\"'", "are not four quotation marks"),
    ],
)
def test_wrong_options_are_errors(option: str, value: object, said: str) -> None:
    options = {"tag": "ru", "locale": "ru", "name": "Русский", "site_name": "Круг"}
    with pytest.raises(ValueError, match=said):
        Languages.from_settings({"ru": {**options, option: value}})


def convert(text: str, tag: str = "ru") -> str:
    parser = Markdown(**pelicanconf.MARKDOWN)
    parser.text_language = TextLanguage(tag, tag, typography_of(tag))  # type: ignore[attr-defined]
    return shown(parser.convert(text))


@cases(
    ("written", "expected"),
    [
        ('"**Да**" и *"нет"*', "<p>«<strong>Да</strong>» и~<em>«нет»</em></p>"),
        ('см. "`a "b"`" тут', '<p>см. «<code>a "b"</code>» тут</p>'),
        ('<b title="a - b">"в доме"</b>', '<p><b title="a - b">«в~доме»</b></p>'),
        ('<code>"a" - b</code> "c"', '<p><code>"a" - b</code> «c»</p>'),
        ('[о "нём"](https://a.example/a-"b)', '<p><a href="https://a.example/a-&quot;b">о~«нём»</a></p>'),
        ("https://a.example/--/a...b", '<p><a href="https://a.example/--/a...b">https://a.example/--/a...b</a></p>'),
        (r"\"да\" - нет", '<p>"да"~— нет</p>'),
        ('<div>\n"a" - b\n</div>', '<div>\n"a" - b\n</div>'),
        ('- "а"\n- б "в"', "<ul>\n<li>«а»</li>\n<li>б «в»</li>\n</ul>"),
        ('"а"&nbsp;- "б"', "<p>«а»&nbsp;— «б»</p>"),
    ],
)  # fmt: skip
def test_code_addresses_and_attributes_are_left_alone(written: str, expected: str) -> None:
    assert convert(written) == expected


def test_hashtags_and_ids_of_headings_do_not_change() -> None:
    assert 'href="{tag}о-в"' in convert("Про #о-в и дом") or "#о" in convert("Про #о-в и дом")
    plain = Markdown(**pelicanconf.MARKDOWN).convert('## Что "в" доме - и\n')
    typed = convert('## Что "в" доме - и\n')
    assert plain.partition(">")[0] == typed.partition(">")[0]
    assert "«в»" in typed


def test_quotation_marks_are_paired_within_a_block() -> None:
    assert convert('"а\n\nб"') == '<p>"а</p>\n<p>б"</p>'


def test_plain_spaces() -> None:
    assert plain_spaces(f"в{NBSP}доме") == "в доме"
