"""Folding and terms: what of a text can be looked up."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubric.search.folding import fold, load_variants
from rubric.search.stemmers import load_script, stemmer_of
from rubric.search.terms import Analyser, grams, joined_words, plain
from tests.cases import cases

VARIANTS = load_variants()
ALGORITHMS = {"en": "english", "ru": "russian"}


@pytest.fixture
def analyser() -> Analyser:
    return Analyser(VARIANTS, ALGORITHMS)


@cases(
    ("written", "folded"),
    [
        ("Ёлка", "елка"),
        ("ЗА\u0301МОК", "замок"),
        ("Ｃａｆé", "cafe"),
        ("İstanbul", "istanbul"),
        ("客戶服務", "客户服务"),
        ("客户服务", "客户服务"),
        ("頭髮發", "头发发"),
        ("\uf900", "岂"),  # a compatibility ideograph is the character it stands for, 豈
        ("ﬁne", "fine"),
    ],
)
def test_spellings_of_one_word_fold_alike(written: str, folded: str):
    assert fold(written, VARIANTS) == folded


@given(st.text())
def test_what_is_folded_stays_as_it_is(text: str):
    once = fold(text, VARIANTS)
    assert fold(once, VARIANTS) == once


@given(st.text())
def test_composed_and_decomposed_text_fold_alike(text: str):
    composed = unicodedata.normalize("NFC", text)
    assert fold(composed, VARIANTS) == fold(unicodedata.normalize("NFD", text), VARIANTS)


def test_no_simplified_character_is_folded_on():
    """Otherwise the table would need to be applied twice, and the browser applies it once."""
    assert {new for new in VARIANTS.values() if ord(new) in VARIANTS} == set()


@cases(
    ("locale", "algorithm"),
    [("ru", "russian"), ("en_GB", "english"), ("de", "german"), ("zh_Hans", ""), ("kk", "")],
)
def test_the_stemmer_is_the_locale_s(locale: str, algorithm: str):
    assert stemmer_of(locale) == algorithm


def stems(analyser: Analyser, text: str, lang: str) -> set[str]:
    return {stem for stem, _ in analyser.analyse(text, lang).words}


@cases(
    ("lang", "forms"),
    [
        ("ru", "клиент клиента клиенты клиентам клиентами клиентов"),
        ("ru", "чай чая чаю чаем"),
        ("ru", "история истории историю историями"),
        ("ru", "помогли помогла помогло"),
        ("ru", "ёлка елка ёлки елку"),
        ("en", "story stories"),
        ("en", "customer customers"),
        ("en", "apology apologies"),
        ("en", "stop stops stopped stopping"),
        ("en", "e-mail e-mails email emails"),
    ],
)
def test_forms_of_a_word_share_a_stem(analyser: Analyser, lang: str, forms: str):
    """Whatever other forms there are: each is analysed by itself."""
    first, *rest = forms.split()
    for form in rest:
        assert stems(analyser, first, lang) & stems(analyser, form, lang), form


@cases(
    ("text", "words"),
    [
        ("C++ and C#, F# or Notepad++", {"c++", "c#", "f#", "notepad++"}),
        ("C/C++", {"c++"}),
        ("C♯", {"c#"}),
        (".NET, ASP.NET", {".net"}),
        ("#hashtag C#sharp", set()),
        ("open 24/7 from 18:30", {"24/7", "18:30"}),
        ("1,000 guests, 1.000.000 visits, 3.14", {"1,000", "1000", "1.000.000", "1000000", "3.14"}),
        ("e-mail, COVID-19, кое-что", {"email", "covid19", "коечто"}),
        ("U.S.A. and т.е.", {"u.s.a", "usa", "т.е"}),
        ("The end. And then…", set()),
        ("a - b -- c", set()),
    ],
)
def test_words_with_signs_are_terms(text: str, words: set[str]):
    assert set(joined_words(plain(text))) == words


def test_signs_do_not_hide_the_words_beside_them(analyser: Analyser):
    terms = {form for _, form in analyser.analyse("C++, e-mail, ASP.NET, 24/7", "en").words}
    assert {"c", "c++", "mail", "email", "asp", "net", "24/7"} <= terms


def test_each_algorithm_of_a_browser_is_one_of_snowball():
    for locale in ("en_GB", "ru", "de", "fr", "tr"):
        script = load_script(stemmer_of(locale)).decode()
        assert "export const stem" in script


def test_forms_of_a_russian_word_have_one_stem(analyser: Analyser):
    terms = analyser.analyse("Клиент клиента, клиентам; КЛИЕНТАМИ!", "ru")
    assert {stem for stem, _ in terms.words} == {"клиент"}
    assert {form for _, form in terms.words} == {"клиент", "клиента", "клиентам", "клиентами"}


def test_a_language_without_stemmer_has_words_as_they_are(analyser: Analyser):
    assert analyser.analyse("Kundinnen", "zh-hans").words == {("kundinnen", "kundinnen")}


def test_han_and_words_of_one_text_are_told_apart(analyser: Analyser):
    terms = analyser.analyse("用CRM系統，好", "zh-hant")
    assert terms.words == {("crm", "crm")}
    assert terms.grams == {"用", "系", "统", "系统", "好"}


def test_addresses_are_not_words(analyser: Analyser):
    assert analyser.analyse("x" * 41, "en").words == frozenset()


HAN_TEXT = st.text(
    st.one_of(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), st.sampled_from("。, a\n"))
)


@given(HAN_TEXT)
def test_grams_are_exactly_the_pairs_and_characters_of_han(text: str):
    is_han = ["\u4e00" <= char <= "\u9fff" for char in text]
    pairs = {text[i : i + 2] for i in range(len(text) - 1) if is_han[i] and is_han[i + 1]}
    singles = {char for char, han in zip(text, is_han, strict=True) if han}
    assert grams(text) == pairs | singles
