"""What may lie where, seen in one walk."""

from __future__ import annotations

from pathlib import Path

from plugins.model.errors import ErrorLog
from plugins.model.language import Language, Languages
from plugins.site.layout import check_layout

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
        "content/ru/events/.hidden.html",
    ]


def test_links_that_lead_outside_are_told_wherever_they_are(tmp_path: Path) -> None:
    content = tmp_path / "content"
    write(content, "en/posts/a.md", "images/deep/b.png")
    write(tmp_path, "secret.md", "folder/x.txt")
    places = ("secret.md", "en/posts/s.md", "images/deep/s.png", "_x/s", "en/_x/s", "fr/s")
    for name in places:
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).symlink_to(tmp_path / "secret.md")
    (content / "en/posts/folder").symlink_to(tmp_path / "folder")
    (content / "en/posts/inside.md").symlink_to(content / "en/posts/a.md")
    (content / "en/posts/broken.md").symlink_to(tmp_path / "missing.md")
    outside = [path for path, problem in told(content) if "outside of the content" in problem]
    assert outside == sorted(f"content/{name}" for name in (*places, "en/posts/folder"))
