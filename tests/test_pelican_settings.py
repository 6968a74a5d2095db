"""Settings and arguments of Pelican have the effects or notices that docs/pelican.md names."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pelican import parse_arguments
from pelican.settings import DEFAULT_CONFIG

from rubric.model.pelican_settings import (
    COMMAND,
    OTHER_ADDRESSES,
    WITH_EFFECT,
    WITHOUT_EFFECT,
    reason_without_effect,
)
from rubric.model.setting_rules import PELICAN
from tests.building import ROOT, Build
from tests.pages import parse_html
from tests.pelican_sites import pelican, post
from tools.reference import pelican as tables

TEA = {"en/posts/tea.md": post()}
SHOWN: set[str] = set()
"""Settings and arguments whose effect a test shows."""

Test = Callable[..., None]


def shows(*names: str) -> Callable[[Test], Test]:
    """Mark a test that shows the effect of settings or arguments."""
    SHOWN.update(names)
    return lambda test: test


def page(built: Build, address: str = "en/tea/") -> str:
    assert built.status == 0, built.told
    return built.page(address)


def notices(built: Build) -> list[str]:
    return [line for line in built.told.splitlines() if line.startswith("Notice: ")]


# The table ----------------------------------------------------------------------------------


def test_every_setting_of_pelican_is_in_the_table():
    unknown = [
        name
        for name in DEFAULT_CONFIG
        if name not in WITH_EFFECT and not reason_without_effect(name)
    ]
    assert unknown == []
    assert WITH_EFFECT.keys() & WITHOUT_EFFECT.keys() == set()


def test_every_argument_of_pelican_is_in_the_table(monkeypatch: pytest.MonkeyPatch):
    found: list[argparse.ArgumentParser] = []
    parse = argparse.ArgumentParser.parse_args

    def take(parser: argparse.ArgumentParser, *given: Any, **named: Any) -> Any:
        found.append(parser)
        return parse(parser, *given, **named)

    monkeypatch.setattr(argparse.ArgumentParser, "parse_args", take)
    parse_arguments([])
    names = {(each.option_strings or [each.dest])[-1] for each in found[0]._actions}
    assert names == COMMAND.keys()


def test_every_effect_has_a_test():
    assert WITH_EFFECT.keys() - SHOWN == set()
    assert COMMAND.keys() - SHOWN == set()


def test_the_tables_are_generated():
    text = (ROOT / "docs/pelican.md").read_text("utf-8")
    assert text == tables(text)
    for name in (*DEFAULT_CONFIG, *WITH_EFFECT, *WITHOUT_EFFECT, *OTHER_ADDRESSES, *COMMAND):
        assert f"`{name}`" in text, name


# Settings without effect ----------------------------------------------------------------------


def test_each_setting_without_effect_has_one_notice(tmp_path: Path):
    names = [*dict.fromkeys([*DEFAULT_CONFIG, *OTHER_ADDRESSES, *WITHOUT_EFFECT])]
    useless = [name for name in names if name not in WITH_EFFECT]
    assert len(useless) > 100
    # Pelican itself reads these before Rubric does.
    typed = {"PAGINATION_PATTERNS": "[]", "LINKS": "(('A', '#'),)"}
    typed |= dict.fromkeys(("ARTICLE_PATHS", "PAGE_PATHS"), "['x']")
    typed |= {"THEME_STATIC_PATHS": "['static', 'x']", "CSS_FILE": "'layers.css'"}
    lines = [f"{name} = {typed.get(name, repr('x'))}" for name in useless]
    built = pelican(tmp_path, TEA, "\n".join(lines))
    assert built.status == 0, built.told
    found = [re.match(r"Notice: (\w+) has no effect: \S.*\.$", line) for line in notices(built)]
    told = [match[1] for match in found if match]
    # An empty list of patterns cannot be told from one that is not given.
    assert sorted(told) == sorted(set(useless) - {"PAGINATION_PATTERNS"})
    assert page(built) == page(pelican(tmp_path / "plain", TEA))


def test_a_site_without_such_settings_has_no_notice(tmp_path: Path):
    built = pelican(tmp_path, TEA)
    assert page(built)
    assert notices(built) == []


@pytest.mark.parametrize("name", sorted(WITH_EFFECT.keys() & PELICAN.keys()))
def test_a_wrong_value_is_refused(name: str):
    """Each rule refuses something, and accepts its example and Pelican's default."""
    rule = PELICAN[name]
    assert rule.accepts(rule.example)
    assert not rule.accepts({1: object()})
    if name in DEFAULT_CONFIG and name not in ("SITEURL", "CSS_FILE"):
        assert rule.accepts(DEFAULT_CONFIG[name]) or name in ("PLUGINS", "THEME", "PATH")


