"""Line breaking: at spaces, anywhere between Han, and what may not begin or end a line."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rubric.social.lines import balance, break_lines, cut_lines, line_text, split_pieces
from tests.cases import cases


def measure(text: str) -> float:
    return float(len(text))


def lines(text: str, widest: float) -> list[str]:
    pieces = split_pieces(text, measure, widest)
    return [line_text(line) for line in balance(pieces, 1, widest)]


@cases(
    ("text", "widest", "expected"),
    [
        ("one two three", 7, ["one two", "three"]),
        ("Well done is better than well said.", 20, ["Well done is better", "than well said."]),
        # No lone word at the end, though it would fit so.
        (
            "solved the first time, according to whom",
            36,
            ["solved the first time,", "according to whom"],
        ),
        # Closing punctuation stays with what is before it, opening with what follows.
        ("关于目的，只有定义", 4, ["关于", "目的，", "只有定义"]),
        ("他们说「好的」吧", 5, ["他们说", "「好的」吧"]),
        ("一二三四（五）六七", 5, ["一二三四", "（五）六七"]),
        # Russian: no dash at the start of a line, no lone preposition at its end.
        ("Краткость — сестра таланта", 15, ["Краткость —", "сестра таланта"]),
        ("письмо в Берлине", 10, ["письмо", "в Берлине"]),
        # Two signs that are one don't part.
        ("等等等……好", 5, ["等等等……", "好"]),
        # A word wider than a line is cut.
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("service-oriented words", 10, ["service-", "oriented", "words"]),
    ],
)
def test_where_lines_break(text: str, widest: float, expected: list[str]):
    assert lines(text, widest) == expected


SCRIPTS = st.text("ab вг 服务圈，。「」（）《》—… -1!?", max_size=80).map(
    lambda text: " ".join(text.split())
)


@given(SCRIPTS, st.integers(8, 30))
def test_nothing_is_lost_or_added(text: str, widest: int):
    kept = "".join(lines(text, widest)).replace(" ", "")
    assert kept == text.replace(" ", "")


@given(SCRIPTS, st.integers(8, 30))
def test_even_lines_are_no_more_than_full_ones(text: str, widest: int):
    pieces = split_pieces(text, measure, widest)
    assert len(balance(pieces, 1, widest)) == len(break_lines(pieces, 1, widest))


@given(st.text("服务圈，。「」（）《》、", min_size=1, max_size=60))
def test_no_line_begins_with_closing_or_ends_with_opening_punctuation(text: str):
    # Lines so wide that no run of punctuation must be cut.
    for widest in (20, 30):
        broken = lines(text, widest)
        if any(len(piece.text) > widest / 2 for piece in split_pieces(text, measure, widest)):
            continue
        assert not any(line[0] in "，。」）》、" for line in broken[1:])
        assert not any(line[-1] in "「（《" for line in broken[:-1])


@given(SCRIPTS, st.integers(8, 30), st.integers(1, 4))
def test_what_is_too_much_ends_with_an_ellipsis(text: str, widest: int, most: int):
    pieces = split_pieces(text, measure, widest)
    full = break_lines(pieces, 1, widest)
    cut = [line_text(line) for line in cut_lines(full, most, measure, widest)]
    assert len(cut) == min(most, len(full))
    if len(full) > most:
        assert cut[-1].endswith("…")
        assert measure(cut[-1]) <= widest
