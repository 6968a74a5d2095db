"""The text part of letters: all that the HTML says, in lines a screen holds."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from rubric.model.columns import columns
from rubric.newsletter.paragraphs import to_paragraphs
from rubric.newsletter.width import wrap
from tests.building import ROOT
from tests.cases import cases
from tests.letters import render_issue

GOLDEN = ROOT / "tests/golden/newsletter"


@cases("lang", ["ru", "zh-hant"])
def test_text_is_the_golden_one(lang):
    assert render_issue(lang).text == (GOLDEN / f"{lang}.txt").read_text("utf-8")


@cases("lang", ["ru", "zh-hant"])
def test_text_has_every_address_of_the_html(lang):
    rendering = render_issue(lang)
    page = lxml_html.fromstring(rendering.html)
    urls = [*page.xpath("//a/@href"), *page.xpath("//img/@src")]
    assert len(urls) > 15
    assert [
        url for url in urls if url not in rendering.text.split("\n") and url not in rendering.text
    ] == []


@cases("lang", ["ru", "zh-hant"])
def test_only_addresses_make_lines_long(lang):
    lines = render_issue(lang).text.splitlines()
    assert [line for line in lines if columns(line) > 72 and "://" not in line] == []


def test_chinese_takes_two_columns_and_marks_none():
    assert columns("茶壺") == 4
    assert columns("чай") == 3
    assert columns("e\u0301") == 1


def test_chinese_breaks_between_characters_but_not_before_a_stop():
    assert wrap("凌晨三點的茶，很熱。", 10) == "凌晨三點的\n茶，很熱。"
    assert wrap("凌晨三點的，很熱", 10) == "凌晨三點\n的，很熱"
    assert wrap("他說「好」。", 6) == "他說\n「好」。"


def test_western_words_stay_whole_among_chinese():
    assert wrap("在Werkraum喝茶", 9) == "在\nWerkraum\n喝茶"


def test_no_break_spaces_hold():
    assert wrap("2026\u00a0г. и 2027\u00a0г.", 9) == "2026\u00a0г. и\n2027\u00a0г."


def test_following_lines_are_indented():
    assert wrap("- one two three", 9, indent="  ") == "- one two\n  three"


words = st.lists(
    st.text(st.sampled_from("abяж茶，。「」—. "), min_size=1, max_size=9), min_size=1, max_size=20
)


@given(words, st.integers(min_value=4, max_value=40))
def test_wrapping_loses_and_adds_nothing(parts, width):
    text = " ".join(parts)
    kept = "".join(wrap(text, width).split())
    assert kept == "".join(text.split())


@given(st.lists(st.sampled_from(["ab", "чай", "to"]), min_size=1, max_size=30))
def test_short_words_never_pass_the_margin(parts):
    assert all(columns(line) <= 12 for line in wrap(" ".join(parts), 12).splitlines())


@cases(
    ("html", "paragraphs"),
    [
        ("<p>one</p><p>two <em>x</em></p>", ["one", "two x"]),
        ('<p><a href="https://a.example/">here</a>, go</p>', ["here <https://a.example/>, go"]),
        ('<p><a href="https://a.example/">https://a.example/</a></p>', ["https://a.example/"]),
        ('<p><a href="mailto:a@b.example">a@b.example</a></p>', ["a@b.example"]),
        (
            "<ul><li>a</li><li>b</li></ul><ol><li>c</li><li>d</li></ol>",
            ["- a", "- b", "1. c", "2. d"],
        ),
        ("<blockquote><p>said</p></blockquote><p>after</p>", ["> said", "after"]),
        ("<p>a<br>b</p>", ["a\nb"]),
        ("<p>&lt;b&gt; &amp; {{ x }}</p>", ["<b> & {{ x }}"]),
        ("<style>p{}</style><script>1</script><p>x</p>", ["x"]),
        ("<table><tr><td>a</td><td>b</td></tr></table>", ["a | b"]),
        ('<p><img src="https://a.example/t.png" alt="Tea"></p>', ["Tea <https://a.example/t.png>"]),
        ("text <p>unclosed", ["text", "unclosed"]),
        (
            "<ul><li>a<ul><li>b</li></ul></li><li><p>c</p><p>d</p></li></ul>",
            ["- a", "- b", "- c", "d"],
        ),
        ("<div>a<hr>b<p></p>c</div>", ["a", "b", "c"]),
        ("<pre><code>if a:\nb = 1\n</code></pre>", ["if a:\nb = 1"]),
        ("<p>a<!-- no --> b</p>", ["a b"]),
        ("<table><tr><td></td><td>a</td></tr></table>", ["| a"]),
        ("<table><tr><td><p>a</p></td><td><p>b</p></td></tr></table>", ["a", "b"]),
        ("<ruby>汉<rt>hàn</rt></ruby>", ["汉hàn"]),
    ],
)
def test_html_becomes_paragraphs(html, paragraphs):
    assert to_paragraphs(html) == paragraphs
