"""Plain text that is skipped the patterns reads as it would with them."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

import pelicanconf
from tests.building import SITE
from tests.cases import cases

SPARED = ("plain_text", "plain_text_after")


class Stars(Extension):
    """A pattern that nobody knows: ★ becomes a word."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 (Python-Markdown's name)
        class Star(InlineProcessor):
            def handleMatch(self, m: Any, data: str) -> Any:  # type: ignore[override] # noqa: N802
                return AtomicString("star"), m.start(0), m.end(0)

        md.inlinePatterns.register(Star("★(?!★)"), "star", 30)


def parsers(*extensions: Any) -> tuple[Markdown, Markdown]:
    """One that spares plain text, and one that doesn't."""
    options: dict[str, Any] = pelicanconf.MARKDOWN
    options = {**options, "extensions": [*options["extensions"], *extensions]}
    sparing, plain = Markdown(**options), Markdown(**options)
    for name in SPARED:
        plain.treeprocessors.deregister(name)
    return sparing, plain


PARSERS = parsers()
PIECES = [
    *(
        "a",
        "b c",
        "я",
        "字",
        " ",
        "  \n",
        "\n",
        "\n\n",
        "* ",
        "# ",
        "> ",
        "1. ",
        "    ",
        "| a | b |",
    ),
    *("*", "**", "_", "`", "``", "\\", "\\*", "[x](y)", "![p](q.jpg)", "[r]", "[r]: /u", "[^1]"),
    *(
        "[^1]: note",
        "<b>",
        "</b>",
        "<https://example.org>",
        "<a@example.org>",
        "&amp;",
        "&",
        "#tag",
    ),
    *(
        "*[HTML]: Hyper",
        "HTML",
        "{: .c }",
        "~~~",
        "http://example.org",
        "\x02",
        "klzzwxh:0000",
        "!",
    ),
    *(
        "~~",
        "~",
        "\\\n",
        "https://a.org/b",
        "www.a.org",
        "a@b.org",
        "。",
        "<tel:1>",
        "<x.md>",
        "- ",
    ),
    *("  - ", "```", "<a href='/x'>", "</a>", ":::note\n", ":::", "- [ ] ", "> [!NOTE]\n", "1) "),
]


@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_any_text_reads_the_same(pieces: list[str]):
    sparing, plain = PARSERS
    text = "".join(pieces)
    assert sparing.reset().convert(text) == plain.reset().convert(text)


@cases("path", sorted(SITE.glob("*/*/*.md")))
def test_own_texts_read_the_same(path: Any):
    sparing, plain = PARSERS
    text = path.read_text("utf-8")
    assert sparing.reset().convert(text) == plain.reset().convert(text)


def test_patterns_of_others_see_what_is_theirs():
    sparing, plain = parsers(Stars())
    for text in ("A ★ at night", "A ★★", "no"):
        assert sparing.convert(text) == plain.convert(text)
    assert "star" in sparing.convert("A ★ at night")


def test_abbreviations_are_found_in_plain_text():
    html = PARSERS[0].reset().convert("Plain HTML here.\n\n*[HTML]: Hyper")
    assert '<abbr title="Hyper">HTML</abbr>' in html
