"""Which texts are a quotation and nothing else, and who said it."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from rubric.model.quotation import recognize, strip_marks
from tests.cases import cases


@cases(
    ("paragraphs", "text", "by", "source"),
    [
        (
            ["“Quality is what the customer gets out.” — Peter Drucker"],
            "Quality is what the customer gets out.",
            "Peter Drucker",
            "",
        ),
        (["“Listen first.”", "Ada Byron, Letters"], "Listen first.", "Ada Byron", "Letters"),
        (['"Listen first." -- Ada Byron'], "Listen first.", "Ada Byron", ""),
        (["«Клиент не звонит зря». — А. С. Пушкин"], "Клиент не звонит зря.", "А. С. Пушкин", ""),
        (
            ["«Клиент сказал: „жду“ и ждал»", "Лев Толстой (Письма)"],
            "Клиент сказал: „жду“ и ждал",
            "Лев Толстой",
            "Письма",
        ),
        (["«Жду!» © Анна"], "Жду!", "Анна", ""),
        (
            ["„Der Kunde ruft nie umsonst an.“ – Jonas Weidel"],
            "Der Kunde ruft nie umsonst an.",
            "Jonas Weidel",
            "",
        ),
        (["「己所不欲，勿施於人。」——孔子《論語》"], "己所不欲，勿施於人。", "孔子", "《論語》"),
        (
            ["“己所不欲，勿施于人。”", "——孔子（《论语》）"],
            "己所不欲，勿施于人。",
            "孔子",
            "《论语》",
        ),
        (["『お客様は神様です』", "三波春夫"], "お客様は神様です", "三波春夫", ""),
        (["“One.", "Two.”", "— Ada"], "One.\n\nTwo.", "Ada", ""),
    ],
)
def test_quotation_with_a_name_is_recognized(
    paragraphs: list[str], text: str, by: str, source: str
) -> None:
    quotation = recognize(paragraphs)
    assert quotation is not None
    assert (quotation.text, quotation.by, quotation.source) == (text, by, source)


@cases(
    "paragraphs",
    [
        [],
        [""],
        ["Nobody called until ten."],
        ["“Nobody said it.”"],
        ["“Without an end — Ada Byron"],
        ["He said “listen first” — Ada Byron"],
        ["“”", "Ada Byron"],
        ["“Listen,” she said. “First.”"],
        ["“Listen first.”", "That is what my first manager told me, and it took ten years. " * 3],
        ["“Listen first.”", "Ada Byron", "I read it on a Monday.", "And again on a Tuesday."],
        ["«Слушай», — сказал он. «Потом говори». И ушёл."],
        ["“Listen.” — Ada", "“Speak.” — Bob"],
    ],
)
def test_text_that_is_more_or_less_than_a_quotation_is_not_recognized(
    paragraphs: list[str],
) -> None:
    assert recognize(paragraphs) is None


@cases(
    ("written", "shown"),
    [
        ("“Listen first.”", "Listen first."),
        ("«Слушай».", "Слушай."),
        ("«Слушай!»", "Слушай!"),
        ("「聽。」", "聽。"),
        ("„Hör zu“", "Hör zu"),
        ("Listen first.", "Listen first."),
        ("“Listen” first", "“Listen” first"),
        ("“", "“"),
        ("", ""),
        ("  «Слушай»  ", "Слушай"),
        ("“Listen.” She did. “Speak.”", "“Listen.” She did. “Speak.”"),
        ("«Слушай» и «молчи»", "«Слушай» и «молчи»"),
    ],
)
def test_marks_around_the_whole_are_taken_off(written: str, shown: str) -> None:
    assert strip_marks(written) == shown


def on_one_line(text: str) -> str:
    """Lines of a paragraph are joined, so where they end says nothing."""
    return " ".join(text.split())


@example(["«a\na»\na"])
@given(st.lists(st.text(alphabet='“”«»"— .,()abя\n', max_size=30), max_size=4))
def test_recognized_words_stood_in_the_text(paragraphs: list[str]) -> None:
    quotation = recognize(paragraphs)
    if quotation is not None:
        text = on_one_line("\n\n".join(paragraphs))
        assert on_one_line(quotation.by) in text
        assert on_one_line(quotation.source) in text
        assert on_one_line(quotation.text).rstrip(".,") in text
        assert quotation.text
        assert quotation.by


@given(st.text())
def test_stripping_marks_takes_away_nothing_but_marks_and_space(text: str) -> None:
    stripped = strip_marks(text)
    assert len(stripped) <= len(text)
    assert all(char in text for char in stripped)
