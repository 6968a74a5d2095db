"""Plain text and summaries out of rendered HTML."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rubric.model.markup import to_text
from rubric.reading.excerpt import paragraphs, summarize
from tests.cases import cases


@cases(
    ("html", "texts"),
    [
        ("<p>One.</p>\n<p>Two &amp; three.</p>", ["One.", "Two & three."]),
        ('<p class="lead">One <em>big</em> desk.</p>', ["One big desk."]),
        ("<p>One<br>two</p>", ["One\ntwo"]),
        ("", []),
    ],
)
def test_paragraphs_are_told_as_text(html: str, texts: list[str]) -> None:
    assert paragraphs(html) == texts


@cases(
    "html",
    [
        "<h2>One</h2><p>Two</p>",
        "<p>One</p><ul><li>Two</li></ul>",
        '<p><img src="a.png"></p>',
        "<pre><code>x</code></pre>",
        "<blockquote><p>One</p></blockquote>",
        "bare words",
    ],
)
def test_anything_beside_paragraphs_is_seen(html: str) -> None:
    assert paragraphs(html) is None


def test_text_has_no_tags_and_folded_space() -> None:
    assert to_text("<p>a  <b>b</b>\n&lt;c&gt;&nbsp;d</p>") == "a b <c> d"


def test_summary_is_the_first_paragraph_with_words() -> None:
    assert summarize('<p><img src="a.png"></p><p>One.</p><p>Two.</p>') == "One."
    assert summarize("<h2>Only a heading</h2>") == ""


def test_summary_ends_after_a_sentence_that_fits() -> None:
    html = f"<p>{'Nobody called. ' * 30}</p>"
    assert summarize(html, 50) == "Nobody called. Nobody called. Nobody called."


def test_summary_keeps_a_sentence_s_closing_mark() -> None:
    text = "«Никто не звонил.» " * 10
    assert summarize(f"<p>{text}</p>", 40) == "«Никто не звонил.» «Никто не звонил.»"


def test_summary_of_one_long_sentence_is_cut_between_words() -> None:
    summary = summarize(f"<p>{'word, ' * 100}</p>", 60)
    assert summary.endswith("word…")
    assert len(summary) <= 61


def test_han_text_gets_half_as_many_characters() -> None:
    summary = summarize(f"<p>{'没有人打电话。' * 40}</p>", 100)
    assert summary.endswith("。")
    assert 30 < len(summary) <= 50


def test_text_at_the_limit_stays_whole() -> None:
    assert summarize(f"<p>{'a' * 220}</p>") == "a" * 220
    assert summarize(f"<p>{'a' * 221}</p>") == "a" * 220 + "…"


@given(st.text(alphabet="ab 。.,!服务é…»\u0301\n-", max_size=400), st.integers(12, 200))
def test_summary_is_never_longer_than_its_limit(text: str, limit: int) -> None:
    summary = summarize(f"<p>{text}</p>", limit)
    assert len(summary) <= limit + 1
    assert summary.removesuffix("…") in to_text(text)


@given(st.text(alphabet=st.characters(exclude_characters="<>&"), max_size=300))
def test_summary_of_words_is_words(text: str) -> None:
    assert "<" not in summarize(f"<p>{text}</p>")


MARK = '<sup id="fnref:{0}"><a class="footnote-ref" href="#fn:{0}">1</a></sup>'


@cases(
    ("html", "text"),
    [
        (f"<p>We moved.{MARK.format(1)} It helped.</p>", "We moved. It helped."),
        (f"<p>服务第一。{MARK.format('a')}客户第二。</p>", "服务第一。客户第二。"),
        (f"<p>We moved {MARK.format(1)}, gladly.</p>", "We moved, gladly."),
        (f"<p>Twice.{MARK.replace('fnref', 'fnref2').format(1)}{MARK.format(2)}</p>", "Twice."),
        ("<p>Water is H<sub>2</sub>O, 5 m<sup>2</sup>.</p>", "Water is H2O, 5 m2."),
        ('<p>Moved.&#160;<a class="footnote-backref" href="#fnref:1">&#8617;</a></p>', "Moved."),
    ],
)
def test_summary_has_no_footnote_marks(html: str, text: str) -> None:
    assert summarize(html) == text
    assert to_text(html) == text
