"""Files that are published as they are: which of them, with what in them, on a built site."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from rubric.files import publishing
from rubric.files.publishing import check_file
from tests.building import build, write_site
from tests.newsletters import make_site
from tests.pages import write_text
from tests.unit.test_static_pictures import MAKERS, SECRETS

STRAY = (
    *(".DS_Store", ".git/config", ".git/hooks/a.png", "._photo.png", "photo.png~", "#photo.png#"),
    *("photo.png.bak", "photo.orig", ".photo.png.swp", "Thumbs.db", "desktop.ini", "~$plan.docx"),
    *("_notes.md", "_drafts/a.png", "deep/.git/a", "deep/_notes.md", "__MACOSX/a.png"),
)
STRAY_TEXTS = (
    *(".git/a.md", "_notes.md", "_old/a.md", ".a.md.swp", "a.md~", "#a.md#", ".#a.md", "._a.md"),
    *("a.md.bak", "a.md.orig", ".obsidian/a.md", ".DS_Store", "2026/.DS_Store", "2026/_notes.md"),
)
SCRIPT = '<svg xmlns="http://www.w3.org/2000/svg">\n<script>alert(1)</script></svg>'


def put(folder: Path, names: tuple[str, ...], data: bytes) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


def test_only_files_meant_for_it_are_published_and_photos_lose_their_metadata(tmp_path: Path):
    text = write_text("Tea", "![Tea](/images/photo.jpg)", image="images/photo.jpg", image_alt="Tea")
    content = write_site(tmp_path, {"en/posts/tea.md": text})
    put(content / "images", STRAY, b"quillwort")
    put(content / "en/posts", STRAY_TEXTS, b"---\ntitle: Quillwort\ndate: 2026-01-01\n---\nX\n")
    put(content / "images", ("photo.jpg", "deep/_kept.jpg"), MAKERS["jpeg"]())
    put(content / "images", ("photo.png",), MAKERS["png"]())
    put(content, (".DS_Store", "_notes.md", ".git/config", "notes.md~"), b"quillwort")
    site = build(content, tmp_path / "output")
    assert site.status == 0, site.told
    files = site.files()
    assert {name for name in files if name.startswith("images/")} == {
        *("images/photo.jpg", "images/photo.png", "images/deep/_kept.jpg")
    }
    assert [name for name, data in files.items() if b"quillwort" in data.lower()] == []
    pictures = [data for name, data in files.items() if name.startswith("images/")]
    assert not [secret for secret in SECRETS for data in pictures if secret in data]
    shown = Image.open(io.BytesIO(files["images/photo.jpg"]))
    assert shown.tobytes() == Image.open(content / "images/photo.jpg").tobytes()
    again = build(content, site.output)
    assert "Nothing has changed" in again.told or "0 written" in again.told


def test_what_cannot_be_published_stops_the_build(tmp_path: Path):
    content = write_site(
        tmp_path,
        {
            "en/posts/tea.md": write_text("Tea"),
            "images/logo.svg": SCRIPT,
            "images/page.html": "<p onclick='x()'>",
            "images/empty.png": "",
            "images/lost.jpg": "<title>404</title>",
            "images/scan.tif": "II*",
        },
    )
    cut = MAKERS["png"]()
    (content / "images/cut.png").write_bytes(cut[: len(cut) // 2])
    site = build(content, tmp_path / "output")
    assert site.status == 1
    told = sorted(line.removeprefix("content/images/") for line in site.told.splitlines()[1:])
    assert [line.partition(" ")[0] for line in told] == [
        *("cut.png:", "empty.png:", "logo.svg:2:", "lost.jpg:", "page.html:1:"),
        "scan.tif:",
    ], site.told
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize("error", [PermissionError(13, "Not permitted"), OSError(5, "I/O error")])
def test_a_file_that_cannot_be_read_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
):
    """As root, every file can be read."""

    def refuse(path: Path) -> bytes:
        raise error

    monkeypatch.setattr(publishing, "read_regular", refuse)
    put(tmp_path, ("images/tea.png",), b"")
    site = make_site()
    check_file(site, tmp_path, tmp_path / "images/tea.png")
    (found,) = site.errors
    assert (found.path, found.problem) == (
        "content/images/tea.png",
        f"can't be read: {error.strerror}.",
    )
