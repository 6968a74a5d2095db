"""The text of every kind of file is published whole and unchanged."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar
from lxml import html as lxml_html

from rubric.reading.header import parse_header
from rubric.reading.text_reader import make_parser
from tests.building import Build, build, write_site
from tests.cases import cases

OPENINGS = {
    "update": "Update: the room is now 214.",
    "address": "https://example.org/stream is where we meet.\n\nSecond paragraph.",
    "rule": "---\n\nText below a rule.",
    "stars": "***\n\nText below stars.",
    "steps": "Steps:\n1. one\n2. two",
    "field": "title: not a field\nDate: nor is this",
    "yaml": "---\ntitle: no second front matter\n---\n\nText.",
    "indented": "Note: one\n    two",
}
EVENT = "start: 2026-12-10 18:30\nend: 2026-12-10 21:00\ntimezone: Asia/Almaty\nonline: https://a.example/x"
GROUP = "city: Almaty\ncountry: KZ"
FILES = {
    "en/events/evening.md": (EVENT, "18:30 doors\n19:00 first talk\n20:00 tea\n\nCome early."),
    "en/groups/almaty.md": (GROUP, "Where: ask at the desk."),
    "en/pages/faq.md": ("kind: faq", "Note: ask us anything.\n\n## Who pays?\n\nNo one."),
    "en/pages/about.md": ("", "About: one line."),
    "en/newsletter/first.md": ("list: weekly-en", "Hello: this is the first letter."),
    "ru/posts/gorod.md": ("", "Vopros: почему?\n\nОтвет."),
    "ru/posts/vremya.md": ("", "10:30 начало\n11:00 доклад"),
    "zh-hans/posts/qiandao.md": ("", "10:30 开始签到\n11:00 开场"),
    "zh-hant/posts/qiandao.md": ("", "10:30 開始簽到\n11:00 開場"),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Build:
    folder = tmp_path_factory.mktemp("text")
    files = {
        name: f"---\ntitle: T\ndate: 2026-11-01\n{header}\n---\n{text}\n"
        for name, (header, text) in FILES.items()
    }
    files |= {
        f"en/posts/{name}.md": f"---\ntitle: T\ndate: 2026-11-01\n---\n{text}\n"
        for name, text in OPENINGS.items()
    }
    files["en/posts/pelican.md"] = "Title: T\nDate: 2026-11-01\n\nUpdate: the room is 214.\n"
    content = write_site(folder, files)
    crlf = content / "en/posts/windows.md"
    crlf.write_bytes(b"\xef\xbb\xbf---\r\ntitle: T\r\ndate: 2026-11-01\r\n---\r\nUpdate: 214.\r\n")
    result = build(content, folder / "output", SOCIAL_IMAGES={"images": False, "cache": "unused"})
    assert result.status == 0, result.told
    return result


def words(html: str) -> str:
    return " ".join(lxml_html.fragment_fromstring(html, create_parent="div").text_content().split())


@cases(
    ("address", "shown"),
    [
        ("en/update/", "Update: the room is now 214."),
        ("en/address/", "https://example.org/stream is where we meet."),
        ("en/steps/", "Steps:"),
        ("en/field/", "title: not a field"),
        ("en/yaml/", "title: no second front matter"),
        ("en/indented/", "Note: one"),
        ("en/pelican/", "Update: the room is 214."),
        ("en/windows/", "Update: 214."),
        ("en/events/evening/", "18:30 doors 19:00 first talk 20:00 tea"),
        ("en/groups/almaty/", "Where: ask at the desk."),
        ("en/faq/", "Note: ask us anything."),
        ("en/about/", "About: one line."),
        ("en/newsletter/first/", "Hello: this is the first letter."),
        ("ru/gorod/", "Vopros: почему?"),
        ("ru/vremya/", "10:30 начало 11:00 доклад"),
        ("zh-hans/qiandao/", "10:30 开始签到 11:00 开场"),
        ("zh-hant/qiandao/", "10:30 開始簽到 11:00 開場"),
    ],
)
def test_the_first_lines_are_on_the_page(site: Build, address: str, shown: str) -> None:
    assert shown in words(lxml_html.tostring(lxml_html.fromstring(site.page(address))).decode())


@cases("name", ["rule", "stars", "yaml"])
def test_a_rule_may_begin_a_text(site: Build, name: str) -> None:
    assert "<hr>" in site.page(f"en/{name}/").partition("<main")[2]


def test_the_first_lines_are_in_feeds(site: Build) -> None:
    items = json.loads(site.page("en/feed.json"))["items"]
    texts = {
        item["url"].rstrip("/").rpartition("/")[2]: words(item["content_html"]) for item in items
    }
    assert texts["update"] == "Update: the room is now 214."
    assert texts["steps"].startswith("Steps:")


def test_the_first_lines_are_in_calendars(site: Build) -> None:
    calendar: Any = Calendar.from_ical(site.page("en/events/evening/event.ics"))
    (event,) = calendar.walk("VEVENT")
    for line in ("18:30 doors", "19:00 first talk", "20:00 tea"):
        assert line in event["DESCRIPTION"]


def test_an_own_meta_extension_in_the_settings_has_no_effect() -> None:
    parser = make_parser({"extensions": ["meta", "markdown.extensions.meta"]})
    assert parser.convert("Update: 214") == "<p>Update: 214</p>"


@cases(
    ("text", "line"),
    [
        ("---\ntitle: A\n---\nBody", 4),
        ("---\n---\nBody", 3),
        ("Title: A\n\nBody", 2),
        ("Title: A\nBody", 2),
        ("Body", 1),
    ],
)
def test_the_header_gives_the_line_of_the_body(text: str, line: int) -> None:
    header = parse_header(text)
    assert text.split("\n")[header.body_line - 1 :] == header.body.split("\n")
    assert header.body_line == line


def test_a_heading_without_its_space_is_named_at_each_build(tmp_path: Path) -> None:
    header = "---\ntitle: T\ndate: 2026-11-01\n---\n"
    code = "```\n##no heading\n```\n\n    ##nor this\n\n"
    text = f"{header}##Prices\n\n{code}- ###Rooms\n\n## Good\n\n\\##escaped\n"
    content = write_site(tmp_path, {"en/posts/one.md": text})
    options: dict[str, Any] = {"SOCIAL": {"images": False, "cache": "unused"}}
    for _ in range(2):
        result = build(content, tmp_path / "output", may_warn=True, **options)
        assert result.status == 0, result.told
        told = [line for line in result.told.splitlines() if "begins with hashes" in line]
        assert [line.partition("content/en/posts/one.md:")[2][:3] for line in told] == [
            "5: ",
            "13:",
        ]
