"""The prose extension: headings, line ends between Han characters, links to files."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html
from markdown import Markdown

import pelicanconf
from tests.cases import cases

MARKDOWN: dict[str, Any] = pelicanconf.MARKDOWN


def convert(text: str) -> lxml_html.HtmlElement:
    page = Markdown(**MARKDOWN).convert(text)
    return lxml_html.fragment_fromstring(page, create_parent="div")


@cases(
    ("text", "level", "title"),
    [
        ("# One", "h1", "One"),
        ("###### Six", "h6", "Six"),
        ("## Two ##", "h2", "Two"),
        ("##\tTab", "h2", "Tab"),
        ("## Про C#", "h2", "Про C#"),
        ("## Про C# ##", "h2", "Про C#"),
    ],
)
def test_hashes_and_a_space_make_a_heading(text: str, level: str, title: str) -> None:
    (heading,) = convert(text)
    assert (heading.tag, heading.text_content()) == (level, title)


@cases("text", ["#One", "##Two", "#1 thing", "####### Seven", r"\# One"])
def test_other_hashes_make_none(text: str) -> None:
    assert "h" not in {str(element.tag)[0] for element in convert(text)}


def test_heading_may_interrupt_a_paragraph() -> None:
    assert [element.tag for element in convert("One\n## Two\nThree")] == ["p", "h2", "p"]


def test_headings_have_ids_in_their_own_script() -> None:
    ids = [h.get("id") for h in convert("## Первый звонок\n\n## 第一通电话\n\n## 第一通电话")]
    assert ids == ["первый-звонок", "第一通电话", "第一通电话_1"]


@cases(
    ("text", "shown"),
    [
        ("没有人\n打电话。", "没有人打电话。"),
        ("没有人，\n打电话。", "没有人，打电话。"),
        ("没有人 \n 打电话。", "没有人打电话。"),
        ("電話\nガ鳴る", "電話ガ鳴る"),
        ("没有人\ncalled", "没有人\ncalled"),
        ("Nobody\n打电话", "Nobody\n打电话"),
        ("Nobody\ncalled", "Nobody\ncalled"),
        ("전화가\n왔다", "전화가\n왔다"),  # Korean has spaces
    ],
)
def test_line_end_between_han_characters_is_no_space(text: str, shown: str) -> None:
    assert convert(text).text_content().strip() == shown


def test_line_end_in_han_code_stays() -> None:
    assert "没有\n人" in convert("```\n没有\n人\n```").text_content()


def test_hard_line_break_between_han_characters_stays() -> None:
    assert [element.tag for element in convert("没有人  \n打电话")[0]] == ["br"]


@cases(
    ("written", "reference"),
    [
        ("other.md", "{filename}other.md"),
        ("../posts/other.md#part", "{filename}../posts/other.md#part"),
        ("/en/posts/other.md?a=b", "{filename}/en/posts/other.md?a=b"),
        ("files/plan.pdf", "{static}files/plan.pdf"),
        ("/en/about/", "/en/about/"),
        ("about/", "about/"),
        ("#part", "#part"),
        ("https://example.org/other.md", "https://example.org/other.md"),
        ("//example.org/other.md", "//example.org/other.md"),
        ("mailto:desk@example.org", "mailto:desk@example.org"),
        ("{filename}other.md", "{filename}other.md"),
        ("http://[broken", "http://[broken"),
    ],
)
def test_link_to_a_file_becomes_a_reference(written: str, reference: str) -> None:
    (link,) = convert(f"[text](<{written}>)").iter("a")
    assert link.get("href") == reference


@cases(
    ("written", "reference"),
    [
        ("desk.jpg", "{static}desk.jpg"),
        ("/images/desk.jpg", "{static}/images/desk.jpg"),
        ("https://example.org/desk.jpg", "https://example.org/desk.jpg"),
        (
            "data:image/gif;base64,R0lGODlhAQABAAAAACw=",
            "data:image/gif;base64,R0lGODlhAQABAAAAACw=",
        ),
    ],
)
def test_picture_becomes_a_reference_that_loads_late(written: str, reference: str) -> None:
    (picture,) = convert(f"![A desk]({written})").iter("img")
    assert (picture.get("src"), picture.get("alt")) == (reference, "A desk")
    assert picture.get("loading") == "lazy"


@given(st.text(alphabet="# \nab服务[](){}<>!*_`\\:/.&-1", max_size=60))
def test_any_text_is_rendered(text: str) -> None:
    assert isinstance(Markdown(**MARKDOWN).convert(text), str)
