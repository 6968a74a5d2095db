"""Each text is read within a few seconds, or refused with its line."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pelicanconf
from rubric.model.language import Languages
from rubric.model.now import Now
from rubric.model.site import Site
from rubric.reading.text_reader import TextReader
from tests.cases import cases

HEADER = "---\ntitle: T\ndate: 2026-11-01\n---\nFirst paragraph.\n\n"


def read(body: str) -> tuple[list[str], float]:
    """The errors of a text, and the seconds of processor time that it took."""
    site = Site(
        "https://example.org",
        ZoneInfo("UTC"),
        Now.at(datetime(2026, 11, 22, tzinfo=UTC)),
        Languages.from_settings(pelicanconf.LANGUAGES),
    )
    reader = TextReader(site, 1_000_000, pelicanconf.MARKDOWN)
    before = time.process_time()
    reading = reader.read("en/posts/a.md", (HEADER + body).encode())
    return [str(error) for error in reading.errors], time.process_time() - before


HOSTILE = {
    "brackets": "[" * 19_000,
    "brackets in lines": ("[" * 2_000 + "\n") * 10,
    "brackets in paragraphs": ("[word " * 100 + "\n\n") * 100,
    "nested brackets": "[" * 4_000 + "x" + "]" * 4_000,
    "pictures": "![" * 9_500,
    "footnotes": "[^" * 9_500,
    "links": "[](" * 6_000,
    "CDATA": "<![CDATA[" * 2_200,
    "numbers": "1. " * 1_000 + "x",
    "items": "- " * 1_000 + "x",
    "quotations": "> " * 1_000 + "x",
    "quotations in lines": "\n".join(">" * depth + " a" for depth in range(1, 200)),
    "nested items": "\n".join("  " * depth + "- a" for depth in range(150)),
    "containers": ":::note\n\n" * 2_000,
    "open emphasis": "*a " * 6_500,
    "nested emphasis": "*a " * 3_000 + "b* " * 3_000,
    "underscores": "_a" * 9_500,
    "backticks": " ".join("`" * count for count in range(1, 195)),
    "tags": "<a " * 6_600,
    "comments": "<!-- " * 3_900,
    "entities": "&" * 19_000,
    "bars": "|" * 19_000,
    "wide table": "a|" * 5_000 + "\n" + "-|" * 5_000 + "\n" + "|\n" * 1_900,
    "long table": "|" * 999 + "\n" + "|-" * 998 + "|\n" + "|\n" * 1_900,
    "blank lines": "a" + "\n" * 500_000 + "b",
    "one footnote": "[^1]: a\n\n" + "[^1]\n\n" * 9_000,
    "open fences": "```\n" * 19_999,
    "definitions": "a\n: b\n" * 900,
    "URL": "https://a/" + "(" * 9_000 + ")" * 9_000,
    "mail": "a@" * 9_500,
    "lists": "- a\n* b\n" * 2_400,
    "deep quotations": (">" * 20 + " a\n\n") * 9_000,
    "deep lists": ("- " * 20 + "a\n\n") * 9_000,
    "abbreviations": "".join(f"*[w{number}]: t\n\n" for number in range(1_900)) + "w1 " * 9_000,
    "spaces in a tag": ("<a " + " " * 19_000 + "\n\n") * 20,
    "colons": ":" * 19_000,
}


def test_hostile_texts_end_within_seconds() -> None:
    """One test, so that the figures are seen together."""
    slow = {}
    for name, body in HOSTILE.items():
        errors, seconds = read(body)
        assert not [error for error in errors if "fault in the code" in error], (name, errors)
        if seconds > 4:
            slow[name] = round(seconds, 1)
    assert slow == {}


@cases(
    ("body", "line", "told"),
    [
        ("[" * 19_000, 7, "brackets"),
        ("- a\n\n" + "[ " * 2_000, 9, "brackets"),
        ("1. " * 1_000 + "x", 7, "nested more than 24 levels"),
        ("> " * 1_000 + "x", 7, "nested more than 24 levels"),
        ("*a " * 6_000, 7, "open emphasis markers"),
        ("a\n" * 2_100, 7, "2000 lines"),
        ("```\na\n```\n\n" * 2_100, 7, "2000 code blocks"),
        ("|" * 999 + "\n" + "|-" * 998 + "|\n" + "|\n" * 1_900, 7, "50000 cells"),
    ],
)
def test_a_refused_text_is_named_with_its_line(body: str, line: int, told: str) -> None:
    ((error),), _ = read(body)
    assert error.startswith(f"content/en/posts/a.md:{line}: ")
    assert told in error


def test_a_refused_text_leaves_the_reader_fit_for_the_next() -> None:
    assert read("> " * 1_000)[0]
    assert read("> quote")[0] == []


@cases(
    "body",
    [
        "слово " * 3_000,
        "[one](https://example.org/1), " * 600,
        "- item\n" * 1_900,
        "```\n" + "a\n" * 19_000 + "```",
        "| a | b |\n|---|---|\n" + "| 1 | 2 |\n" * 1_900,
        "Text[^1] " * 50 + "\n\n[^1]: Note.",
        "**bold** and *other* words. " * 600,
    ],
)
def test_large_texts_of_real_kinds_are_read(body: str) -> None:
    assert read(body)[0] == []
