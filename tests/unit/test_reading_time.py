"""How long texts take to read, by script."""

from __future__ import annotations

from rubric.model.reading_time import reading_minutes
from rubric.model.script import script_of
from tests.cases import cases


@cases(
    ("tag", "html", "minutes"),
    [
        ("en", "<p>" + "word " * 200 + "</p>", 1),
        ("en", "<p>" + "word " * 201 + "</p>", 2),
        ("en", "<p>" + "it’s well-known " * 100 + "</p>", 1),
        ("en", '<p title="' + "word " * 400 + '">Short.</p>', 1),
        ("en", "", 0),
        ("ru", "<p>" + "слово " * 184 + "</p>", 1),
        ("ru", "<p>" + "слово " * 185 + "</p>", 2),
        ("zh-Hans", "<p>" + "字" * 255 + "</p>", 1),
        ("zh-Hant", "<p>" + "字" * 510 + "。</p>", 2),
        ("zh-Hans", "<p>" + "字" * 255 + " Telegram</p>", 2),
        ("ja", "<p>" + "かな漢字" * 100 + "</p>", 2),
        ("ar", "<p>" + "كلمة " * 138 + "</p>", 1),
    ],
)
def test_minutes(tag: str, html: str, minutes: int):
    assert reading_minutes(html, script_of(tag)) == minutes
