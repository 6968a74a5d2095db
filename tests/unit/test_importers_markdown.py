"""What a stranger writes shows literally, and what Telegram marks up stays marked up."""

from __future__ import annotations

import re
from html import unescape

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown

import pelicanconf
from rubric.importers.blocks import split_blocks
from rubric.importers.markdown import render
from rubric.importers.telegram import Span, clean
from rubric.importers.urls import safe_url
from tests.cases import cases

MARKDOWN = Markdown(**pelicanconf.MARKDOWN)
TRAPS = [
    "# a",
    "#tag",
    "#ночная_смена",
    "- ",
    "+ ",
    "* ",
    "1. ",
    "> ",
    ": ",
    "~~~",
    "```",
    "===",
    "---",
    "|-|",
    "a|b",
    "[x](javascript:alert(1))",
    "![x](y)",
    "[^1]",
    "[^1]: ",
    "[a]: http://b.c",
    "*[A]: b",
    "{: .x }",
    "{filename}a.md",
    "<script>alert(1)</script>",
    "<b>",
    "<!--",
    "-->",
    "<?php",
    "<![CDATA[",
    "&lt;",
    "&#39;",
    "&",
    "\\",
    "\\*",
    "`",
    "``",
    "**",
    "*",
    "__",
    "_",
    "a_b_c",
    "!",
    "[",
    "]",
    "(",
    ")",
    "http://a.b/c_d_e",
    "@name",
    "[TOC]",
    "<https://a.b>",
    "слово",
    "服务",
    "「",
    "🔥",
    " ",
    "  ",
    "    ",
    "\t",
    "\n",
    "\n\n",
    "   \n",
    "\u200b",
    "\xa0",
    "</p>",
    "<div>",
    "<pre>",
    "=",
    "-",
    "klzzwxh:0000",
    "wzxhzdk:0",
]
SHOWN = {"p", "br", "a", "strong", "em", "u", "del", "span", "code", "blockquote"}
texts = st.lists(st.sampled_from(TRAPS) | st.text(max_size=4), max_size=14).map("".join)
KINDS = [
    "plain",
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "spoiler",
    "code",
    "mention",
    "cashtag",
    "invented",
    "link",
    "blockquote",
]
spans = st.builds(lambda kind, text: Span(kind, clean(text)), st.sampled_from(KINDS), texts)


def html_of(*parts: Span) -> str:
    """The parts as a post's HTML; a last word keeps hashtags from being lifted."""
    converted: str = MARKDOWN.reset().convert(render(split_blocks(parts)) + "\n\nконец")
    return converted.removesuffix("<p>конец</p>").strip()


def text_of(html: str) -> str:
    """What a reader sees of HTML."""
    return unescape(re.sub(r"<[^>]+>", "", html))


def _apart(part: Span) -> str:
    """A block stands apart from its neighbours."""
    return f"\n{part.text}\n" if part.kind == "blockquote" else part.text


def words(text: str) -> str:
    """Text without white space, names behind @, and with the `#` that hashtags get."""
    text = re.sub(r"@\w*", "", text)
    return re.sub(r"[\s\u200b\u2060\u2800\u3164]", "", text).replace("＃", "#")


@settings(max_examples=300, deadline=None)
@given(texts)
def test_any_text_shows_literally(text: str) -> None:
    """No text becomes markup: only paragraphs, line breaks, hashtags and bare URLs come out."""
    html = html_of(Span("plain", clean(text)))
    tags = set(re.findall(r"<(?!/)[^>]*>", html))
    link = r'a class="hashtag" href="\{tag\}[^"]*"|a href="(?:https?://|mailto:)[^"]*"'
    assert all(re.fullmatch(rf"<(?:p|br|{link})>", tag) for tag in tags)
    assert words(text_of(html)) == words(clean(text))


@settings(max_examples=300, deadline=None)
@given(st.lists(spans, max_size=6))
def test_any_entities_show_their_text(parts: list[Span]) -> None:
    """Whatever is marked up, every character is shown and no unknown tag appears."""
    html = html_of(*parts)
    names = set(re.findall(r"</?([a-zA-Z][^\s/>]*)", html))
    assert names <= SHOWN
    assert all(
        re.match(r"(?:https?|mailto|tel|tg):|\{tag\}", href)
        for href in re.findall(r'href="([^"]*)"', html)
    )
    assert words(text_of(html)) == words("".join(_apart(part) for part in parts))


