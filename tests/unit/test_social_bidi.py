"""The order in which text in two directions is drawn."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rubric.social.bidi import mirror, visual_order
from tests.cases import cases


def drawn(text: str, *, is_rtl: bool) -> str:
    """The line as it looks: pieces from right to left with their characters turned round."""
    pieces = visual_order(text, is_rtl=is_rtl)
    return "".join(mirror(piece) if turned else piece for piece, turned in pieces)


# ABC stand for themselves, Arabic letters for what runs from right to left.
@cases(
    ("text", "is_rtl", "seen"),
    [
        ("plain text (1)", False, "plain text (1)"),
        ("أب", True, "بأ"),
        ("أب Abc def جد", True, "دج Abc def بأ"),
        ("Abc أب جد def", False, "Abc دج بأ def"),
        ("أب 10:30 جد", True, "دج 10:30 بأ"),
        ("في 24 ساعة؟", True, "؟ةعاس 24 يف"),
        ("أ 15% ب", True, "ب %15 أ"),  # as browsers show it (W2)
        ("A 15% ب", False, "A 15% ب"),
        ("أب (Abc) جد", True, "دج (Abc) بأ"),
        ("أب (جد)", True, "(دج) بأ"),
        ("أب Abc.", True, ".Abc بأ"),
        ("Abc أب.", False, "Abc بأ."),
        ("Abc أب 12 جد", False, "Abc دج 12 بأ"),
        ("", True, ""),
        ("ن\u064fص A", True, "A ص\u064fن"),
    ],
)
def test_a_line_is_drawn_in_visual_order(text: str, is_rtl: bool, seen: str):
    assert drawn(text, is_rtl=is_rtl) == seen


@given(st.text(alphabet="aB1٣ أبש(),.:-%« \u064b", max_size=40), st.booleans())
def test_every_character_is_drawn_once(text: str, is_rtl: bool):
    pieces = visual_order(text, is_rtl=is_rtl)
    assert sorted("".join(piece for piece, _ in pieces)) == sorted(text)
