"""Two files for one address: an error names both before anything is written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.building import ROOT, Build, build, write_site
from tests.pages import languages, write_text

NO_IMAGES = {"images": False, "cache": ".cache/social"}
SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
TRANSLATIONS = (
    "Give one of them another slug, or both the same translation_key if they are translations"
)


def refused(folder: Path, files: dict[str, str], **settings: Any) -> list[str]:
    """The errors of a site, a line each; nothing is written of it."""
    content = write_site(folder, files)
    built = build(content, folder / "output", SOCIAL_IMAGES=NO_IMAGES, **settings)
    assert built.status == 1, built.told
    assert "Traceback" not in built.told
    assert built.files() == {}
    return built.told.strip().splitlines()[1:]


def accepted(folder: Path, files: dict[str, str], **settings: Any) -> Build:
    built = build(write_site(folder, files), folder / "output", SOCIAL_IMAGES=NO_IMAGES, **settings)
    assert built.status == 0, built.told
    return built


def test_texts_of_two_languages_that_an_edition_shows_at_one_address(tmp_path: Path):
    """With the default settings, where zh-hant shows texts of other languages on own pages."""
    files = {
        "en/posts/one.md": write_text("One", slug="hello"),
        "ru/posts/dva.md": write_text("Два", slug="hello"),
    }
    (line,) = refused(tmp_path, files)
    assert line.startswith("content/ru/posts/dva.md:4: slug: would be written to /zh-hant/hello/")
    assert "where content/en/posts/one.md is" in line
    assert TRANSLATIONS in line


def test_several_editions_report_one_pair_once(tmp_path: Path):
    files = {
        "en/posts/one.md": write_text("One", slug="hello"),
        "ru/posts/dva.md": write_text("Два", slug="hello"),
    }
    full = languages(zh_hans={"fallback": "full"}, zh_hant={"fallback": "full"})
    assert len(refused(tmp_path, files, LANGUAGES=full)) == 1


def test_an_original_whose_address_the_edition_has_itself_is_linked(tmp_path: Path):
    """An edition's own text goes first: the other one is listed with its original's address."""
    files = {
        "en/posts/one.md": write_text("One", slug="hello"),
        "zh-hant/posts/er.md": write_text("二", slug="hello"),
    }
    site = accepted(tmp_path, files)
    assert "二" in site.page("zh-hant/hello/")
    assert 'href="/en/hello/"' in site.page("zh-hant/")


@pytest.mark.parametrize("other", ["hello", "Hello"])
def test_an_alias_where_an_edition_shows_a_text(other: str, tmp_path: Path):
    files = {
        "en/posts/one.md": write_text("One", slug="hello"),
        "zh-hant/posts/er.md": write_text("二", aliases=[f"/zh-hant/{other}/"]),
    }
    (line,) = refused(tmp_path, files)
    assert line.startswith("content/zh-hant/posts/er.md:4: aliases: would be written to")
    assert "where content/en/posts/one.md" in line


@pytest.mark.parametrize(
    ("alias", "owner"),
    [
        ("/en/tags/tea/", "the page of the tag #tea (content/en/posts/one.md)"),
        ("/en/Tags/Tea/", "the page of the tag #tea (content/en/posts/one.md)"),
        ("/en/tags/tea/page/2/", "the page of the tag #tea (content/en/posts/one.md)"),
        ("/en/authors/ann/", "the page of the author ann (content/en/posts/one.md)"),
        ("/en/archive/2026/", "a page of the site itself"),
        ("/sitemap.xml", "a file for search engines"),
        ("/en/feed.rss.xml", "a feed"),
        ("/en/", "a page of the site itself"),
        ("/images/a.svg", "content/images/a.svg"),
        ("/en/one/", "content/en/posts/one.md"),
    ],
)
def test_an_alias_on_what_is_there(alias: str, owner: str, tmp_path: Path):
    files = {"images/a.svg": SVG}
    files |= {f"en/posts/t{n}.md": write_text(f"T {n}", tags=["tea"]) for n in range(2)}
    files["en/posts/one.md"] = write_text("One", tags=["tea"], authors=["Ann"], date="2026-11-02")
    files["en/posts/two.md"] = write_text("Two", aliases=[alias])
    editions = {"page_size": 1}
    lines = refused(tmp_path, files, EDITIONS=editions)
    assert any("content/en/posts/two.md" in line and owner in line for line in lines), lines


def test_a_file_on_the_address_of_a_page(tmp_path: Path):
    """EXTRA_PATH_METADATA puts a file anywhere."""
    files = {"files/hello.html": "<p>Hello", "en/posts/hello.md": write_text("Hello")}
    settings = {
        "STATIC_PATHS": ["files"],
        "EXTRA_PATH_METADATA": {"files/hello.html": {"path": "en/hello/index.html"}},
    }
    (line,) = refused(tmp_path, files, **settings)
    assert "content/files/hello.html" in line
    assert "content/en/posts/hello.md" in line


def test_two_files_on_one_address(tmp_path: Path):
    files = {"files/a.txt": "A", "files/b.txt": "B", "en/posts/hello.md": write_text("Hello")}
    paths = {"files/a.txt": {"path": "x.txt"}, "files/b.txt": {"path": "X.txt"}}
    (line,) = refused(tmp_path, files, STATIC_PATHS=["files"], EXTRA_PATH_METADATA=paths)
    assert "content/files/a.txt" in line
    assert "content/files/b.txt" in line


def test_a_page_of_pelican_on_a_page_of_the_site(tmp_path: Path):
    """TEMPLATE_PAGES renders a template of the content folder to any address."""
    files = {"x.html": "Mine", "en/posts/hello.md": write_text("Hello")}
    (line,) = refused(tmp_path, files, TEMPLATE_PAGES={"x.html": "en/hello/index.html"})
    assert "TEMPLATE_PAGES" in line
    assert "content/en/posts/hello.md" in line


def test_a_plugin_that_writes_where_a_page_is_gets_one_line(tmp_path: Path):
    plugin = tmp_path / "writes_home.py"
    plugin.write_text(
        "from pelican import signals\n"
        "def write(generator, writer):\n"
        "    writer.write_file('en/index.html', generator.env.from_string('Mine'), {})\n"
        "def register():\n"
        "    signals.article_writer_finalized.connect(write)\n",
        encoding="utf-8",
    )
    settings = tmp_path / "conf.py"
    settings.write_text(
        f"import sys\nsys.path[:0] = [{str(ROOT)!r}, {str(tmp_path)!r}]\n"
        "from pelicanconf import *\n"
        f"THEME = {str(ROOT / 'theme')!r}\n"
        f"SOCIAL_IMAGES = {NO_IMAGES!r}\n"
        "PLUGINS = [*PLUGINS, 'writes_home']\n",
        encoding="utf-8",
    )
    content = write_site(tmp_path, {"en/posts/hello.md": write_text("Hello")})
    built = build(content, tmp_path / "output", may_warn=True, settings_file=settings)
    assert built.status == 1
    assert "Traceback" not in built.told
    assert "en/index.html" in built.told