@cases(
    ("parts", "markdown"),
    [
        ([Span("bold", " жирно "), Span("plain", "дальше")], "**жирно** дальше"),
        ([Span("bold", "раз\n\nдва")], "**раз**\n\n**два**"),
        ([Span("bold", "а"), Span("italic", "б")], "**а**<em>б</em>"),
        ([Span("plain", "https://e.org"), Span("bold", "/x")], "https://e.org<strong>/x</strong>"),
        ([Span("plain", "www.e.org"), Span("italic", "/a b")], "www.e.org<em>/a b</em>"),
        ([Span("bold", "https://e.org"), Span("plain", "/x")], "<strong>https://e.org</strong>/x"),
        ([Span("plain", "a@e.org"), Span("bold", ".a")], "a@e.org<strong>.a</strong>"),
        ([Span("strikethrough", "вчера")], "<del>вчера</del>"),
        ([Span("code", "a_b*")], "`a_b*`"),
        ([Span("code", "a`<b>")], "<code>a\\`&lt;b></code>"),
        ([Span("pre", "x = 1", language='py"><b')], "```pyb\nx = 1\n```"),
        ([Span("pre", "```\nx")], "````\n```\nx\n````"),
        ([Span("link", "https://example.com/a_b")], "<https://example.com/a_b>"),
        ([Span("link", "example.com")], "[example.com](https://example.com)"),
        ([Span("email", "a_b@example.com")], "[a_b@example.com](mailto:a_b@example.com)"),
        ([Span("phone", "+7 (700) 1")], "[+7 (700) 1](tel:+77001)"),
        ([Span("mention", "@quiet_desk")], "[@quiet_desk](https://t.me/quiet_desk)"),
        ([Span("mention", "@x)")], "@x)"),
        ([Span("text_link", "жми", "javascript:alert(1)")], "жми"),
        (
            [Span("plain", "Вот!"), Span("text_link", "тут", "http://a.b")],
            "Вот\\![тут](http://a.b)",
        ),
        ([Span("blockquote", "раз\n\nдва\nтри")], "> раз\n>\n> два  \n> три"),
        ([Span("plain", "раз\nдва")], "раз  \nдва"),
        ([Span("plain", "第一行\n第二行")], "第一行<br>\n第二行"),
        ([Span("plain", "- Да?\n- Да.")], "\\- Да?  \n\\- Да."),
        ([Span("plain", "1. Раз\n2024. Два")], "1\\. Раз  \n2024\\. Два"),
        ([Span("plain", "а\n\u2800\nб")], "а\n\nб"),
        ([Span("plain", "C# и №1, A&W, (# 1), snake_case")], "C# и №1, A&W, (# 1), snake_case"),
        ([Span("bold", "под #чай тегом")], "**под** #чай **тегом**"),
        ([Span("plain", "🔥"), Span("hashtag", "#чай@desk")], "🔥 #чай"),
        ([Span("hashtag", "#服务"), Span("plain", "# 故事")], "#服务\\# 故事"),
    ],
)
def test_entities_become_markdown(parts: list[Span], markdown: str) -> None:
    """Each entity has its Markdown, with as few escapes as it takes."""
    assert render(split_blocks(parts)) == markdown


@cases(
    ("written", "address"),
    [
        ("https://example.com/a(b)", "https://example.com/a%28b%29"),
        ("https://пример.рф/сервис", "https://пример.рф/сервис"),
        ('https://example.com/"><script>', "https://example.com/%22%3E%3Cscript%3E"),
        ("tg://resolve?domain=x", "tg://resolve?domain=x"),
        ("JavaScript:alert(1)", ""),
        (" java\nscript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//example.com", ""),
        ("/local", ""),
        ("https://", ""),
        ("http://[", ""),
    ],
)
def test_only_safe_addresses_are_links(written: str, address: str) -> None:
    """Addresses are percent-encoded where Markdown needs it, and unsafe ones are none."""
    assert safe_url(written) == address
