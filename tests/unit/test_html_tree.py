"""HTML that is parsed and written again says the same."""

from __future__ import annotations

from pathlib import Path

from rubric.model.html_tree import parse, remove_comments, serialize
from tests.cases import cases

GOLDEN = Path(__file__).parents[1] / "golden/newsletter"


@cases("lang", ["ru", "zh-hant"])
def test_a_mail_is_written_as_it_was_read(lang: str) -> None:
    html = (GOLDEN / f"{lang}.html").read_text("utf-8")
    assert serialize(parse(html)) == html


@cases(
    "html",
    [
        "<p title=\"a &quot;b&quot; &amp; 'c'\">1 &lt; 2&nbsp;&amp; 3 &gt; 2</p>",
        '<img src="a.png" alt=""><br><wbr><hr>',
        "<style>a > b { c: '&' }</style>",
        '<a href="{{ x }}" class="b  a">*|X|*</a>',
        "<pre>  \n  </pre>",
        "<!--[if mso]><p>Outlook</p><![endif]--><p>all</p>",
    ],
)
def test_a_fragment_is_written_as_it_was_read(html: str) -> None:
    assert serialize(parse(html)) == html


def test_of_two_attributes_the_first_counts() -> None:
    assert serialize(parse('<a href="/one" href="/two">x</a>')) == '<a href="/one">x</a>'


def test_comments_and_declarations_are_removed() -> None:
    tree = parse("a<!-- b -->c<!--[if mso]>d<![endif]--><![if !mso]>e<![endif]>")
    remove_comments(tree)
    assert serialize(tree) == "ace"


def test_text_values_and_style_sheets_are_changed_apart() -> None:
    html = serialize(
        parse('<style>{a}</style><p title="{b}">{c} &amp;</p>'),
        in_text=lambda text: text.replace("{", "&#123;"),
        in_attribute=lambda value: value.replace("{", "%7B"),
        in_style=lambda sheet: sheet.replace("{", "{ "),
    )
    assert html == '<style>{ a}</style><p title="%7Bb}">&#123;c} &amp;</p>'


@cases("html", ["<div>" * 5000, "<div>" * 5000 + "x" + "</div>" * 5000 + "<p>y</p>"])
def test_deeply_nested_elements_are_no_error(html: str) -> None:
    assert serialize(parse(html)).count("</div>") == 5000
