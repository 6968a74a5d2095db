"""The folder of exports: holds what was put there last, and what nobody put there."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from rubric.newsletter.folder import sync_folder


def tree(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_files_are_there_and_no_former_ones(tmp_path: Path):
    folder = tmp_path / "exports/newsletter"
    first = {"ru/a/issue.txt": b"a", "ru/b/x/issue.txt": b"b", "all.mbox": b"ab"}
    sync_folder(folder, first)
    assert tree(folder) == first
    sync_folder(folder, {"ru/a/issue.txt": b"A", "all.mbox": b"A"})
    assert tree(folder) == {"ru/a/issue.txt": b"A", "all.mbox": b"A"}
    assert not (folder / "ru/b").exists()
    sync_folder(folder, {})
    assert list((tmp_path / "exports").iterdir()) == []


def test_nothing_is_made_of_nothing(tmp_path: Path):
    sync_folder(tmp_path / "exports/newsletter", {})
    assert list(tmp_path.iterdir()) == []


def test_same_bytes_keep_their_time(tmp_path: Path):
    folder = tmp_path / "newsletter"
    sync_folder(folder, {"a": b"a", "b": b"b"})
    paths = [folder / "a", folder / "b", tmp_path / ".newsletter.files"]
    for path in paths:
        os.utime(path, (1, 1))
    sync_folder(folder, {"a": b"a", "b": b"B"})
    assert [path.stat().st_mtime == 1 for path in paths] == [True, False, True]


def test_files_of_somebody_else_are_left_alone(tmp_path: Path):
    folder = tmp_path / "newsletter"
    (folder / "ru/b").mkdir(parents=True)
    (folder / "mine.txt").write_bytes(b"mine")
    (folder / "ru/b/mine.txt").write_bytes(b"mine")
    sync_folder(folder, {"ru/b/issue.txt": b"b"})
    sync_folder(folder, {})
    assert tree(folder) == {"mine.txt": b"mine", "ru/b/mine.txt": b"mine"}


def test_what_an_interrupted_export_wrote_is_known(tmp_path: Path):
    folder = tmp_path / "newsletter"
    sync_folder(folder, {"a": b"a", "b": b"b"})
    (folder / "d").mkdir()  # where a file is to be
    with pytest.raises(OSError, match="d"):
        sync_folder(folder, {"b": b"b", "c": b"c", "d": b"d"})
    (folder / "d").rmdir()
    assert tree(folder).keys() >= {"b", "c"}
    sync_folder(folder, {})
    assert not folder.exists()


def test_a_file_becomes_a_folder_and_back(tmp_path: Path):
    folder = tmp_path / "newsletter"
    sync_folder(folder, {"a": b"a"})
    sync_folder(folder, {"a/b": b"b"})
    assert tree(folder) == {"a/b": b"b"}
    sync_folder(folder, {"a": b"a"})
    assert tree(folder) == {"a": b"a"}


def test_a_folder_in_the_place_of_a_former_file_stays(tmp_path: Path):
    folder = tmp_path / "newsletter"
    sync_folder(folder, {"a": b"a"})
    (folder / "a").unlink()
    (folder / "a").mkdir()
    (folder / "a/mine").write_bytes(b"mine")
    sync_folder(folder, {"b": b"b"})
    assert tree(folder) == {"a/mine": b"mine", "b": b"b"}


@pytest.mark.parametrize("text", ["", "{", "{}", "[1, null]", '["a", 1]'])
def test_a_torn_list_is_as_good_as_none(text: str, tmp_path: Path):
    folder = tmp_path / "newsletter"
    sync_folder(folder, {"b": b"b"})
    (tmp_path / ".newsletter.files").write_text(text, encoding="utf-8")
    sync_folder(folder, {"c": b"c"})
    assert tree(folder) == {"b": b"b", "c": b"c"}


def test_a_forged_list_deletes_nothing_outside(tmp_path: Path):
    folder, precious = tmp_path / "newsletter", tmp_path / "precious"
    precious.write_bytes(b"x")
    folder.mkdir()
    (folder / "link").symlink_to(tmp_path)
    names = ["../precious", str(precious), "a/../../precious", "link/precious", "", "."]
    (tmp_path / ".newsletter.files").write_text(json.dumps(names), encoding="utf-8")
    sync_folder(folder, {"a": b"a"})
    assert precious.exists()
    assert (folder / "a").exists()
