"""Writing systems: what follows from their records for texts."""

from __future__ import annotations

import re
import unicodedata

from rubric.model.script import (
    MARKS,
    NOT_FIRST,
    NOT_LAST,
    SCRIPTS,
    SEARCH_VARIANTS,
    SQUARES,
    UNSPACED,
    main_script,
    script_of,
    split_list,
)
from rubric.reading.excerpt import summarize
from rubric.search.folding import fold, load_variants
from rubric.tags.scan import find_hashtags, only_hashtags
from tests.building import ROOT
from tests.cases import cases

PROBES = {
    "Latn": "Straße",
    "Cyrl": "Қызмет",
    "Grek": "Ελληνικά",
    "Hans": "服务",
    "Jpan": "サービス",
    "Kore": "한국어",
    "Arab": "خدمة",
    "Hebr": "עברית",
}


@cases(
    ("tag", "id"),
    [
        *(("en", "Latn"), ("ru", "Cyrl"), ("kk", "Cyrl"), ("el", "Grek"), ("sr-Latn-RS", "Latn")),
        *(("zh", "Hans"), ("zh-hant", "Hant"), ("zh-TW", "Hant"), ("ja", "Jpan"), ("ko", "Kore")),
        *(("ar", "Arab"), ("ar-EG", "Arab"), ("fa", "Arab"), ("ur_PK", "Arab"), ("he", "Hebr")),
        *(("th", "Thai"), ("dv", "Thaa"), ("", "Latn")),
    ],
)
def test_a_language_has_the_script_of_its_tag(tag: str, id: str):
    assert script_of(tag).id == id


def test_direction_is_that_of_the_letters():
    for id, probe in PROBES.items():
        kinds = {unicodedata.bidirectional(char) for char in probe}
        assert SCRIPTS[id].direction == ("rtl" if kinds & {"R", "AL"} else "ltr")
    assert (script_of("dv").direction, script_of("th").direction) == ("rtl", "ltr")


def test_letters_are_those_of_the_script():
    for id, probe in PROBES.items():
        assert re.fullmatch(f"[{SCRIPTS[id].letters}]+", probe), id
        assert main_script(f"{probe}, 2026!").id == id
    assert main_script("").id == "Latn"


def test_letters_of_alphabets_are_in_one_script_only():
    alphabets = [script for script in SCRIPTS.values() if "4e00" not in ascii(script.letters)]
    for code in range(0x2E80):
        found = [s.id for s in alphabets if re.match(f"[{s.letters}]", chr(code))]
        assert len(found) <= 1, (hex(code), found)


def test_no_mark_is_a_letter_and_no_square_is_of_an_alphabet():
    for code in range(0x3000):
        if re.match(f"[{MARKS}]", chr(code)):
            assert unicodedata.category(chr(code)) in ("Mn", "Lm", "Cn"), hex(code)
    assert not re.search(f"[{SQUARES}]", "".join(PROBES[id] for id in ("Latn", "Arab", "Hebr")))
    assert re.fullmatch(f"[{SQUARES}]+", "服务、サービス。ㄅ（Ａ）")
    assert re.fullmatch(f"[{UNSPACED}]+", "服务サービス々〇")


def test_punctuation_of_one_end_is_not_of_the_other():
    assert NOT_FIRST.isdisjoint(NOT_LAST)


@cases(
    ("text", "items"),
    [
        ("a, b", ["a", "b"]),
        ("服务，故事、聚会", ["服务", "故事", "聚会"]),
        ("أ، ب؛ ج", ["أ", "ب", "ج"]),
        ("one; still one,", ["one; still one"]),
        (" ،, ", []),
    ],
)
def test_lists_are_split_at_the_separators_of_any_script(text: str, items: list[str]):
    assert split_list(text) == items


@cases(
    ("sentence", "limit", "summary"),
    [
        ("هل ردّ أحد على العميل؟ ", 60, "هل ردّ أحد على العميل؟ هل ردّ أحد على العميل؟"),
        ("لم يتصل أحد. ", 30, "لم يتصل أحد. لم يتصل أحد."),
        ("کسی نے فون نہیں کیا۔ ", 50, "کسی نے فون نہیں کیا۔ کسی نے فون نہیں کیا۔"),
        ("Ποιος τηλεφώνησε; ", 40, "Ποιος τηλεφώνησε; Ποιος τηλεφώνησε;"),
        ("One thing; another. ", 25, "One thing; another."),
        ("「誰からも電話がない。」", 20, "「誰からも電話がない。」"),
    ],
)
def test_a_summary_ends_with_a_sentence_of_its_script(sentence: str, limit: int, summary: str):
    shown = summarize(f"<p>{sentence * 20}</p>", limit * (2 if "電" in sentence else 1))
    assert shown.startswith(summary[:8])
    assert shown == summary or (shown.endswith(summary) and "電" in sentence)


def test_a_summary_that_is_cut_ends_with_no_arabic_comma():
    assert summarize(f"<p>{'كلمة، ' * 60}</p>", 60).endswith("كلمة…")


@cases(
    ("text", "names"),
    [
        ("قصة #خدمة_العملاء،#شكوى؛ #رد!", ["خدمة_العملاء", "شكوى", "رد"]),
        ("(#خدمة) و«#شكوى»", ["خدمة", "شكوى"]),
        ("#می‌خواهم", ["می‌خواهم"]),
    ],
)
def test_arabic_hashtags_are_found(text: str, names: list[str]):
    assert [found.name for found in find_hashtags(text)] == names


def test_a_paragraph_of_arabic_hashtags_is_one():
    assert only_hashtags("#خدمة، #شكوى؛ #رد۔") == ["خدمة", "شكوى", "رد"]


@cases(
    ("written", "folded"),
    [
        ("مُحَمَّدٌ", "محمد"),
        ("ٱلْعَمِيلُ", "العميل"),
        ("خـــدمة", "خدمه"),
        ("أحمد إيمان آمن", "احمد ايمان امن"),
        ("هذٰا", "هذا"),
        ("شكوى مستشفى", "شكوي مستشفي"),
        ("شیکایت ک", "شيكايت ك"),
        ("٢٠٢٦ ۲۰۲۶", "2026 2026"),
        ("\ufefb\ufe9f", "لاج"),  # presentation forms
        ("שָׁלוֹם", "שלום"),
    ],
)
def test_spellings_of_one_arabic_or_hebrew_word_fold_alike(written: str, folded: str):
    assert fold(written, load_variants()) == folded


def test_the_script_of_search_pages_has_the_same_ranges():
    """theme/static/js/search_index.js can't import the table."""
    source = (ROOT / "theme/static/js/search_index.js").read_text("utf-8")

    def body(name: str) -> set[str]:
        found = re.search(rf"const {name} =\s*/\[(.*)\]\+?/g", source)
        assert found, name
        text = re.sub(r"\\u\{?([0-9a-f]+)\}?", lambda m: chr(int(m[1], 16)), found[1])
        return set(re.findall(".-.|.", text))

    assert body("HAN") == set(re.findall(".-.|.", UNSPACED))
    assert body("MARKS") == set(re.findall(".-.|.", MARKS))
    letters = re.search(r'const \[VARIANTS, PLAIN\] = \["(.*)", "(.*)"\]', source)
    assert letters
    assert dict(zip(letters[1], letters[2], strict=True)) == SEARCH_VARIANTS
