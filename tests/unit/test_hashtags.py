"""Hashtags: where they are found in a text, and where not."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html
from markdown import Markdown

import pelicanconf
from rubric.tags.scan import find_hashtags, only_hashtags
from tests.cases import cases

MARKDOWN: dict[str, Any] = pelicanconf.MARKDOWN


def names(text: str) -> list[str]:
    return [found.name for found in find_hashtags(text)]


@cases(
    ("text", "found"),
    [
        ("#service", ["service"]),
        ("Тут #сервис, и тут #Истории_о_сервисе.", ["сервис", "Истории_о_сервисе"]),
        ("看 #服务 和＃服務", ["服务"]),  # glued to a word, it is none
        ("看 ＃服務", ["服務"]),
        ("看，#服务。", ["服务"]),
        ("#服务故事#", ["服务故事"]),
        ("#服务故事# #活动#", ["服务故事", "活动"]),
        ("＃服务故事＃", ["服务故事"]),
        ("#сервис\u0438\u0306", ["сервис\u0438\u0306"]),  # decomposed й is one word
        ("#می\u200cخواهم", ["می\u200cخواهم"]),  # ZWNJ within a word
        ("#हिन्दी", ["हिन्दी"]),
        ("#col·lecció", ["col·lecció"]),
        ("(#desk) [#phone] «#mail»", ["desk", "phone", "mail"]),
        ("#desk, #phone; #mail!", ["desk", "phone", "mail"]),
        ("#desk-phone", ["desk"]),
        ("#desk_", ["desk_"]),
        ("#E_ and #E", ["E_", "E"]),
        ("#яблоки2️⃣", ["яблоки2"]),
        ("#2026год #24h", ["2026год", "24h"]),
        ("#desk\u200c next", ["desk"]),
        ("one\n#desk\n", ["desk"]),
        ("#desk's", ["desk"]),
        ("#сервис🎉", ["сервис"]),
        ("a\u00a0#desk", ["desk"]),
    ],
)
def test_hashtag_is_found(text: str, found: list[str]) -> None:
    assert names(text) == found


@cases(
    "text",
    [
        "C#",
        "F# and C#",
        "#1",
        "We are #1!",
        "#2026",
        "&#39;",
        "&#x27;a",
        "page#part",
        "https://example.org/page#part",
        "https://example.org/#part",
        "##",
        "##desk",
        "# desk",
        "#",
        "#_",
        "#-desk",
        "#🎉",
        "#️⃣новости",  # U+0023 U+FE0F U+20E3 is one emoji
        "#⃣тоже",
        "#️новости",
        "#️⃣ news, 1️⃣ one, *️⃣ all",
        "#\u0301acute",
        "#\u200d",
        "desk#phone",
        "服务#故事",
        "\\#desk",
        "/#/desk",
        "@#desk",
    ],
)
def test_other_hashes_are_no_hashtag(text: str) -> None:
    assert names(text) == []


def test_place_in_the_text_spans_hash_name_and_closing_hash() -> None:
    text = "看 #服务故事# 吧"
    (found,) = find_hashtags(text)
    assert text[found.start : found.end] == "#服务故事#"


def test_hash_before_a_word_does_not_close() -> None:
    assert names("#服务#故事") == ["服务"]


@cases(
    ("text", "found"),
    [
        ("#desk #phone", ["desk", "phone"]),
        ("#desk, #phone，#服务、#故事", ["desk", "phone", "服务", "故事"]),
        ("#服务故事##活动#", None),
        ("  #desk\n#phone.  ", ["desk", "phone"]),
        ("See #desk", None),
        ("#desk yes", None),
        ("", None),
        ("#1", None),
    ],
)
def test_line_of_hashtags_alone(text: str, found: list[str] | None) -> None:
    assert only_hashtags(text) == found


HASHTAG_TEXT = st.text() | st.text(alphabet="#＃ aб服й\u0306\u200c_·1-,.()\n&;")


@given(HASHTAG_TEXT)
def test_found_hashtags_stand_in_the_text_in_order(text: str) -> None:
    end = 0
    for found in find_hashtags(text):
        assert found.start >= end
        end = found.end
        written = text[found.start : found.end]
        assert written[0] in "#＃"
        assert written[1:].rstrip("#＃") == found.name
        assert any(char.isalpha() for char in found.name)


@given(HASHTAG_TEXT)
def test_line_of_hashtags_alone_holds_all_of_them(text: str) -> None:
    alone = only_hashtags(text)
    assert alone is None or alone == names(text)


# In Markdown ------------------------------------------------------------------------------


def convert(text: str) -> tuple[str, list[str]]:
    """HTML and hashtags, by the extensions and options of the site's own settings."""
    parser = Markdown(**MARKDOWN)
    page = parser.convert(text)
    return page, parser.hashtags  # type: ignore[attr-defined]


