"""Links, HTML and marks inside a line."""

from __future__ import annotations

from lxml import html as lxml_html
from markdown import Markdown

import pelicanconf
from tests.cases import cases

PARSER = Markdown(**pelicanconf.MARKDOWN)


def read(text: str) -> lxml_html.HtmlElement:
    return lxml_html.fragment_fromstring(PARSER.reset().convert(text), create_parent="div")


def links(text: str) -> list[tuple[str | None, str]]:
    return [(link.get("href"), link.text_content()) for link in read(text).iter("a")]


@cases(
    "address",
    [
        "tel:+77272000000",
        "sms:+77272000000",
        "geo:43.25,76.94",
        "xmpp:desk@example.org",
        "mailto:hello@example.org",
        "https://example.org/a_b_c?d=1&e=2",
        "tg://resolve?domain=desk",
        "https://пример.рф/помощь",
        "urn:isbn:0451450523",
    ],
)
def test_an_address_of_any_scheme_in_angle_brackets_is_a_link(address: str) -> None:
    assert links(f"See <{address}> now.") == [(address, address)]


@cases("address", ["hello@example.org", "p@example.org", "h1@example.org", "a.b+c@d-e.example.org"])
def test_an_email_address_is_a_link(address: str) -> None:
    for text in (f"Write to <{address}>.", f"Write to {address}.", f"（{address}）"):
        assert links(text) == [(f"mailto:{address}", address)]


@cases(
    ("text", "address"),
    [
        ("See https://example.org/a.", "https://example.org/a"),
        ("(see https://example.org/a_(b))", "https://example.org/a_(b)"),
        ("«https://пример.рф/помощь»", "https://пример.рф/помощь"),
        ("Вот https://ru.wikipedia.org/wiki/Клиент, да", "https://ru.wikipedia.org/wiki/Клиент"),
        ("请看https://example.org/帮助。谢谢", "https://example.org/帮助"),
        ("（https://example.org/a）", "https://example.org/a"),
        ("“https://example.org/a”", "https://example.org/a"),
        ("「https://example.org/a」，", "https://example.org/a"),
        ("https://example.org/a?b=1&c=2;", "https://example.org/a?b=1&c=2"),
        ("https://example.org/a_b_c*", "https://example.org/a_b_c"),
        ("**https://example.org/a**", "https://example.org/a"),
        ("*https://example.org/a*…", "https://example.org/a"),
        ("https://example.org/a, https", "https://example.org/a"),
        ("http://localhost:8000/", "http://localhost:8000/"),
        ("<b>https://example.org/a</b>", "https://example.org/a"),
        ("| https://example.org/a | b |\n|---|---|", "https://example.org/a"),
        ("- https://example.org/a#part", "https://example.org/a#part"),
    ],
)
def test_a_bare_url_is_a_link_without_the_punctuation_around_it(text: str, address: str) -> None:
    assert links(text) == [(address, address)]


def test_www_is_a_link() -> None:
    assert links("See www.example.org.") == [("http://www.example.org", "www.example.org")]


@cases(
    "text",
    [
        "`https://example.org`",
        "    https://example.org",
        "```\nhttps://example.org a@example.org\n```",
        "https://",
        "www.",
        "www.nothing",
        "a@b",
        "@name",
        "x@",
        "a@b@c.org@",
        "<div>https://example.org</div>",
    ],
)
def test_these_make_no_link(text: str) -> None:
    assert links(text) == []


@cases(
    "text",
    [
        "[https://example.org/a](https://example.org/b)",
        '<a href="https://example.org/b">https://example.org/a</a>',
        '<a href="https://example.org/b"><b>See https://example.org/a</b></a>',
        '<a href="https://example.org/b">name@example.org</a>',
    ],
)
def test_no_link_is_made_within_a_link(text: str) -> None:
    assert [href for href, _ in links(text)] == ["https://example.org/b"]


@cases(
    "text",
    [
        "<second.md>",
        "<name>",
        "<your-email>",
        "<имя>",
        "List<String>",
        "<title>",
        "<a b",
        "a < b",
        "<C:\\x>",
    ],
)
def test_what_is_not_an_html_tag_is_text(text: str) -> None:
    found = read(f"A {text} c")
    assert found.text_content() == f"A {text} c"
    assert [element.tag for element in found.iter()] == ["div", "p"]


@cases("text", ["<b>a</b>", "<BR>", '<span lang="ru">a</span>', "<kbd>a</kbd>"])
def test_html_tags_stay(text: str) -> None:
    assert text in PARSER.reset().convert(f"A {text} c")


def test_a_backslash_at_a_lines_end_breaks_the_line() -> None:
    assert [element.tag for element in read("Line one\\\nline two")[0]] == ["br"]
    assert [element.tag for element in read("一\\\n二")[0]] == ["br"]
    assert read("one\\\\\ntwo").text_content() == "one\\\ntwo"
    assert read("`one\\\ntwo`")[0][0].tag == "code"


def test_two_tildes_strike_text_out() -> None:
    (struck,) = read("~~gone~~ stays, ~5 to ~10, \\~~no~~").iter("del")
    assert struck.text == "gone"


def test_task_lists_have_check_boxes() -> None:
    boxes = list(read("- [ ] todo\n- [x] done\n  1. [X] nested\n- [link](/x/)").iter("input"))
    assert [box.get("checked") for box in boxes] == [None, "checked", "checked"]
    assert all(box.get("type") == "checkbox" and box.get("disabled") == "disabled" for box in boxes)


def test_a_table_may_follow_a_line_of_text() -> None:
    found = read("Prices of today\n| a | b |\n|---|---|\n| 1 | 2 |\n- item")
    assert [element.tag for element in found] == ["p", "div", "ul"]
    found = read("a | b\n- | -\n1 | 2")
    assert [element.tag for element in found] == ["div"]


@cases("text", ["One | two\nthree | four", "One\n--- | ---"])
def test_lines_with_bars_alone_are_no_table(text: str) -> None:
    assert list(read(text).iter("table")) == []


# Notes -----------------------------------------------------------------------------------


@cases(
    ("text", "title"),
    [
        (":::note\nText\n:::", None),
        (":::note[Take care]\nText\n:::", "Take care"),
        ("::: note Take care\nText\n:::", "Take care"),
        (":::NOTE\n\nText\n\n:::\n", None),
        ("> [!NOTE]\n> Text", None),
        ("before\n:::note\nText\n:::\nafter", None),
        ("- item\n\n  :::note\n  Text\n  :::", None),
        (":::note\nText", None),
    ],
)
def test_notes_are_set_apart(text: str, title: str | None) -> None:
    (box,) = read(text).find_class("admonition")
    assert box.get("class") == "admonition note"
    titles = [each.text for each in box.find_class("admonition-title")]
    assert titles == ([title] if title else [])
    assert box.xpath("p[not(@class)]/text()") == ["Text"]


def test_notes_may_be_nested_and_hold_markdown() -> None:
    found = read("::::tip\n- a\n\n:::warning\n**b**\n:::\n\n```\n:::\n```\n::::\nend")
    tip, end = found
    assert [child.tag for child in tip] == ["ul", "div", "div"]
    assert tip[1].get("class") == "admonition warning"
    assert tip[2].text_content().strip() == ":::"
    assert end.text == "end"


def test_details_are_opened_by_readers() -> None:
    (details,) = read("::: details More\n**Inner**\n:::")
    assert [child.tag for child in details] == ["summary", "p"]


@cases("text", ["::: columns\nText", ":::", "`:::note`", "a :::note"])
def test_other_colons_are_text(text: str) -> None:
    assert ":::" in read(text).text_content()