# Readers --------------------------------------------------------------------------------------

_RST = "Tea\n###\n\n:date: 2026-10-05\n\n.. code-block:: python\n\n   1\n\nOne\n===\n\nText.\n"


@shows("READERS", "DOCUTILS_SETTINGS", "PYGMENTS_RST_OPTIONS")
def test_readers(tmp_path: Path):
    texts = {"en/posts/tea.rst": _RST}
    plain = pelican(tmp_path / "plain", texts)
    assert "<h2>One</h2>" in page(plain)
    settings = (
        "DOCUTILS_SETTINGS = {'initial_header_level': '4'}\n"
        "PYGMENTS_RST_OPTIONS = {'classprefix': 'pg-'}"
    )
    built = pelican(tmp_path / "options", texts, settings)
    assert "<h4>One</h4>" in page(built)
    assert 'class="pg-' in page(built)
    off = pelican(tmp_path / "off", texts, "READERS = {'rst': None}")
    assert off.status == 1
    assert "tea.rst: is not Markdown" in off.told


@shows("DEFAULT_CATEGORY")
def test_default_category(tmp_path: Path):
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/post.html").write_text("<b>{{ article.category }}</b>", "utf-8")
    folder = str(tmp_path / "templates")
    settings = f"DEFAULT_CATEGORY = 'drinks'\nTHEME_TEMPLATES_OVERRIDES = [{folder!r}]"
    assert page(pelican(tmp_path / "site", TEA, settings)) == "<b>drinks</b>"


# Texts ----------------------------------------------------------------------------------------


@shows("AUTHOR")
def test_author(tmp_path: Path):
    texts = {
        **TEA,
        "en/posts/own.md": post("Title: Own", "Author: Bo Lind"),
        "en/pages/us.md": "Title: Us\n\nText.\n",
    }
    built = pelican(tmp_path, texts, "AUTHOR = 'Ann Lee'")
    assert "Ann Lee" in page(built)
    assert "Ann Lee" not in page(built, "en/own/")
    assert "Ann Lee" not in page(built, "en/us/")
    assert "Tea" in page(built, "en/authors/ann-lee/")


@shows("DEFAULT_METADATA")
def test_default_metadata(tmp_path: Path):
    texts = {**TEA, "en/posts/own.md": post("Status: published", "Tags: milk")}
    built = pelican(
        tmp_path, texts, "DEFAULT_METADATA = {'status': 'hidden', 'Tags': ['sugar', 'spoon']}"
    )
    assert "noindex" in page(built)
    assert "noindex" not in page(built, "en/own/")
    assert "#milk" in page(built, "en/own/")
    assert "#sugar" not in page(built, "en/own/")
    assert "#sugar" in page(built)


def test_default_metadata_is_checked(tmp_path: Path):
    built = pelican(tmp_path, TEA, "DEFAULT_METADATA = {'statuss': 'draft'}")
    assert built.status == 1
    assert "DEFAULT_METADATA: has statuss, which is not a field. Did you mean status?" in built.told


