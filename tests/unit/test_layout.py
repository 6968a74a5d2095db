"""What may lie where, seen in one walk."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from rubric.model.errors import BuildFailed, ErrorLog
from rubric.model.ignored import Ignored
from rubric.model.language import Language, Languages
from rubric.reading.discovery import find_texts
from rubric.site.layout import check_layout, check_readable

LANGUAGES = Languages([Language(key, key, key, key, "S", "T") for key in ("en", "ru")])


def told(content: Path) -> list[tuple[str, str]]:
    errors = ErrorLog()
    check_layout(content, LANGUAGES, ["images"], errors)
    return sorted((error.path, error.problem) for error in errors)


def write(content: Path, *names: str) -> None:
    for name in names:
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_text("x")


def test_a_right_site_is_told_nothing(tmp_path: Path) -> None:
    content = tmp_path / "content"
    write(content, "en/posts/a.md", "en/posts/2026/11/b.md", "ru/groups/c.md", "rubrics.toml")
    write(content, "images/x.txt", "_drafts/x.txt", ".git/x.md", "en/_old/x.txt", "en/posts/p.pdf")
    assert told(content) == []


def test_each_stray_file_is_told_once(tmp_path: Path) -> None:
    content = tmp_path / "content"
    write(content, "a.md", "fr/posts/a.md", "en/a.md", "en/postes/a.md")
    write(content, "en/posts/a.MD", "en/posts/deep/b.txt", "ru/events/.hidden.html", "ru/posts/.md")
    assert [path for path, _ in told(content)] == [
        "content/a.md",
        "content/en/a.md",
        "content/en/postes",
        "content/en/posts/a.MD",
        "content/en/posts/deep/b.txt",
        "content/fr",
    ]


def test_links_that_lead_outside_are_told_wherever_they_are(tmp_path: Path) -> None:
    content = tmp_path / "content"
    write(content, "en/posts/a.md", "images/deep/b.png")
    write(tmp_path, "secret.md", "folder/x.txt")
    places = ("secret.md", "en/posts/s.md", "images/deep/s.png", "fr/s")
    for name in places:
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).symlink_to(tmp_path / "secret.md")
    (content / "en/posts/folder").symlink_to(tmp_path / "folder")
    (content / "en/posts/inside.md").symlink_to(content / "en/posts/a.md")
    (content / "en/posts/broken.md").symlink_to(tmp_path / "missing.md")
    outside = [path for path, problem in told(content) if "outside of the content" in problem]
    assert outside == sorted(f"content/{name}" for name in (*places, "en/posts/folder"))


def test_a_folder_that_is_ignored_is_not_read(tmp_path: Path) -> None:
    content = tmp_path / "content"
    names = (".git/s", "_x/s", "en/_x/s", "en/posts/.git/s", "en/posts/_old/s", "images/.git/s")
    for name in names:
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).symlink_to(tmp_path)
    write(content, "en/posts/.DS_Store", "en/posts/a.md~", "en/posts/#a.md#", "en/posts/a.md.bak")
    assert told(content) == []


@pytest.mark.parametrize("place", ["en", "en/posts", "en/posts/2026", "images/x", "rubrics.toml"])
def test_a_link_that_leads_nowhere_is_reported(tmp_path: Path, place: str) -> None:
    content = tmp_path / "content"
    (content / place).parent.mkdir(parents=True, exist_ok=True)
    (content / place).symlink_to(tmp_path / "missing")
    with pytest.raises(BuildFailed, match=f"content/{place}: is a broken link"):
        told(content)


@pytest.mark.parametrize("place", ["en/posts/again", "images/all", "images/deep/up"])
def test_a_link_to_a_folder_around_it_stops_the_build(tmp_path: Path, place: str) -> None:
    content = tmp_path / "content"
    (content / place).parent.mkdir(parents=True, exist_ok=True)
    (content / place).symlink_to((content / place).parent)
    with pytest.raises(BuildFailed, match=f"content/{place}: is a link to a folder that contains"):
        told(content)


def test_a_folder_of_the_theme_that_cannot_be_read_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scan = os.scandir
    write(tmp_path / "theme", "static/css/a.css", "templates/a.html")

    def refuse(folder: object) -> object:
        if str(folder).endswith("css"):
            raise PermissionError(13, "Permission denied", str(folder))
        return scan(folder)  # type: ignore[call-overload]

    monkeypatch.setattr(os, "scandir", refuse)
    errors = ErrorLog()
    check_readable(tmp_path / "theme", errors)
    assert [error.path for error in errors] == ["theme/static/css"]


def test_a_folder_with_the_name_of_a_text_is_reported(tmp_path: Path) -> None:
    content = tmp_path / "content"
    write(content, "en/posts/a.md/b.md")
    assert told(content) == [("content/en/posts/a.md", "is a folder with the file name of a text.")]


@pytest.mark.skipif(sys.platform == "darwin", reason="its file systems refuse such names")
@pytest.mark.parametrize("folder", ["", "en/", "en/posts/", "images/"])
def test_a_name_that_is_not_utf8_is_reported(tmp_path: Path, folder: str) -> None:
    content = tmp_path / "content"
    write(content, "en/posts/b.md", "images/x.png")
    Path(os.fsdecode(os.fsencode(content / folder) + b"/caf\xe9.md")).write_text("x")
    assert (f"content/{folder}caf\ufffd.md", "has a name that is not UTF-8.") in told(content)


def test_a_folder_that_cannot_be_read_is_reported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As root, every folder can be read."""
    content, scan = tmp_path / "content", os.scandir
    write(content, "en/posts/2026/a.md")

    def refuse(folder: object) -> object:
        if str(getattr(folder, "path", folder)).endswith("2026"):
            raise PermissionError(13, "Permission denied", str(folder))
        return scan(folder)  # type: ignore[call-overload]

    monkeypatch.setattr(os, "scandir", refuse)
    assert told(content) == [("content/en/posts/2026", "can't be read: Permission denied.")]
    found: list[tuple[str, str, str]] = []

    def fail(path: str, problem: str, fix: str) -> None:
        found.append((path, problem, fix))

    assert list(find_texts(content, ["en/posts"], Ignored(), fail)) == []
    assert [path for path, *_ in found] == ["en/posts/2026"]
