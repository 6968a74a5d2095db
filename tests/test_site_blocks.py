"""Blocks, typography and tables of contents on a built site; every example of docs/blocks.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import pelicanconf
from rubric.markup.block_kinds import BLOCKS, KINDS
from rubric.model.typography import NBSP
from tests.block_examples import DOCUMENT, EXAMPLES, write_files
from tests.building import Build, build, write_site
from tests.cases import cases
from tests.pages import read_pages

LANGUAGES = {key: pelicanconf.LANGUAGES[key] for key in ("en", "ru")}
LONG = "\n\n".join(f'## Part "{number}"\n\nText.' for number in range(1, 6))
LETTER = "> [!NEWSLETTER] Letters\n> One a week.\n"


def post(title: str, text: str, fields: str = "") -> str:
    return f"---\ntitle: '{title}'\ndate: 2026-09-07\n{fields}---\n{text}"


TEXTS = {
    **{f"en/posts/example-{n}.md": post(f"Example {n}", t) for n, t in enumerate(EXAMPLES)},
    "en/posts/long.md": post('A "long" one', LONG),
    "en/posts/long-without.md": post("Long without", LONG, "toc: false\n"),
    "en/posts/short.md": post("Short", "## One\n\nText."),
    "en/posts/short-with.md": post("Short with", "## One\n\nText.", "toc: true\n"),
    "en/posts/letter.md": post("Letter", LETTER),
    "ru/posts/letter.md": post("Письмо", LETTER),
    "ru/posts/only.md": post(
        'Дом "Ы" - и сад', '"Да" - в доме[^1]\n\n[^1]: Нет.\n', 'summary: Кот "Ы" - в доме\n'
    ),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Build:
    folder = tmp_path_factory.mktemp("blocks")
    content = write_site(folder, TEXTS)
    write_files(content)
    lists = {"weekly-en": pelicanconf.NEWSLETTER["lists"]["weekly-en"]}
    lists["weekly-ru"] = {
        key: value
        for key, value in pelicanconf.NEWSLETTER["lists"]["weekly-ru"].items()
        if key != "form_action"
    }
    built = build(content, folder / "output", LANGUAGES=LANGUAGES, NEWSLETTER={"lists": lists})
    assert built.status == 0, built.told
    return built


def test_every_block_is_documented_and_every_example_is_one(site: Build):
    assert [name for name in KINDS if f"`{name.upper()}`" not in DOCUMENT] == []
    written = {name.lower() for name in re.findall(r"\[!([A-Z]+)\]", "\n".join(EXAMPLES))}
    assert set(BLOCKS) <= written
    for number, example in enumerate(EXAMPLES):
        page = read_pages(site)[f"en/example-{number}/"]
        text = page.one('//div[@class="prose"]').text
        assert text, example
        assert "[!" not in text, example
        assert page.find("//@style") == []


@cases(
    ("address", "headings"),
    [
        ("en/long/", ["Part “1”", "Part “2”", "Part “3”", "Part “4”", "Part “5”"]),
        ("en/long-without/", []),
        ("en/short/", []),
        ("en/short-with/", ["One"]),
    ],
)
def test_contents(site: Build, address: str, headings: list[str]):
    page = read_pages(site)[address]
    assert page.texts('//nav[@class="contents"]//a') == headings
    ids = {f"#{id}" for id in page.find("//h2/@id")}
    assert set(page.find('//nav[@class="contents"]//a/@href')) <= ids


def test_newsletter_block_shows_the_form_of_the_edition_or_a_link(site: Build):
    english, russian = (read_pages(site)[f"{lang}/letter/"] for lang in ("en", "ru"))
    action = pelicanconf.NEWSLETTER["lists"]["weekly-en"]["form_action"]
    assert english.find('//div[@class="prose"]//form/@action') == [action]
    assert english.find('//div[@class="prose"]//a[@href="/en/newsletter/"]') == []
    assert russian.find('//div[@class="prose"]//form') == []
    assert russian.links('//div[@class="prose"]//a') == ["ru/newsletter/"]


def test_feeds_link_to_the_newsletter(site: Build):
    assert "/en/newsletter/" in site.page("en/feed.rss.xml")
    assert "&lt;form" not in site.page("en/feed.rss.xml")


def test_typography_of_titles_summaries_and_texts(site: Build):
    html = site.page("ru/only/")
    assert f">Дом «Ы»{NBSP}— и{NBSP}сад</h1>" in html
    assert f"Кот «Ы»{NBSP}— в{NBSP}доме" in html
    assert f"«Да»{NBSP}— в{NBSP}доме" in html
    assert 'aria-label="Примечания"' in html
    assert "Дом «Ы»" in site.page("ru/feed.rss.xml")


def test_scripts_for_code_are_only_on_pages_with_code(site: Build):
    pages = {
        address: page
        for address, page in read_pages(site).items()
        if any("/code." in source for source in page.find("//script/@src"))
    }
    assert pages
    assert [address for address, page in pages.items() if not page.find("//pre")] == []


def test_typography_can_be_turned_off(tmp_path: Path):
    languages = {"ru": {**LANGUAGES["ru"], "typography": [], "chain": []}}
    content = write_site(tmp_path, {"ru/posts/a.md": post('"А" - в доме', '"Б" - в доме')})
    built = build(content, tmp_path / "output", LANGUAGES=languages, NEWSLETTER={"lists": {}})
    assert built.status == 0, built.told
    assert "&#34;А&#34; - в доме" in built.page("ru/a/")