@shows("DEFAULT_DATE")
@pytest.mark.parametrize(
    "value", ["(2026, 10, 5)", "'2026-10-05'", "__import__('datetime').date(2026, 10, 5)"]
)
def test_default_date(value: str, tmp_path: Path):
    texts = {
        "en/posts/tea.md": "Title: Tea\n\nText.\n",
        "en/posts/2026-09-01-named.md": "Title: Named\n\nText.\n",
    }
    built = pelican(tmp_path, texts, f"from datetime import date\nDEFAULT_DATE = {value}")
    assert 'datetime="2026-10-05' in page(built)
    assert 'datetime="2026-09-01' in page(built, "en/named/")


def test_default_date_of_files(tmp_path: Path):
    built = pelican(tmp_path, TEA, "DEFAULT_DATE = 'fs'")
    assert page(built)
    assert len(notices(built)) == 1
    assert "DEFAULT_DATE has no effect: each checkout has other file times" in built.told


@shows("FILENAME_METADATA", "PATH_METADATA")
def test_metadata_of_paths(tmp_path: Path):
    texts = {"en/posts/sorts/2026-10-05_green.md": "Title: Tea\n\nText.\n"}
    settings = (
        r"FILENAME_METADATA = r'(?P<date>\d{4}-\d{2}-\d{2})_(?P<slug>.*)'" + "\n"
        r"PATH_METADATA = r'en/posts/(?P<category>[^/]*)/.*'"
    )
    built = pelican(tmp_path, texts, settings)
    assert 'datetime="2026-10-05' in page(built, "en/green/")
    assert "#sorts" in page(built, "en/green/")


def test_unknown_metadata_of_paths(tmp_path: Path):
    built = pelican(tmp_path, TEA, "FILENAME_METADATA = '(?P<colour>.*)'")
    assert built.status == 1
    assert "has colour, which is not a field. " in built.told


@shows("EXTRA_PATH_METADATA")
def test_extra_path_metadata(tmp_path: Path):
    texts = {
        "en/posts/sorts/tea.md": post(body="[Robots]({static}/files/tea-robots.txt)"),
        "files/tea-robots.txt": "None.\n",
    }
    settings = (
        "EXTRA_PATH_METADATA = {'en/posts/sorts': {'tags': 'green'},"
        " 'files/tea-robots.txt': {'path': 'tea.txt'}}"
    )
    built = pelican(tmp_path, texts, settings)
    assert "#green" in page(built)
    assert 'href="/tea.txt"' in page(built)
    assert (built.output / "tea.txt").is_file()


@shows("USE_FOLDER_AS_CATEGORY")
def test_folders_as_categories(tmp_path: Path):
    texts = {
        "en/posts/green/tea.md": post(),
        "en/posts/2026/year.md": post(),
        "en/posts/milk/own.md": post("Category: sugar"),
        "en/posts/service stories/rubric.md": post(),
    }
    rubrics = (ROOT / "tests/sites/community/rubrics.toml").read_text("utf-8")
    built = pelican(tmp_path, {**texts, "rubrics.toml": rubrics}, "USE_FOLDER_AS_CATEGORY = True")
    assert "#green" in page(built)
    assert "#2026" not in page(built, "en/year/")
    assert "#milk" not in page(built, "en/own/")
    assert 'data-rubric="servicestories"' in page(built, "en/rubric/")
    assert "#green" not in page(pelican(tmp_path, {}))


@shows("FORMATTED_FIELDS")
def test_formatted_summaries(tmp_path: Path):
    texts = {"en/posts/tea.md": post("Summary: Some *green* [tea](other.md) & `code`")}
    plain = pelican(tmp_path, texts)
    assert "Some green tea &amp; code" in page(plain, "en/")
    assert "*green*" not in page(plain)
    raw = pelican(tmp_path, texts, "FORMATTED_FIELDS = []")
    assert "Some *green* [tea](other.md)" in page(raw, "en/")


def summary(built: Build) -> str:
    document = parse_html(page(built))
    return str(document.xpath("//meta[@name='description']/@content")[0])