def test_hashtag_in_a_sentence_becomes_a_reference() -> None:
    page, found = convert("We call it #Service Stories.")
    (link,) = lxml_html.fragment_fromstring(page).iter("a")
    assert found == ["Service"]
    assert (link.get("class"), link.get("href")) == ("hashtag", "{tag}service")
    assert link.text == "#Service"
    assert link.tail == " Stories."


@cases(
    "text",
    [
        "`#desk`",
        "``a #desk``",
        "```\n#desk\n```",
        "```css\n a { color: #desk }\n```",
        "~~~\n#desk\n~~~",
        "    #desk in code",
        "Text.\n\n    #desk",
        "[see #desk](/en/a/)",
        "[see](/en/a/#desk)",
        "[see][1]\n\n[1]: https://example.org/#desk",
        "<https://example.org/#desk>",
        "https://example.org/#desk",
        "![a #desk](/images/a.png)",
        "# Heading #desk",
        "## Heading #desk\n\nText.",
        "Heading #desk\n=====",
        "I write C#",
        "We are #1",
        "It&#39;s",
        r"\#desk",
        '<a href="#desk">x</a>',
        '<span title=" #desk">x</span>',
        "<div>\n#desk\n</div>",
        "<!-- #desk -->",
        "<!--\n\n#desk\n-->",
        "```\n\n#desk\n```",
        "<pre>\n\n#desk\n</pre>",
    ],
)
def test_hash_in_code_links_headings_and_markup_is_no_hashtag(text: str) -> None:
    page, found = convert(text)
    assert found == []
    assert 'class="hashtag"' not in page


@cases(
    ("text", "found"),
    [
        ("#desk is where it began", ["desk"]),  # no heading: no space after the hash
        ("- one #desk\n- two #phone", ["desk", "phone"]),
        ("> said #desk there", ["desk"]),
        ("*#desk* there", ["desk"]),
        ("**#desk** there, and __#phone__", ["desk", "phone"]),
        ("**bold** #desk there", ["desk"]),
        ("#desk_phone_mail there", ["desk_phone_mail"]),
        ("| a | b |\n|---|---|\n| #desk | x |", ["desk"]),
        ("今天说 #服务故事# 吧", ["服务故事"]),
        ("Text [^1].\n\n[^1]: A note on #desk here.", ["desk"]),
    ],
)
def test_hashtag_is_found_wherever_words_stand(text: str, found: list[str]) -> None:
    page, tags = convert(text)
    assert tags == found
    assert page.count('class="hashtag"') == len(found)


def test_last_paragraph_of_hashtags_is_taken_out() -> None:
    page, found = convert("Nobody called.\n\n#desk #сервис\n#服务故事#\n")
    assert found == ["desk", "сервис", "服务故事"]
    body = lxml_html.fragment_fromstring(page, create_parent="div").text_content()
    assert body.strip() == "Nobody called."


def test_hashtags_after_a_heading_or_list_are_taken_out() -> None:
    for before in ("## Heading", "- one\n- two", "```\ncode\n```"):
        page, found = convert(f"{before}\n\n#desk #phone")
        assert found == ["desk", "phone"]
        assert "#desk" not in page


def test_paragraph_of_hashtags_before_the_end_stays() -> None:
    page, found = convert("#desk #phone\n\nNobody called.")
    assert found == ["desk", "phone"]
    assert page.count('class="hashtag"') == 2


def test_text_of_hashtags_alone_has_no_body() -> None:
    assert convert("#desk #phone") == ("", ["desk", "phone"])


def test_parser_that_serves_the_next_text_forgets_the_last() -> None:
    parser = Markdown(**MARKDOWN)
    parser.convert("One #desk here.")
    parser.reset().convert("Two.")
    assert parser.hashtags == []  # type: ignore[attr-defined]


def test_hashtag_text_is_escaped_and_not_read_as_markdown() -> None:
    page, found = convert("a #snake_case_name and #one*two* there")
    assert found == ["snake_case_name", "one"]
    link = next(iter(lxml_html.fragment_fromstring(page).iter("a")))
    assert link.text == "#snake_case_name"
