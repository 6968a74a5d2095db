"""Incomplete themes end a build in one line; partial overrides work."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.building import ROOT, Build, build, write_site
from tests.pages import write_text

NO_IMAGES = {"images": False, "cache": ".cache/social"}
FILES = {"en/posts/tea.md": write_text("Tea", tags=["tea"])}


def refused(folder: Path, theme: str) -> str:
    """The one error of a build with a theme; the output of an earlier build stays."""
    content, output = write_site(folder, FILES), folder / "output"
    good = build(content, output, SOCIAL_IMAGES=NO_IMAGES)
    before = good.files()
    built = build(content, output, SOCIAL_IMAGES=NO_IMAGES, THEME=theme)
    assert built.status == 1
    assert "Traceback" not in built.told
    assert built.files() == before
    count, line = built.told.strip().splitlines()
    assert count == "1 error, nothing written."
    return line


def test_an_empty_folder_is_no_theme(tmp_path: Path):
    (tmp_path / "mine").mkdir()
    assert "“mine” lacks" in refused(tmp_path, str(tmp_path / "mine"))


@pytest.mark.parametrize("name", ["templates/quote.html", "static/css/layers.css"])
def test_a_theme_that_lacks_one_file_is_told_which(name: str, tmp_path: Path):
    theme = tmp_path / "mine"
    shutil.copytree(ROOT / "theme", theme)
    (theme / name).unlink()
    assert refused(tmp_path, str(theme)).startswith(f"THEME: “mine” lacks {name}.")


def test_an_override_takes_the_place_of_a_template(tmp_path: Path):
    theme, overrides = tmp_path / "mine", tmp_path / "overrides"
    shutil.copytree(ROOT / "theme", theme)
    overrides.mkdir()
    (theme / "templates/tags.html").rename(overrides / "tags.html")
    built: Build = build(
        write_site(tmp_path, FILES),
        tmp_path / "output",
        SOCIAL_IMAGES=NO_IMAGES,
        THEME=str(theme),
        THEME_TEMPLATES_OVERRIDES=[str(overrides)],
    )
    assert built.status == 0, built.told
    assert (built.output / "en/tags/index.html").is_file()


def test_a_child_theme_replaces_a_component_and_design_tokens(tmp_path: Path):
    child, content = tmp_path / "mine", write_site(tmp_path, FILES)
    for name, text in {
        "templates/partials/tags.html": "<p>My tags</p>\n",
        "static/css/colours.css": ":root { --accent: #7a2e8e; }\n",
        "static/img/tea.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
        "static/root/favicon.ico": "icon",
    }.items():
        (child / name).parent.mkdir(parents=True, exist_ok=True)
        (child / name).write_text(text)
    built = build_with_child(content, tmp_path)
    assert "<p>My tags</p>" in built.page("en/tea/")
    (style,) = built.output.glob("theme/site.*.css")
    assert style.read_text("utf-8").endswith(":root{--accent: #7a2e8e}")
    assert (built.output / "theme/img/tea.svg").is_file()
    assert (built.output / "favicon.ico").read_bytes() == b"icon"
    assert (built.output / "theme/img").is_dir()

    (child / "static/css/colours.css").write_text(":root { --accent: #123456; }\n")
    built = build_with_child(content, tmp_path)
    (style,) = built.output.glob("theme/site.*.css")
    assert style.read_text("utf-8").endswith(":root{--accent: #123456}")
    assert style.name in built.page("en/tea/")


def build_with_child(content: Path, folder: Path) -> Build:
    overrides = [str(folder / "mine/templates")]
    options: dict[str, Any] = {"SOCIAL_IMAGES": NO_IMAGES, "THEME_TEMPLATES_OVERRIDES": overrides}
    built = build(content, folder / "output", **options)
    assert built.status == 0, built.told
    return built