@shows("SUMMARY_MAX_LENGTH", "SUMMARY_MAX_PARAGRAPHS", "SUMMARY_END_SUFFIX")
def test_summaries_of_texts(tmp_path: Path):
    text = {"en/posts/tea.md": post(body="One two three. Four five.\n\nSix seven.\n\nEight.")}
    assert summary(pelican(tmp_path, text)) == "One two three. Four five."
    assert summary(pelican(tmp_path, {}, "SUMMARY_MAX_LENGTH = 4")) == "One two three. Four…"
    everything = "One two three. Four five. Six seven. Eight."
    assert summary(pelican(tmp_path, {}, "SUMMARY_MAX_LENGTH = None")) == everything
    both = "SUMMARY_MAX_PARAGRAPHS = 2"
    assert summary(pelican(tmp_path, {}, both)) == "One two three. Four five. Six seven."
    end = "SUMMARY_MAX_LENGTH = 2; SUMMARY_END_SUFFIX = '(more)'"
    assert summary(pelican(tmp_path, {}, end)) == "One two (more)"
    long = {"en/posts/tea.md": post(body="word " * 100)}
    assert summary(pelican(tmp_path, long, "SUMMARY_END_SUFFIX = ' →'")).endswith("word →")


@shows("WITH_FUTURE_DATES")
def test_future_dates(tmp_path: Path):
    texts = {"en/posts/tea.md": post("Date: 2027-03-01")}
    assert not (pelican(tmp_path, texts).output / "en/tea/index.html").exists()
    assert 'datetime="2027-03-01' in page(pelican(tmp_path, {}, "WITH_FUTURE_DATES = True"))


@shows("ARTICLE_EXCLUDES", "PAGE_EXCLUDES")
def test_excluded_folders(tmp_path: Path):
    texts = {**TEA, "en/posts/old/milk.md": post(), "en/pages/old/us.md": post()}
    settings = "ARTICLE_EXCLUDES = ['en/posts/old/']; PAGE_EXCLUDES = ['en/pages/old']"
    built = pelican(tmp_path, texts, settings)
    assert page(built)
    assert not (built.output / "en/milk").exists()
    assert not (built.output / "en/us").exists()


@shows("IGNORE_FILES")
def test_ignored_files(tmp_path: Path):
    built = pelican(tmp_path, {**TEA, "en/posts/milk.md": post()}, "IGNORE_FILES = ['mi*.md']")
    assert page(built)
    assert not (built.output / "en/milk").exists()


@shows("MARKDOWN")
def test_markdown(tmp_path: Path):
    text = {"en/posts/tea.md": post(body="Tea\nMilk")}
    built = pelican(tmp_path, text, "MARKDOWN['extensions'].append('markdown.extensions.nl2br')")
    assert re.search(r"Tea<br ?/?>\s*Milk", page(built))


# Files ----------------------------------------------------------------------------------------


@shows("STATIC_PATHS", "STATIC_EXCLUDES", "STATIC_EXCLUDE_SOURCES")
def test_static_files(tmp_path: Path):
    texts = {**TEA, "more/a.txt": "A", "more/raw/b.txt": "B", "more/c.md": "C"}
    built = pelican(tmp_path, texts, "STATIC_PATHS = ['more']; STATIC_EXCLUDES = ['more/raw']")
    assert page(built)
    assert (built.output / "more/a.txt").read_text() == "A"
    assert not (built.output / "more/raw/b.txt").exists()


@shows("OUTPUT_SOURCES", "OUTPUT_SOURCES_EXTENSION")
def test_sources(tmp_path: Path):
    event = post(
        "Start: 2026-12-24 18:00",
        "Timezone: Asia/Almaty",
        "Online: https://example.org/tea",
        "Join_url: https://example.org/secret",
    )
    texts = {**TEA, "en/posts/draft.md": post("Status: draft"), "en/events/eve.md": event}
    built = pelican(tmp_path, texts, "OUTPUT_SOURCES = True")
    assert page(built)
    assert (built.output / "en/tea/index.text").read_text() == TEA["en/posts/tea.md"]
    assert [path.parent.name for path in built.output.rglob("*.text")] == ["tea"]
    changed = {"en/posts/tea.md": post(body="Other.")}
    built = pelican(
        tmp_path, changed, "OUTPUT_SOURCES = True; OUTPUT_SOURCES_EXTENSION = '.md.txt'"
    )
    assert "Other." in (built.output / "en/tea/index.md.txt").read_text()
    assert not (built.output / "en/tea/index.text").exists()
    pelican(tmp_path, {})
    assert not (built.output / "en/tea/index.md.txt").exists()


