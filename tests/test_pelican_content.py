"""Texts as Pelican's documentation describes them: each row of the table in docs/pelican.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.building import ROOT, Build
from tests.pages import parse_html
from tests.pelican_sites import pelican, post

TABLE = (ROOT / "docs/pelican.md").read_text("utf-8").partition("## Texts")[2]
CUSTOM = "FRONTMATTER['custom_fields'] = ['mood', 'cups']"
LINKS = """\
[category]({category}Service stories) [id]({category}servicestories) [author]({author}Ann Lee)
[tag]({tag}green-tea) [index]({index}) [old](|filename|milk.md) [root]({filename}/en/posts/milk.md)
[below]({filename}/posts/milk.md) [part]({filename}milk.md#more) [file]({static}/files/a.txt)
[attached]({attach}/files/b.txt)
"""
TEXTS = {
    "en/posts/tea.md": post(
        "Title: Tea", "Authors: Lee, Ann; Bo Lind", "Tags: green tea; milk, sugar", body=LINKS
    ),
    "en/posts/milk.md": post(
        "Title: Milk",
        "Category: Service stories",
        "Author: Ann Lee",
        "Save_as: blog/milk/index.html",
        "URL: blog/milk/",
        "Template: landing",
        "Mood: calm",
        "Cups: 3",
        body="[TOC]\n\n## More {#more}\n\nText.\n\n## Less\n\nText.",
    ),
    "en/posts/honey.md": post(
        "Title: Honey", "Category: Sweet", "Summary: It is *very* sweet.", "Slug: sweet-honey"
    ),
    "en/posts/sorts/lime.md": post("Title: Lime", "Tags: green tea"),
    "en/posts/ink.md": post("Title: Ink", "Status: hidden"),
    "en/posts/raw.md": post("Title: Raw", "Status: draft"),
    "en/pages/us.md": "Title: Us\n\nText.\n",
    "files/a.txt": "A",
    "files/b.txt": "B",
}
MISTAKES = {
    "en/posts/tea-ru.md": post("Title: Чай", "Lang: ru", "Slug: tea"),
    "en/posts/the-fr.md": post("Title: Thé", "Lang: fr", "Slug: the"),
    "en/posts/lost.md": post("Title: Lost", body="[a]({tag}gren-tea) [b]({author}Nemo)"),
    "en/posts/odd.md": post("Title: Odd", "Template: nope"),
    "en/posts/home.md": post("Title: Home", "Template: home"),
    "en/posts/field.md": post("Title: Field", "Moods: calm"),
    "en/posts/skip.md": post("Title: Skip", "Status: skip"),
    "en/posts/address.md": post("Title: Address", "Save_as: index.html"),
    "en/posts/sheet.txt": "Sheet\n",
    "en/sorts/tea.md": post("Title: Sorts"),
    "posts/tea.md": post("Title: Outside"),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("content")


def settings_of(folder: Path) -> str:
    return f"THEME_TEMPLATES_OVERRIDES = [{str(folder / 'own')!r}]\n{CUSTOM}"


@pytest.fixture(scope="module")
def site(folder: Path) -> Build:
    """One site with everything that is supported."""
    own = folder / "own"
    own.mkdir()
    (own / "landing.html").write_text(
        '{% extends "post.html" %}{% block body %}Landing: {{ entry.custom.mood }}, '
        "{{ entry.custom.cups }} cups{{ entry.body | sized }}{% endblock %}"
    )
    rubrics = (ROOT / "tests/sites/community/rubrics.toml").read_text("utf-8")
    files = {**TEXTS, "rubrics.toml": rubrics}
    built = pelican(folder, files, settings_of(folder), "--fatal", "warnings")
    assert built.status == 0, built.told
    return built


@pytest.fixture(scope="module")
def errors(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The errors of a site with everything that is not supported."""
    built = pelican(tmp_path_factory.mktemp("wrong"), {**TEXTS, **MISTAKES}, CUSTOM)
    assert built.status == 1
    return built.told


def links(built: Build, address: str = "en/tea/") -> dict[str, str]:
    document = parse_html(built.page(address))
    found = document.xpath("//div[contains(@class, 'prose')]//a[@href]")
    return {link.text_content(): link.get("href") for link in found}


def lists(built: Build, name: str) -> set[str]:
    return {path.parent.name for path in built.output.glob(f"en/{name}/*/index.html")}


def in_table(*rows: str) -> None:
    """Check that the table has a row with these words."""
    for row in rows:
        assert f"`{row}" in TABLE, row


def test_links_to_lists(site: Build):
    in_table("{category}", "{tag}", "{author}", "{index}")
    found = links(site)
    assert found["category"] == found["id"] == "/en/tags/servicestories/"
    assert found["tag"] == "/en/tags/green-tea/"
    assert found["author"] == "/en/authors/ann-lee/"
    assert found["index"] == "/en/"


def test_links_to_texts(site: Build):
    in_table("{filename}", r"\|filename\|")
    found = links(site)
    assert {found[name] for name in ("old", "root", "below")} == {"/en/milk/"}
    assert found["part"] == "/en/milk/#more"


def test_links_to_files(site: Build):
    in_table("{static}", "{attach}")
    found = links(site)
    assert (found["file"], found["attached"]) == ("/files/a.txt", "/files/b.txt")
    assert site.page("files/b.txt") == "B"


def test_links_to_unknown_lists(errors: str):
    assert "links to “gren-tea”, which is not a tag of a published text. Did you mean" in errors
    assert "Did you mean “green-tea”?" in errors
    assert "links to “Nemo”, which is not an author of a published text." in errors


def test_several_authors_and_tags(site: Build):
    in_table("Authors:", "Tags:")
    assert {"lee-ann", "bo-lind", "ann-lee"} == lists(site, "authors")
    assert {"green-tea", "milk-sugar"} <= lists(site, "tags")


def test_category(site: Build):
    in_table("Category:")
    assert 'data-rubric="servicestories"' in site.page("en/milk/")
    assert "Honey" in site.page("en/tags/sweet/")


def test_table_of_contents(site: Build):
    in_table("[TOC]")
    document = parse_html(site.page("en/milk/"))
    contents = document.xpath("//div[@class='toc']//a/@href")
    assert contents == ["#more", "#less"]


def test_addresses(site: Build):
    in_table("Save_as:", "Slug:")
    assert "/en/milk/" in site.page("blog/milk/")
    assert "Honey" in site.page("en/sweet-honey/")


def test_template(site: Build):
    in_table("Template:")
    assert "Landing: " in site.page("en/milk/")
    assert "Landing: " not in site.page("en/tea/")


def test_custom_fields(site: Build):
    in_table("Mood:")
    assert "Landing: calm, 3 cups" in site.page("en/milk/")


def test_summary(site: Build):
    in_table("Summary:")
    assert "It is very sweet." in site.page("en/")
    assert "*very*" not in site.page("en/")


def test_status(site: Build):
    in_table("Status:")
    assert "noindex" in site.page("en/ink/")
    assert "Ink" not in site.page("en/")
    assert not (site.output / "en/raw/index.html").exists()


def test_folders(site: Build):
    assert "Lime" in site.page("en/lime/")
    assert "sorts" not in lists(site, "tags")


def test_mistakes_have_a_fix(errors: str):
    expected = {
        "tea-ru.md:3: lang: “ru” contradicts the folder content/en/": (
            "move the file to content/ru/posts/tea.md;"
        ),
        "the-fr.md:3: lang: “fr” contradicts": (
            "add the language to LANGUAGES and move the file to content/fr/posts/the.md."
        ),
        "odd.md:3: template: the theme has no template nope.html.": "Delete the line, or write",
        "home.md:3: template: home.html is the template of another page.": "Choose another one.",
        "field.md:3: moods: is not a field here.": "Delete the line, or add moods to FRONTMATTER",
        "skip.md:3: status: “skip” is unknown.": "Choose published, draft or hidden.",
        "address.md:3: save_as: is not a field here.": "Delete the line;",
        "sheet.txt: is not Markdown": "Save it as plain text ending in .md.",
        "content/en/sorts: is not a content folder": "Content folders are",
        "content/posts: “posts” is not a language of this site.": "The languages are en, ru",
    }
    lines = errors.splitlines()
    for problem, fix in expected.items():
        assert [line for line in lines if problem in line and fix in line], (problem, errors)


def test_the_fixes_work(site: Build, folder: Path):
    """The texts above, changed as the errors suggest."""
    changed = {
        "ru/posts/tea.md": post("Title: Чай", "Slug: tea"),
        "en/posts/lost.md": post("Title: Lost", body="[a]({tag}green-tea)"),
        "en/posts/odd.md": post("Title: Odd"),
        "en/posts/field.md": post("Title: Field", "Mood: calm"),
        "en/posts/skip.md": post("Title: Skip", "Status: draft"),
        "en/posts/sheet.md": post("Title: Sheet"),
    }
    built = pelican(folder, changed, settings_of(folder))
    assert built.status == 0, built.told
    assert re.search(r'hreflang="ru" href="[^"]*/ru/tea/"', built.page("en/tea/"))
