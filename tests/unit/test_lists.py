"""Lists, fences and other blocks are read as on GitHub, GitLab, Obsidian and VS Code."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html
from markdown import Markdown

import pelicanconf
from tests.cases import cases

PARSER = Markdown(**pelicanconf.MARKDOWN)
Shape = list[Any]


def shape(element: lxml_html.HtmlElement) -> Shape:
    """Lists, quotations, headings and code as nested pairs of name and content.

    Paragraphs and white space are left out: they only say whether a list has blank lines.
    """
    found: Shape = []

    def add(text: str | None) -> None:
        words = " ".join((text or "").split())
        if words and found and isinstance(found[-1], str):
            found[-1] += f" {words}"
        elif words:
            found.append(words)

    add(element.text)
    for child in element:
        if child.get("class") == "codehilite" or child.tag == "pre":
            found.append(("code", child.text_content().strip("\n")))
        elif child.tag == "p":
            for each in shape(child):
                if isinstance(each, str):
                    add(each)
                else:
                    found.append(each)
        else:
            found.append((child.tag, *shape(child)))
        add(child.tail)
    return found


def read(text: str) -> Shape:
    html = PARSER.reset().convert(text)
    return shape(lxml_html.fragment_fromstring(html, create_parent="div"))


@cases("indent", ["  ", "   ", "    "])
@cases("mark", ["-", "*", "+"])
def test_items_may_be_nested_by_two_to_four_spaces(indent: str, mark: str) -> None:
    text = f"{mark} Reply:\n{indent}{mark} first\n{indent}{mark} then\n{mark} Close"
    nested = ("ul", ("li", "first"), ("li", "then"))
    assert read(text) == [("ul", ("li", "Reply:", nested), ("li", "Close"))]


@cases("indent", ["   ", "    "])
def test_items_may_be_nested_below_a_number(indent: str) -> None:
    text = f"1. Ask\n{indent}- name\n{indent}- order\n2. Answer"
    nested = ("ul", ("li", "name"), ("li", "order"))
    assert read(text) == [("ol", ("li", "Ask", nested), ("li", "Answer"))]


def test_lists_may_be_nested_several_levels_deep() -> None:
    text = "- a\n  1. b\n     - c\n       * d\n- e"
    inner = ("ul", ("li", "c", ("ul", ("li", "d"))))
    assert read(text) == [("ul", ("li", "a", ("ol", ("li", "b", inner))), ("li", "e"))]


def test_tabs_nest_too() -> None:
    assert read("- a\n\t- b\n\t\t- c") == [
        ("ul", ("li", "a", ("ul", ("li", "b", ("ul", ("li", "c"))))))
    ]


@cases("mark", ["-", "*", "+", "1.", "1)"])
def test_a_list_may_follow_a_line_of_text(mark: str) -> None:
    name = "ol" if mark[0] == "1" else "ul"
    text = f"We need three things:\n{mark} tea\n{mark} a table\n{mark} time"
    items = ("li", "tea"), ("li", "a table"), ("li", "time")
    assert read(text) == ["We need three things:", (name, *items)]


@cases("text", ["In\n1868. It was", "A dash - here", "—\n-", "**a**\n_b_"])
def test_what_looks_like_a_list_in_a_paragraph_is_text(text: str) -> None:
    assert [each for each in read(text) if not isinstance(each, str) and each[0] in "ul ol"] == []


def test_a_paragraph_may_be_in_an_item() -> None:
    (found,) = lxml_html.fragments_fromstring(
        PARSER.reset().convert("1. One\n\n   Its second paragraph.\n\n2. Two")
    )
    assert found.tag == "ol"
    first, second = found
    assert [child.text for child in first] == ["One", "Its second paragraph."]
    assert [child.text for child in second] == ["Two"]


def test_a_list_without_blank_lines_has_no_paragraphs() -> None:
    found = lxml_html.fragment_fromstring(PARSER.reset().convert("- a\n- b\n  - c\n\n  - d\n- e"))
    assert [item.text for item in found] == ["a", "b", "e"]
    assert [item[0].text for item in found[1][0]] == ["c", "d"]


@cases(
    ("text", "attributes"),
    [
        ("3. a\n4. b", {"start": "3"}),
        ("0. a", {"start": "0"}),
        ("1. a\n1. b", {}),
        ("7) a", {"start": "7"}),
    ],
)
def test_a_list_begins_with_its_first_number(text: str, attributes: dict[str, str]) -> None:
    (found,) = lxml_html.fragments_fromstring(PARSER.reset().convert(text))
    assert dict(found.attrib) == attributes


def test_another_mark_begins_another_list() -> None:
    assert read("- a\n* b\n1. c\n2) d") == [
        ("ul", ("li", "a")),
        ("ul", ("li", "b")),
        ("ol", ("li", "c")),
        ("ol", ("li", "d")),
    ]


def test_an_item_may_hold_a_quotation_a_heading_and_a_table() -> None:
    text = "- > said\n  > so\n- ## Head\n- Prices\n  | a | b |\n  |---|---|\n  | 1 | 2 |"
    quote, head, table = read(text)[0][1:]
    assert quote == ("li", ("blockquote", "said so"))
    assert head == ("li", ("h2", "Head"))
    assert table[1:2] == ("Prices",)
    assert table[2][0] == "div"


def test_code_may_be_indented_in_an_item() -> None:
    assert read("- a\n\n      # code\n- b") == [
        ("ul", ("li", "a", ("code", "# code")), ("li", "b"))
    ]


def test_a_rule_or_a_heading_ends_a_list() -> None:
    assert read("- a\n---\n- b\n# C") == [
        ("ul", ("li", "a")),
        ("hr",),
        ("ul", ("li", "b")),
        ("h1", "C"),
    ]


def test_a_definition_may_hold_lists_and_code() -> None:
    text = (
        "Tea\n:   hot\n\n    - green\n    - black\n\n    ```\n    # a\n\n    # b\n    ```\n\n"
        "Water\n:   cold"
    )
    tea = ("dd", "hot", ("ul", ("li", "green"), ("li", "black")), ("code", "# a\n\n# b"))
    assert read(text) == [("dl", ("dt", "Tea"), tea, ("dt", "Water"), ("dd", "cold"))]


def test_definitions_may_follow_each_other() -> None:
    assert read("Tea\n: hot\nWater\n: cold\n: wet") == [
        ("dl", ("dt", "Tea"), ("dd", "hot"), ("dt", "Water"), ("dd", "cold"), ("dd", "wet"))
    ]


# Code ------------------------------------------------------------------------------------

CODE = "# install #now\n\n<div class='x'>**hi**</div>\n- no item\nhttps://example.org/a"


def fenced(mark: str, info: str = "") -> str:
    return f"{mark}{info}\n{CODE}\n{mark}"


def indented(text: str, prefix: str) -> str:
    return "\n".join(f"{prefix}{line}".rstrip() for line in text.split("\n"))


@cases("mark", ["```", "~~~", "`````"])
@cases(
    ("before", "prefix", "after"),
    [
        ("", "", ""),
        ("text\n", "", "\ntext"),
        ("- an item:\n", "  ", ""),
        ("- an item:\n\n", "  ", "\n- b"),
        ("1. Run this:\n\n", "   ", "\n\n2. Done."),
        ("1. Run this:\n\n", "    ", "\n\n2. Done."),
        ("1. Run this:\n", "    ", "\n2. Done."),
        ("- a\n  - b\n\n", "    ", "\n- c"),
        ("", "> ", ""),
        ("> text\n", "> ", "\n> more"),
        ("- > text\n", "  > ", "\n- b"),
        ("> - text\n", ">   ", "\n> - b"),
        ("", "   ", ""),
        ("x[^1]\n\n[^1]: note\n\n", "    ", ""),
        ("Term\n:   text\n\n", "    ", ""),
        (":::note\n", "", "\n:::"),
    ],
)
def test_code_in_a_fence_stays_code(mark: str, before: str, prefix: str, after: str) -> None:
    text = before + indented(fenced(mark, "bash"), prefix) + after
    found = lxml_html.fragment_fromstring(PARSER.reset().convert(text), create_parent="div")
    (code,) = found.iter("pre")
    assert code.text_content().strip("\n") == CODE
    assert PARSER.hashtags == []  # type: ignore[attr-defined]
    assert "```" not in found.text_content()
    assert not list(found.iter("h1", "strong"))
    assert [
        item.text_content() for item in found.iter("li") if item.text_content() == "no item"
    ] == []


@cases("before", ["- ", "1. ", "> ", "- > ", "> - ", "- 1. "])
def test_a_fence_may_begin_with_its_item(before: str) -> None:
    prefix = "".join(sign if sign == ">" else " " for sign in before)
    first, *others = fenced("```").split("\n")
    text = "\n".join([before + first, *(f"{prefix}{line}" for line in others)])
    found = lxml_html.fragment_fromstring(PARSER.reset().convert(text), create_parent="div")
    (code,) = found.iter("pre")
    assert code.text_content().strip("\n") == CODE


def test_a_list_goes_on_below_code() -> None:
    assert read("1. Run:\n\n   ```\n   # a\n   ```\n\n2. Done.") == [
        ("ol", ("li", "Run:", ("code", "# a")), ("li", "Done."))
    ]


@cases(
    ("text", "code"),
    [
        ("```\n# a\n\n#tag", "# a\n\n#tag"),
        ("~~~\n```\n# a\n~~~", "```\n# a"),
        ("````\n```\n# a\n```\n````", "```\n# a\n```"),
        ("```\n# a\n````", "# a"),
        ("  ```\n# a\n  b\n  ```", "# a\nb"),
        ("    # a\n\n    #b", "# a\n\n#b"),
        ("```\n```\n", ""),
    ],
)
def test_a_fence_ends_where_commonmark_ends_it(text: str, code: str) -> None:
    assert read(text) == [("code", code)]
    assert PARSER.hashtags == []  # type: ignore[attr-defined]


def test_the_end_of_a_container_ends_its_fence() -> None:
    assert read("- a\n  ```\n  # b\n\nText #tag")[0] == ("ul", ("li", "a", ("code", "# b")))
    assert read("> ```\n> # b\n\nText")[-1] == "Text"


@cases(
    ("info", "title"),
    [
        ("python", []),
        (" python", []),
        ('python title="a.py"', ["a.py"]),
        ("python title='a.py'", ["a.py"]),
        ("python {1,3-4}", []),
        ("{.python}", []),
        ("{python}", []),
        ("python showLineNumbers", []),
        ('python showLineNumbers title="a.py" {2}', ["a.py"]),
        ("python:src/a.py", []),
        ("python,ignore", []),
        ("Python", []),
    ],
)
def test_the_language_is_read_whatever_follows_it(info: str, title: list[str]) -> None:
    code = lxml_html.fragment_fromstring(PARSER.reset().convert(f"```{info}\nx = 1\n```"))
    spans = [(span.get("class"), span.text) for span in code.iter("span")]
    assert ("mi", "1") in spans
    assert [text for name, text in spans if name == "filename"] == title


@cases("info", ["", "nosuchlanguage", "c++", "c#", "???", "中文", "title", "=", "{", "{}"])
def test_any_info_leaves_code_code(info: str) -> None:
    assert read(f"```{info}\n# a\n```") == [("code", "# a")]


@cases("text", ["`#a <b> **c** https://d.org`", "``a`#b``", "`a\n#b`"])
def test_inline_code_stays_code(text: str) -> None:
    found = lxml_html.fragment_fromstring(PARSER.reset().convert(text), create_parent="div")
    assert [element.tag for element in found.iter()] == ["div", "p", "code"]
    assert PARSER.hashtags == []  # type: ignore[attr-defined]


# HTML ------------------------------------------------------------------------------------


def test_markdown_is_read_in_html_between_blank_lines() -> None:
    html = PARSER.reset().convert(
        "<details>\n<summary>More</summary>\n\n**Inner** text.\n\n- a\n\n"
        "```\n# b\n```\n\n</details>\n\nEnd"
    )
    details, end = lxml_html.fragments_fromstring(html)
    assert [child.tag for child in details] == ["summary", "p", "ul", "div"]
    assert details[1][0].tag == "strong"
    assert end.text == "End"


@cases(
    "text",
    [
        "<div>*raw*</div>",
        "text\n<div>\n*raw*\n</div>",
        "<pre>\n*raw*\n\n*raw*\n</pre>",
        "<!--\n\n*raw* -->",
        "- <div>\n  *raw*\n  </div>",
        "> <div>\n> *raw*\n> </div>",
    ],
)
def test_html_without_blank_lines_is_left_alone(text: str) -> None:
    html = PARSER.reset().convert(text)
    assert "*raw*" in html
    assert "<em>" not in html
    assert "&lt;" not in html


@cases("text", ["<!-- a\n\n*b*", "<pre>\n\n*b*", "<?php\n\n*b*", "- <!-- a\n- b"])
def test_html_without_an_end_is_text(text: str) -> None:
    """It would hide the rest of the page."""
    html = PARSER.reset().convert(text)
    assert "&lt;" in html
    assert not {"<!--", "<pre>", "<?"} & {html[i : i + 4] for i in range(len(html))}


@given(
    st.lists(
        st.sampled_from(
            ["- a", "  - b", "   c", "1. d", "", "```", "  ```", "> e", "> - f", "# g", ":::note"]
        ),
        max_size=12,
    )
)
@settings(deadline=None)
def test_no_line_is_lost_or_doubled(lines: list[str]) -> None:
    html = PARSER.reset().convert("\n".join(lines))
    shown = lxml_html.fragment_fromstring(html, create_parent="div").text_content()
    assert sum(map(shown.count, "abcdfg")) == sum(map("".join(lines).count, "abcdfg"))