@shows("DELETE_OUTPUT_DIRECTORY", "OUTPUT_RETENTION", "--delete-output-directory")
def test_other_files_of_the_output(tmp_path: Path):
    built = pelican(tmp_path, TEA)
    strange = [built.output / name for name in ("a.txt", "en/tea/b.txt", "c/d.txt", ".git/config")]
    for path in strange:
        path.parent.mkdir(exist_ok=True)
        path.write_text("Strange.")
    (built.output / "link").symlink_to(tmp_path / "content")
    pelican(tmp_path, {})
    assert all(path.exists() for path in strange)
    mistake = {"en/posts/wrong.md": post("Statis: draft")}
    failed = pelican(tmp_path, mistake, "DELETE_OUTPUT_DIRECTORY = True")
    assert failed.status == 1
    assert all(path.exists() for path in strange)
    (tmp_path / "content/en/posts/wrong.md").unlink()
    files = pelican(tmp_path / "plain", TEA).files()
    built = pelican(tmp_path, {}, "OUTPUT_RETENTION = ['.git', 'a.txt']", "-d")
    assert [path.exists() for path in strange] == [True, False, False, True]
    assert built.files() == {**files, "a.txt": b"Strange.", ".git/config": b"Strange."}
    assert not (built.output / "link").exists()
    assert not (built.output / "c").exists()
    assert (tmp_path / "content/en/posts/tea.md").exists()
    # Also if nothing else has changed.
    (built.output / "e.txt").write_text("Strange.")
    built = pelican(tmp_path, {}, "DELETE_OUTPUT_DIRECTORY = True")
    assert built.files() == files


# Pages ----------------------------------------------------------------------------------------


@shows("DEFAULT_PAGINATION")
def test_pagination(tmp_path: Path):
    texts = {f"en/posts/tea-{n}.md": post("Tags: tea", f"Title: Tea {n}") for n in range(5)}
    built = pelican(tmp_path, texts, "DEFAULT_PAGINATION = 2")
    assert built.status == 0, built.told
    assert notices(built) == []
    assert list(built.output.glob("en/tags/tea/page/*"))
    built = pelican(tmp_path, {}, "DEFAULT_PAGINATION = 2; EDITIONS = {'page_size': 9}")
    assert notices(built) == [
        'Notice: DEFAULT_PAGINATION has no effect: EDITIONS["page_size"] is set.'
    ]
    assert not list(built.output.glob("en/tags/tea/page/*"))


@shows("FEED_MAX_ITEMS")
def test_feed_items(tmp_path: Path):
    texts = {f"en/posts/tea-{n}.md": post(f"Title: Tea {n}") for n in range(5)}
    settings = "FEEDS['archive_items'] = 0; FEED_MAX_ITEMS = 3"
    built = pelican(tmp_path, texts, settings)
    assert built.status == 0, built.told
    assert built.page("en/feed.rss.xml").count("<item>") == 3


