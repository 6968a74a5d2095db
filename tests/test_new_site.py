"""`invoke new site`: a site that builds at once, and nothing that was there is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from rubric.model.site_file import read_site_file
from tests.building import NOW, ROOT, Build, build
from tests.pages import invalid_pages, read_feeds, read_pages
from tests.test_site_links import dead_links
from tools.new_site import Answers, ask, create_site, write_site

ALMATY = ZoneInfo("Asia/Almaty")
DATE = datetime.fromtimestamp(NOW - 3600, ALMATY)


def answers(*languages: str, name: str = "Чайный круг", url: str = "") -> Answers:
    return Answers(name, languages, url, "Asia/Almaty")


def built(folder: Path, *languages: str, url: str = "") -> Build:
    content = write_site(folder, "content", answers(*languages, url=url), DATE)
    return build(content, folder / "output", environment={"RUBRIC_SITE": str(content)})


@pytest.mark.parametrize(
    "languages",
    [("ru",), ("en", "zh-hant"), ("zh-hans", "ru"), ("kk", "ar")],
    ids="-".join,
)
def test_a_new_site_builds_without_a_warning(languages: tuple[str, ...], tmp_path: Path):
    site = built(tmp_path, *languages)
    assert site.status == 0, site.told
    pages = read_pages(site)
    assert invalid_pages(site) == {}
    assert dead_links(site) == set()
    assert read_feeds(site)
    for lang in languages:
        assert {f"{lang}/welcome/", f"{lang}/about/", f"{lang}/tags/news/"} <= pages.keys()
        assert "Чайный круг" in site.page(f"{lang}/")
    assert pages[f"{languages[0]}/"].tree.get("dir") in (None, "ltr")


def test_texts_are_in_the_language_of_the_site(tmp_path: Path):
    site = built(tmp_path, "ru", "zh-hans", "zh-hant", "en", "fr")
    titles = {"ru": "О нас", "zh-hans": "关于我们", "zh-hant": "關於我們", "en": "About us"}
    for lang, title in (titles | {"fr": "About us"}).items():
        assert read_pages(site)[f"{lang}/about/"].texts("//h1") == [title]
    assert "Français" in site.page("index.html")
    assert "简体中文" in site.page("index.html")


def test_the_settings_are_those_that_were_given(tmp_path: Path):
    given = answers("en", "ru", name='A "b" \\ c', url="https://tea.example/blog")
    site = read_site_file(write_site(tmp_path, "mine", given, DATE) / "site.toml")
    assert (site.name, site.url, site.timezone) == (given.name, given.url, "Asia/Almaty")
    assert (site.authority, site.since) == ("tea.example", "2026")
    assert [site.languages[lang]["chain"] for lang in ("en", "ru")] == [["ru"], ["en"]]


@pytest.mark.parametrize("name", ["Чай", "Tea & Co", "茶"])
def test_a_site_without_an_address_has_a_domain_of_nobody(name: str, tmp_path: Path):
    site = read_site_file(
        write_site(tmp_path, "mine", answers("en", name=name), DATE) / "site.toml"
    )
    assert site.url == ""
    assert site.authority.endswith(".invalid")


def texts_of(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


GIVEN = {"name": "Tea", "lang": "en", "timezone": "Asia/Almaty"}


def test_a_folder_with_files_is_never_overwritten(tmp_path: Path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content/mine.md").write_text("Mine.")
    before = texts_of(tmp_path)
    with pytest.raises(ValueError, match="--folder other, or move them first with --move-to"):
        create_site(tmp_path, "content", GIVEN)
    assert texts_of(tmp_path) == before
    assert "RUBRIC_SITE=other .venv/bin/invoke serve" in create_site(tmp_path, "other", GIVEN)
    assert (tmp_path / "other/en/posts/welcome.md").is_file()


def test_an_old_site_is_moved_on_request(tmp_path: Path):
    create_site(tmp_path, "content", {**GIVEN, "name": "First"})
    create_site(tmp_path, "content", {**GIVEN, "name": "Second"}, "archive/first")
    assert read_site_file(tmp_path / "content/site.toml").name == "Second"
    assert read_site_file(tmp_path / "archive/first/site.toml").name == "First"
    with pytest.raises(ValueError, match="archive/first is there already"):
        create_site(tmp_path, "content", GIVEN, "archive/first")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["archive", "content"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"timezone": "Mars/Olympus"}, "Mars/Olympus"),
        ({"timezone": "CST"}, "“CST” is not a place."),
        ({"timezone": ""}, "--timezone Asia/Almaty"),
        ({"lang": "english"}, "“english” is not the code of a language."),
        ({"lang": "en,xx"}, "“xx” is not the code of a language."),
        ({"lang": "../en"}, "“../en” is not the code of a language."),
        ({"lang": "zh"}, "Choose zh-hans or zh-hant."),
        ({"lang": "en, en"}, "Name each once."),
        ({"lang": ""}, "--lang en,ru"),
        ({"name": " "}, '--name "Tea Circle"'),
        ({"url": "tea.example"}, "Write it as https://example.org."),
    ],
)
def test_a_wrong_answer_is_one_line_and_nothing_is_written(
    given: dict[str, str], told: str, tmp_path: Path
):
    with pytest.raises(ValueError, match=r"\w") as error:
        create_site(tmp_path, "content", {**GIVEN, **given})
    assert told in str(error.value)
    assert "\n" not in str(error.value)
    assert list(tmp_path.iterdir()) == []


def test_in_a_terminal_each_question_is_asked_until_its_answer_is_right():
    lines = iter(["", "Tea", "xx", "", "tea", "", "Mars/X", "Asia/Almaty"])
    asked: list[str] = []
    told: list[str] = []

    def read_line(prompt: str) -> str:
        asked.append(prompt)
        return next(lines)

    assert ask(read_line, told.append) == Answers("Tea", ("en",), "", "Asia/Almaty")
    assert len(asked) == 8
    assert len(told) == 4
    assert "[en]" in asked[2]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """What a checkout needs for tasks, without content."""
    for name in ("plugins", "theme", "tools"):
        (tmp_path / name).symlink_to(ROOT / name)
    for name in ("pelicanconf.py", "publishconf.py", "tasks.py"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def invoke(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "invoke", *arguments],
        cwd=project,
        env={**os.environ, "RUBRIC_SITE": "", "COLUMNS": "300"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_task_writes_a_site_that_the_next_task_builds(project: Path):
    run = invoke(project, "build")
    assert run.returncode == 1
    assert "content/site.toml: is missing. `invoke new site` writes one." in run.stderr
    assert "Traceback" not in run.stderr
    options = ["--name", "Tea", "--lang", "ru,en", "--timezone", "Asia/Almaty"]
    run = invoke(project, "new", "site", *options)
    assert run.returncode == 0, run.stderr
    assert "content/ has a site now" in run.stdout
    run = invoke(project, "build")
    assert run.returncode == 0, run.stdout + run.stderr
    assert (project / "output/ru/welcome/index.html").is_file()
    again = invoke(project, "new", "site", *options)
    assert again.returncode == 1
    assert again.stderr.startswith("content has files already, and they stay as they are.")
    run = invoke(project, "new", "Наш первый чай")
    assert run.returncode == 0, run.stderr
    assert len(list((project / "content/ru/posts").iterdir())) == 2


def test_without_a_terminal_and_options_the_task_says_what_it_needs(project: Path):
    run = invoke(project, "new", "site")
    assert run.returncode == 1
    assert run.stderr == 'A site needs a name. Give one: --name "Tea Circle".\n'
    assert not (project / "content").exists()
