"""Rebuilds as who builds sees them: what is told, what is left alone, and mistakes."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.building import ROOT, Build, build, write_site
from tests.cases import cases
from tests.pages import write_text

FILES = {
    "en/posts/first.md": write_text("First", "Text.", tags=["tea"]),
    "en/posts/second.md": write_text("Second", "Text.", tags=["tea"]),
    "ru/posts/first.md": write_text("Первый", "Текст."),
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The content and output of a site that was built once."""
    folder = tmp_path_factory.mktemp("rebuilds")
    content = write_site(folder, FILES)
    built = build(content, folder / "output", SOCIAL_IMAGES=NO_IMAGES)
    assert built.status == 0, built.told
    return content, folder / "output"


NO_IMAGES = {"images": False, "cache": ".cache/social"}


def rebuild(site: tuple[Path, Path], **told: str) -> Build:
    built = build(*site, environment=told, SOCIAL_IMAGES=NO_IMAGES)
    assert built.status == 0, built.told
    return built


def counted(built: Build, what: str) -> int:
    """`3 of them parsed` → 3."""
    return int(re.search(rf"([\d,]+)(?: of them)? {what}", built.told)[1].replace(",", ""))  # type: ignore[index]


def test_a_summary_tells_what_was_done(site: tuple[Path, Path]):
    (site[1].parent / ".output.store/stamp").unlink()
    built = rebuild(site)
    assert counted(built, "read") == len(FILES)
    assert [counted(built, what) for what in ("parsed", "built", "written", "removed")] == [0] * 4
    assert re.search(r"Time: reading [\d.]+ s, linking .*, planning .*, making ", built.told)
    assert "Processed 3 articles" in built.told


def test_clean_makes_everything_anew_and_writes_nothing(site: tuple[Path, Path]):
    built = rebuild(site, RUBRIC_CLEAN="1")
    assert counted(built, "parsed") == len(FILES)
    assert counted(built, "built") > 50
    assert counted(built, "written") == 0


@cases("asked", ["en/second/", "/en/second/", "output/en/second/index.html"])
def test_why_names_the_text_that_changed(asked: str, site: tuple[Path, Path]):
    path = site[0] / "en/posts/second.md"
    path.write_text(f"{path.read_text('utf-8')}\nMore.\n", encoding="utf-8")
    built = rebuild(site, RUBRIC_WHY=asked)
    assert "en/second/index.html: built, because these inputs have changed:" in built.told
    assert re.search(r"- entry: shows content/en/posts/second\.md, new or changed", built.told)
    assert counted(built, "parsed") == 1


def test_why_tells_of_what_is_not_made(site: tuple[Path, Path]):
    assert "ru/first/index.html: not built" in rebuild(site, RUBRIC_WHY="ru/first").told
    told = rebuild(site, RUBRIC_WHY="en/secnd/").told
    assert "There is no page or feed at en/secnd/" in told
    assert "en/second/index.html" in told


def test_why_names_a_template(site: tuple[Path, Path], tmp_path: Path):
    theme = tmp_path / "theme"
    shutil.copytree(ROOT / "theme", theme)
    build(*site, SOCIAL_IMAGES=NO_IMAGES, THEME=str(theme))
    footer = theme / "templates/partials/footer.html"
    footer.write_text(f"<!-- new -->{footer.read_text('utf-8')}", encoding="utf-8")
    why = {"RUBRIC_WHY": "en/second/"}
    built = build(*site, environment=why, SOCIAL_IMAGES=NO_IMAGES, THEME=str(theme))
    assert "- the template partials/footer.html" in built.told


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("partials/footer.html", "<footer", "{{ view.nothing.at_all }}<footer"),
        ("partials/card_post.html", "<article", "{% if %}<article"),
        ("post.html", "{% endblock %}", "{{ 1 / 0 }}{% endblock %}"),
    ],
)
def test_a_mistake_is_the_same_with_and_without_workers(
    name: str, old: str, new: str, tmp_path: Path
):
    """Forty posts, so that workers are worth it; the earliest page's mistake is told."""
    texts = {f"en/posts/p{n}.md": write_text(f"P {n}", "Text.") for n in range(40)}
    content, theme = write_site(tmp_path, texts), tmp_path / "theme"
    shutil.copytree(ROOT / "theme", theme)
    path = theme / "templates" / name
    path.write_text(path.read_text("utf-8").replace(old, new, 1), encoding="utf-8")
    told = set()
    for workers in (1, 3):
        built = build(
            content,
            tmp_path / f"out-{workers}",
            SOCIAL_IMAGES=NO_IMAGES,
            THEME=str(theme),
            INCREMENTAL={"workers": workers},
        )
        assert built.status != 0
        told.add(re.search(r"CRITICAL (.*?)  ", built.told)[1])  # type: ignore[index]
    assert len(told) == 1, told


def test_workers_make_the_same_bytes(tmp_path: Path):
    texts = {f"en/posts/p{n}.md": write_text(f"P {n}", f"Text {n}. #tag{n % 3}") for n in range(40)}
    content = write_site(tmp_path, texts)
    trees = []
    for workers in (1, 3):
        output = tmp_path / f"out-{workers}"
        built = build(content, output, INCREMENTAL={"workers": workers}, SOCIAL_IMAGES=NO_IMAGES)
        assert built.status == 0, built.told
        trees.append(built.files())
    assert trees[0] == trees[1]