@shows("DIRECT_TEMPLATES", "TEMPLATE_PAGES", "TEMPLATE_EXTENSIONS", "THEME_TEMPLATES_OVERRIDES")
@shows("JINJA_FILTERS", "JINJA_GLOBALS", "JINJA_TESTS", "JINJA_ENVIRONMENT")
def test_own_templates(tmp_path: Path):
    folder = tmp_path / "own"
    folder.mkdir()
    template = (
        "{{ 'tea' | shout }} {{ sugar }} {{ 2 is small }}\n"
        "{% do articles %}{{ SITENAME }} {{ '<b>' }}"
    )
    (folder / "hello.txt.j2").write_text(template)
    (folder / "plain.html").write_text("Plain.")
    settings = f"""
THEME_TEMPLATES_OVERRIDES = [{str(folder)!r}]
DIRECT_TEMPLATES = ["hello", "plain"]
TEMPLATE_EXTENSIONS = [".txt.j2", ".html"]
HELLO_SAVE_AS = "hello.txt"
TEMPLATE_PAGES = {{"page.html": "sub/page.html"}}
JINJA_FILTERS = {{"shout": str.upper}}
JINJA_GLOBALS = {{"sugar": "sweet"}}
JINJA_TESTS = {{"small": lambda number: number < 3}}
JINJA_ENVIRONMENT = {{"extensions": ["jinja2.ext.do"]}}
SITENAME = "A & B"
"""
    built = pelican(tmp_path, {**TEA, "page.html": "Page of {{ SITENAME }}"}, settings)
    assert built.status == 0, built.told
    assert built.page("hello.txt") == "TEA sweet True\nA &amp; B &lt;b&gt;"
    assert built.page("plain.html") == "Plain."
    assert built.page("sub/page.html") == "Page of A &amp; B"


def test_index_of_direct_templates_has_an_address(tmp_path: Path):
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "archives.html").write_text("All.")
    settings = f"THEME_TEMPLATES_OVERRIDES = [{str(folder)!r}]; DIRECT_TEMPLATES = ['archives']"
    built = pelican(tmp_path, TEA, f"{settings}; ARCHIVES_SAVE_AS = 'all.html'")
    assert notices(built) == []
    assert built.page("all.html") == "All."


@shows("RELATIVE_URLS", "--relative-urls")
@pytest.mark.parametrize("base", ["", "/blog"])
def test_relative_urls(base: str, tmp_path: Path):
    texts = {
        "en/posts/tea.md": post("Aliases: /old/tea/", body="[Us](../pages/us.md#us)"),
        "en/pages/us.md": "Title: Us\n\n## Us\n",
    }
    address = f"SITEURL = 'https://example.org{base}'"
    plain = pelican(tmp_path, texts, address)
    assert f'href="{base}/en/us/#us"' in page(plain)
    relative = pelican(tmp_path, {}, address, "--relative-urls")
    assert 'href="../../en/us/#us"' in page(relative)
    assert relative.told.count("Notice") == 0
    assert f'<link rel="canonical" href="https://example.org{base}/en/tea/">' in page(relative)
    assert 'href="./en/"' in page(relative, "")
    for name, content in relative.files().items():
        if name.endswith(".html") and not name.endswith("404.html"):
            text = content.decode()
            assert not re.search(r"""(?:href|src|action|url)=["']?/(?!/)""", text), name
            # Every relative link leads to a file.
            for link in re.findall(r'(?:href|src)="(\.[^"#?]*)', text):
                target = (relative.output / name).parent / link
                assert target.is_file() or (target / "index.html").is_file(), (name, link)
    assert relative.page("404.html") == plain.page("404.html")
    again = pelican(tmp_path, {}, address)
    assert again.files() == pelican(tmp_path / "clean", texts, address).files()
    setting = pelican(tmp_path, {}, f"{address}; RELATIVE_URLS = True")
    assert 'href="../../en/us/#us"' in page(setting)


# The build ------------------------------------------------------------------------------------


