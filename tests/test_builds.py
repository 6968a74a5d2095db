"""Builds: the same input gives the same bytes, and only changes are written."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.building import SITE, Build, build, build_plainly, write_site
from tests.pages import read_pages, write_text

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>'
FILES = {
    "images/a.svg": SVG,
    "images/b.svg": SVG,
    "en/posts/stays.md": write_text("Stays", "![A](/images/a.svg)\n\n#kept"),
    "en/posts/alone.md": write_text("Alone"),
    "en/posts/goes.md": write_text("Goes", "Text.\n\n#kept #gone", authors=["Ann Gone"]),
}


def times_of(site: Build) -> dict[str, int]:
    """When each file was last written, in nanoseconds."""
    return {name: (site.output / name).stat().st_mtime_ns for name in site.files()}


def backdate(folder: Path, time: int) -> None:
    """Make every file old, so that a write shows whatever the clock's resolution."""
    for path in folder.rglob("*"):
        os.utime(path, (time, time))


@pytest.fixture
def built(tmp_path: Path) -> tuple[Path, Build]:
    """A small site's content, and what was built of it a year ago."""
    content = write_site(tmp_path, FILES)
    site = build(content, tmp_path / "output")
    assert site.status == 0, site.told
    backdate(content, 1_750_000_000)
    backdate(site.output, 1_760_000_000)
    return content, site


def test_two_builds_are_the_same_bytes(own_site: Build, tmp_path: Path):
    again = build(SITE, tmp_path / "elsewhere")
    assert again.status == 0, again.told
    first, second = own_site.files(), again.files()
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []


def test_a_build_depends_neither_on_hash_order_nor_on_the_computer_s_zone(
    own_site: Build, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("PYTHONHASHSEED", "4242")
    monkeypatch.setenv("TZ", "America/St_Johns")
    monkeypatch.setenv("LC_ALL", "C")
    again = build(SITE, tmp_path / "elsewhere")
    first, second = own_site.files(), again.files()
    assert [name for name in first if first[name] != second.get(name)] == []


def test_an_unchanged_build_writes_nothing(built: tuple[Path, Build]):
    content, site = built
    before = times_of(site)
    again = build(content, site.output)
    assert again.status == 0, again.told
    assert times_of(again) == before


def test_a_changed_text_writes_only_what_shows_it(built: tuple[Path, Build]):
    content, site = built
    before = times_of(site)
    text = write_text("Stays", "![A](/images/a.svg) And more.\n\n#kept")
    (content / "en/posts/stays.md").write_text(text, encoding="utf-8")
    after = times_of(build(content, site.output))
    changed = {name for name in before if before[name] != after.get(name)}
    assert "en/stays/index.html" in changed
    assert "en/feed.rss.xml" in changed
    assert changed.isdisjoint(
        {"index.html", "en/alone/index.html", "en/groups/index.html", "ru/feed.rss.xml"}
    )
    assert not [name for name in changed if name.startswith(("theme/", "images/"))]


@pytest.mark.parametrize("time", [1_740_000_000, 1_770_000_000])
def test_a_changed_picture_is_copied_again(built: tuple[Path, Build], time: int):
    """Also one that is older than the copy, as a restored file is."""
    content, site = built
    picture = content / "images/a.svg"
    picture.write_text(SVG.replace("0 0 1 1", "0 0 2 2"), encoding="utf-8")
    os.utime(picture, (time, time))
    again = build(content, site.output)
    assert b"0 0 2 2" in again.files()["images/a.svg"]


def test_what_has_vanished_from_content_vanishes_from_the_output(built: tuple[Path, Build]):
    content, site = built
    assert {"en/goes/index.html", "en/tags/gone/feed.atom.xml"} <= site.files().keys()
    (content / "en/posts/goes.md").unlink()
    (content / "images/b.svg").unlink()
    again = build(content, site.output)
    gone = {
        name for name in again.files() if "goes" in name or "gone" in name or name.endswith("b.svg")
    }
    assert gone == set()
    assert "en/stays/index.html" in again.files()
    assert not (site.output / "en/tags/gone").exists()


def test_the_result_is_that_of_a_fresh_build(built: tuple[Path, Build], tmp_path: Path):
    """After any history of changes."""
    content, site = built
    (content / "en/posts/goes.md").unlink()
    (content / "ru/posts").mkdir(parents=True)
    (content / "ru/posts/new.md").write_text(write_text("Новое"), encoding="utf-8")
    again, fresh = build(content, site.output), build(content, tmp_path / "fresh")
    assert again.files() == fresh.files()


def test_files_put_there_by_hand_stay(built: tuple[Path, Build]):
    content, site = built
    by_hand = {
        "CNAME": b"example.org\n",
        ".well-known/security.txt": b"Contact: mailto:a@example.org\n",
        "en/goes/notes.txt": b"Mine.\n",
    }
    for name, data in by_hand.items():
        (site.output / name).parent.mkdir(parents=True, exist_ok=True)
        (site.output / name).write_bytes(data)
    (content / "en/posts/goes.md").unlink()
    files = build(content, site.output).files()
    assert {name: files.get(name) for name in by_hand} == by_hand
    assert "en/goes/index.html" not in files


def test_a_text_that_moves_leaves_no_old_page(built: tuple[Path, Build]):
    content, site = built
    text = write_text("Goes", slug="came", aliases=["/en/goes/"])
    (content / "en/posts/goes.md").write_text(text, encoding="utf-8")
    pages = read_pages(build(content, site.output))
    assert pages["en/came/"].texts("//h1") == ["Goes"]
    assert pages["en/goes/"].canonical == "en/came/"


def test_a_build_with_errors_leaves_the_site_as_it_was(built: tuple[Path, Build]):
    content, site = built
    before, files = times_of(site), site.files()
    (content / "en/posts/stays.md").unlink()
    (content / "en/posts/broken.md").write_text("---\ntitel: Broken\n---\n", encoding="utf-8")
    again = build(content, site.output)
    assert again.status == 1
    assert "content/en/posts/broken.md" in again.told
    assert again.files() == files
    assert times_of(again) == before


def test_no_file_is_left_half_written(own_site: Build):
    assert not [name for name in own_site.files() if name.endswith(".partial")]


def test_pelican_alone_builds_the_site_without_a_warning(tmp_path: Path):
    """The plain command, as a host runs it, at its own time."""
    site = build_plainly(SITE, tmp_path, "SOURCE_DATE_EPOCH")
    told = site.told
    assert site.status == 0, told
    assert "Processed" in told
    for word in ("WARNING", "ERROR", "CRITICAL", "Warning:", "Traceback"):
        assert word not in told
    assert (tmp_path / "index.html").is_file()
