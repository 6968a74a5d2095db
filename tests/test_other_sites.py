"""Sites of Pelican users: made by pelican-quickstart, with other formats, readers and themes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import feedparser
import pytest

from tests.building import NOW, ROOT

_SETTINGS = """
import rubric
PLUGINS = ["rubric"]
THEME = rubric.THEME
SITEURL = "https://blog.example"
"""
_FIRST = """\
Title: First
Date: 2026-01-01 10:00
Tags: tea, cup

On #tea. [Next]({filename}tea/two.md)
"""
_SECOND = "Title: Second\nDate: 2026-01-02\n\nText. [About](../pages/about.md)\n"


def run(arguments: list[str], folder: Path, answers: str = "", **variables: str) -> str:
    """Run a command; returns its output."""
    done = subprocess.run(
        arguments,
        cwd=folder,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(NOW), "COLUMNS": "200", **variables},
        input=answers,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the installed package."""
    folder = tmp_path_factory.mktemp("packages")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    run([*pip, "--no-build-isolation", "--target", str(folder), str(ROOT)], folder)
    return folder


@pytest.fixture
def blog(tmp_path: Path, packages: Path) -> Path:
    """A site made by pelican-quickstart, with the settings that Rubric needs."""
    quickstart = [sys.executable, "-m", "pelican.tools.pelican_quickstart", "-p", "blog"]
    # Folder, title, author, language, no URL, no pagination, time zone, no Makefile.
    run(quickstart, tmp_path, "\nMy blog\nAnn\nen\nn\nn\nEurope/Rome\nn\n")
    folder = tmp_path / "blog"
    with (folder / "pelicanconf.py").open("a", encoding="utf-8") as file:
        file.write(_SETTINGS)
    return folder


def pelican(blog: Path, packages: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py", *arguments]
    return run(command, blog, PYTHONPATH=str(packages))


def page(blog: Path, address: str) -> str:
    return (blog / "output" / address / "index.html").read_text("utf-8")


def test_installed_package_builds_a_quickstart_site(blog: Path, packages: Path):
    """Texts are in content/ itself, and in folders that are not languages."""
    write(
        blog / "content",
        {"first.md": _FIRST, "tea/two.md": _SECOND, "pages/about.md": "Title: About\n\nUs.\n"},
    )
    told = pelican(blog, packages)
    assert 'ids contain blog.example, the host of SITEURL. Set "authority"' in told
    page = (blog / "output/en/first/index.html").read_text("utf-8")
    assert '<a href="/en/two/">Next</a>' in page
    assert '<a href="/en/about/">About</a>' in (blog / "output/en/two/index.html").read_text(
        "utf-8"
    )
    for name in ("feed.atom.xml", "feed.rss.xml"):
        feed = feedparser.parse((blog / "output/en" / name).read_bytes())
        assert not feed.bozo
        assert [entry.title for entry in feed.entries] == ["Second", "First"]
    assert "Files: 0" not in told
    # The second build finds everything in the store.
    assert " 0 of them built" in pelican(blog, packages)


def test_site_with_a_language_folder(blog: Path, packages: Path):
    write(blog / "content", {"en/posts/first.md": _FIRST.partition(" [Next]")[0] + "\n"})
    pelican(blog, packages)
    assert (blog / "output/en/first/index.html").is_file()


def test_theme_of_pelican_makes_a_plain_blog(blog: Path, packages: Path):
    write(
        blog / "content",
        {"first.md": _FIRST, "tea/two.md": _SECOND, "pages/about.md": "Title: About\n\nUs.\n"},
    )
    with (blog / "pelicanconf.py").open("a", encoding="utf-8") as file:
        file.write('THEME = "simple"\nFEED_ALL_ATOM = "feeds/all.atom.xml"\n')
    told = pelican(blog, packages)
    assert "The theme simple is not made for Rubric, so Pelican writes a plain blog" in told
    assert "without editions and redirects, events" in told
    index = page(blog, "")
    assert index.index("Second") < index.index("First")
    assert '<a href="/en/two/">Next</a>' in page(blog, "en/first")
    assert "Us." in page(blog, "en/about")
    assert "First" in page(blog, "en/tags/tea")
    feed = feedparser.parse((blog / "output/feeds/all.atom.xml").read_bytes())
    assert [entry.title for entry in feed.entries] == ["Second", "First"]


_RST = """\
Third
#####

:date: 2026-01-03 09:00
:tags: tea
:summary: A *short* text.

Text with `a link <{filename}first.md>`__.
"""
_READER = """
from pelican.readers import BaseReader
class UpperReader(BaseReader):
    file_extensions = ["up"]
    def read(self, path):
        title, _, text = open(path, encoding="utf-8").read().partition("\\n")
        return f"<p>{text.strip().upper()}</p>", {"title": title, "date": "2026-01-04"}
READERS = {"up": UpperReader}
JINJA_FILTERS = {"shout": lambda text: text + "!"}
THEME_TEMPLATES_OVERRIDES = ["templates"]
"""


_TEMPLATE = """\
{% extends "!theme/post.html" %}
{% block body %}{{ article.title | shout }}{{ super() }}{% endblock %}
"""


def test_other_formats_are_read_by_their_readers(blog: Path, packages: Path):
    """Pelican's own for reStructuredText, and one of the setting READERS."""
    first = _FIRST.replace("tea/two.md", "third.rst")
    write(blog / "content", {"first.md": first, "third.rst": _RST, "four.up": "Four\nquiet words"})
    override = (
        '{% extends "!theme/post.html" %}{% block body %}{{ article.title | shout }}{{ super() }}'
    )
    write(blog / "templates", {"post.html": override + "{% endblock %}"})
    with (blog / "pelicanconf.py").open("a", encoding="utf-8") as file:
        file.write(_READER)
    pelican(blog, packages)
    assert '<a class="reference external" href="/en/first/">a link</a>' in page(blog, "en/third")
    assert '<meta name="description" content="A short text.">' in page(blog, "en/third")
    assert "Third" in page(blog, "en/tags/tea")
    assert "<p>QUIET WORDS</p>" in page(blog, "en/four")
    assert "Four!" in page(blog, "en/four")
    write(blog / "content", {"four.up": "Four\nloud words"})
    pelican(blog, packages)
    assert "<p>LOUD WORDS</p>" in page(blog, "en/four")


def test_error_of_a_reader_names_the_file(blog: Path, packages: Path):
    write(blog / "content", {"first.md": "Title: First\n\nText.\n", "four.up": "Four"})
    with (blog / "pelicanconf.py").open("a", encoding="utf-8") as file:
        file.write(
            _READER.replace("title, _, text =", "raise ValueError('no colour')\n        _ =")
        )
    done = subprocess.run(
        [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py"],
        cwd=blog,
        env={**os.environ, "PYTHONPATH": str(packages), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "content/four.up: can't be read by its reader: ValueError: no colour." in done.stderr