@shows("PATH", "OUTPUT_PATH", "SITENAME", "SITEURL", "TIMEZONE", "LOCALE", "DEFAULT_LANG")
def test_settings_of_the_site(tmp_path: Path):
    write = {"en/posts/tea.md": post("Date: 2026-11-01T00:00:00Z")}
    settings = """
SITEURL = "https://tea.example"
TIMEZONE = "Asia/Tokyo"
LOCALE = ["C.UTF-8"]
DEFAULT_LANG = "ru"
PATH, OUTPUT_PATH = "texts", "site"
"""
    (tmp_path / "texts").parent.mkdir(exist_ok=True)
    pelican(tmp_path, write)
    shutil.move(tmp_path / "content", tmp_path / "texts")
    built = pelican(tmp_path, {}, settings)
    assert built.status == 0, built.told
    assert len(notices(built)) == 1
    assert "Notice: DEFAULT_LANG has no effect: the first of LANGUAGES is the default, en." in (
        built.told
    )
    text = (tmp_path / "site/en/tea/index.html").read_text("utf-8")
    assert 'href="https://tea.example/en/tea/"' in text
    assert 'datetime="2026-11-01T09:00:00+09:00"' in text


@shows("path", "--output", "--theme-path", "--settings", "THEME")
def test_folders_of_the_command(tmp_path: Path):
    theme = tmp_path / "theme"
    shutil.copytree(ROOT / "theme", theme)
    template = theme / "templates/post.html"
    template.write_text(template.read_text("utf-8").replace("<article", "Mine. <article"))
    pelican(tmp_path, TEA)
    other = tmp_path / "other"
    (tmp_path / "content").rename(other)
    built = pelican(tmp_path, {}, "", str(other), "-o", str(tmp_path / "site"), "-t", str(theme))
    assert built.status == 0, built.told
    assert "Mine. <article" in (tmp_path / "site/en/tea/index.html").read_text("utf-8")


@shows("PLUGINS", "PLUGIN_PATHS", "PELICAN_CLASS")
def test_plugins(tmp_path: Path):
    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "tea_plugin.py").write_text(
        "from pelican import signals\n\n"
        "def register():\n"
        "    signals.finalized.connect(write)\n\n"
        "def write(pelican):\n"
        "    print('A plugin of', pelican.settings['SITENAME'], type(pelican).__name__)\n"
    )
    settings = "PLUGIN_PATHS = ['more']; PLUGINS = [*PLUGINS, 'tea_plugin']; SITENAME = 'Tea'"
    assert "A plugin of Tea RubricPelican" in pelican(tmp_path, TEA, settings).told
    plain = pelican(tmp_path, {}, f"{settings}; PELICAN_CLASS = 'pelican.Pelican'")
    assert "A plugin of Tea Pelican" in plain.told


@shows("--ignore-cache", "CACHE_CONTENT", "LOAD_CONTENT_CACHE")
def test_ignored_store(tmp_path: Path):
    assert "1 of them parsed" in pelican(tmp_path, TEA).told
    assert "Nothing has changed" in pelican(tmp_path, {}).told
    assert "1 of them parsed" in pelican(tmp_path, {}, "", "--ignore-cache").told
    assert "Nothing has changed" in pelican(tmp_path, {}).told
    assert "1 of them parsed" in pelican(tmp_path, {}, "LOAD_CONTENT_CACHE = False").told


def test_ignored_store_of_a_site_with_the_defaults_of_pelican(tmp_path: Path):
    defaults = "CACHE_CONTENT = LOAD_CONTENT_CACHE = False"
    pelican(tmp_path, TEA, defaults)
    assert "Nothing has changed" in pelican(tmp_path, {}, defaults).told
    command = [sys.executable, "-m", "pelican", "-s", str(tmp_path / "siteconf.py")]
    command.append("--ignore-cache")
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert "1 of them parsed" in run.stdout


@shows("--cache-path")
def test_cache_path(tmp_path: Path):
    built = pelican(tmp_path, TEA, "", "--cache-path", str(tmp_path / "cache"))
    assert page(built)
    assert len(notices(built)) == 1
    assert "CACHE_PATH has no effect: the store is a folder beside the output" in built.told
    assert not (tmp_path / "cache").exists()


@shows("--extra-settings")
def test_extra_settings(tmp_path: Path):
    built = pelican(tmp_path, TEA, "", "-e", 'SITEURL="https://tea.example"', 'AUTHOR="Ann Lee"')
    assert "https://tea.example/en/tea/" in page(built)
    assert "Ann Lee" in page(built)


WARNING = {"en/posts/tea.md": post(body="##Heading\n\nText.")}


@shows("--fatal")
def test_fatal(tmp_path: Path):
    assert pelican(tmp_path, WARNING).status == 0
    assert pelican(tmp_path, {}, "", "--fatal", "warnings").status == 1


@shows("LOG_FILTER", "--log-handler", "--logs-dedup-min-level")
def test_log_filter(tmp_path: Path):
    plain = pelican(
        tmp_path, WARNING, "", "--log-handler", "plain", "--logs-dedup-min-level", "ERROR"
    )
    assert plain.status == 0
    assert "content/en/posts/tea.md:4: " in plain.told
    settings = "import logging; LOG_FILTER = [(logging.WARNING, '%s:%d: %s %s')]"
    assert "content/en/posts/tea.md:4: " not in pelican(tmp_path, {}, settings).told


@shows("--quiet", "--verbose", "--debug")
def test_messages(tmp_path: Path):
    settings = "ARTICLE_URL = 'x'"
    quiet = pelican(tmp_path, WARNING, settings, "--quiet")
    assert quiet.status == 0
    assert "Notice" not in quiet.told
    assert "tea.md" not in quiet.told
    wrong = pelican(tmp_path, {"en/posts/wrong.md": post("Statis: draft")}, "", "-q")
    assert "wrong.md:3: statis: is not a field here." in wrong.told
    (tmp_path / "content/en/posts/wrong.md").unlink()
    (tmp_path / "content/en/posts/tea.md").write_text(post(body="Changed."))
    verbose = pelican(tmp_path, {}, "", "-v").told
    assert "Parsed en/posts/tea.md" in verbose
    assert "Wrote en/tea/index.html" in verbose
    (tmp_path / "content/en/posts/tea.md").write_text(post(body="Changed again."))
    usual = pelican(tmp_path, {}, "").told
    assert "Parsed" not in usual
    assert "Wrote" not in usual
    (tmp_path / "content/en/posts/wrong.md").write_text(post("Statis: draft"))
    assert "Traceback" not in pelican(tmp_path, {}, "", "-v").told
    assert "Traceback" in pelican(tmp_path, {}, "", "-D").told


@shows("--version", "--help", "--print-settings")
def test_information(tmp_path: Path):
    assert re.search(r"^4\.\d+", pelican(tmp_path, TEA, "", "--version").told)
    assert "--ignore-cache" in pelican(tmp_path, {}, "", "--help").told
    printed = pelican(tmp_path, {}, "AUTHOR = 'Ann Lee'", "--print-settings", "AUTHOR").told
    assert "Ann Lee" in printed
    assert not (tmp_path / "output").exists()


@shows("--listen", "--port", "--bind", "--autoreload", "PORT", "BIND")
def test_serving(tmp_path: Path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    pelican(tmp_path, TEA)
    command = [sys.executable, "-m", "pelican", "-s", str(tmp_path / "siteconf.py"), "-l", "-r"]
    process = subprocess.Popen(
        [*command, "-p", str(port), "-b", "127.0.0.1"],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        assert _wait_for(port, "Text.")
        text = tmp_path / "content/en/posts/tea.md"
        text.write_text(post(body="Changed."))
        assert _wait_for(port, "Changed.", text)
    finally:
        # Pelican builds and serves in two child processes, which would go on.
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(10)


def _wait_for(port: int, text: str, changed: Path | None = None) -> bool:
    """Return whether the page contains a text within a minute.

    A changed file is touched repeatedly: Pelican does not notice a change that is made before it
    begins to watch.
    """
    for attempt in range(120):
        if changed and attempt % 10 == 9:
            changed.touch()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/en/tea/", timeout=5) as answer:
                if text in answer.read().decode():
                    return True
        except OSError:
            pass
        time.sleep(0.5)
    return False
