"""The output folder: written where it differs, cleaned of what has vanished."""

from __future__ import annotations

import errno
import json
import os
from pathlib import Path

import pytest

from rubric.model.errors import BuildFailed
from rubric.store.output import Output

LONG_AGO = (1_000_000_000, 1_000_000_000)


def build(root: Path, files: dict[str, bytes]) -> Output:
    """What one build does."""
    output = Output(root)
    for address, content in files.items():
        output.write(address, content)
    output.remove_obsolete()
    return output


def files(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and not path.name.endswith(".files")
    }


def test_files_are_written_below_the_root(tmp_path: Path) -> None:
    wanted = {"index.html": b"home", "ru/тихо/index.html": b"\xd1", "a/b/c.txt": b""}
    output = build(tmp_path / "output", wanted)
    assert files(tmp_path / "output") == wanted
    assert len(output.changed) == 3


def test_same_bytes_keep_their_file_and_time(tmp_path: Path) -> None:
    build(tmp_path, {"a.html": b"a", "b.html": b"b"})
    for path in (tmp_path / "a.html", tmp_path / "b.html", Output(tmp_path).manifest):
        os.utime(path, LONG_AGO)
    output = build(tmp_path, {"a.html": b"a", "b.html": b"B"})
    assert output.changed == {"b.html"}
    assert (tmp_path / "a.html").stat().st_mtime == LONG_AGO[1]
    assert Output(tmp_path).manifest.stat().st_mtime == LONG_AGO[1]
    assert (tmp_path / "b.html").stat().st_mtime > LONG_AGO[1]
    assert (tmp_path / "b.html").read_bytes() == b"B"


def test_what_vanished_is_removed_with_its_empty_folders(tmp_path: Path) -> None:
    build(tmp_path, {"en/a/index.html": b"", "en/b/c/index.html": b"", "x.html": b""})
    output = Output(tmp_path)
    output.write("en/a/index.html", b"")
    assert output.remove_obsolete() == ["en/b/c/index.html", "x.html"]
    assert files(tmp_path) == {"en/a/index.html": b""}
    assert not (tmp_path / "en/b").exists()


def test_files_no_build_wrote_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "CNAME").write_bytes(b"example.org")
    build(tmp_path, {"en/a/index.html": b""})
    (tmp_path / "en/a/note.txt").write_bytes(b"mine")
    build(tmp_path, {})
    assert files(tmp_path) == {"CNAME": b"example.org", "en/a/note.txt": b"mine"}


def test_vanished_file_that_is_gone_already_is_no_trouble(tmp_path: Path) -> None:
    build(tmp_path, {"a/b.html": b"", "c.html": b""})
    (tmp_path / "a/b.html").unlink()
    (tmp_path / "a").rmdir()
    assert Output(tmp_path).remove_obsolete() == ["a/b.html", "c.html"]


@pytest.mark.parametrize("address", ["../x", "a/../../x", "/etc/x", "", "."])
def test_nothing_is_written_outside(address: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="outside the output folder"):
        Output(tmp_path / "output").write(address, b"x")
    assert files(tmp_path) == {}


def test_forged_list_deletes_nothing_outside(tmp_path: Path) -> None:
    (tmp_path / "precious").write_bytes(b"x")
    root = tmp_path / "output"
    root.mkdir()
    forged = ["../precious", f"{tmp_path}/precious", "a/../../precious"]
    Output(root).manifest.write_text(json.dumps(forged), encoding="utf-8")
    build(root, {"a.html": b""})
    assert (tmp_path / "precious").exists()


DAMAGED = {
    "empty": b"",
    "cut off": b'["a.html",\n"gone.h',
    "of another kind": b'{"a.html": 1}',
    "of numbers": b"[1, 2]",
    "not UTF-8": b'["\xff"]',
    "nested too deeply": b"[" * 100_000,
}


@pytest.mark.parametrize("damage", DAMAGED.values(), ids=DAMAGED)
def test_a_damaged_list_stops_the_build_if_nothing_else_lists_the_files(
    tmp_path: Path, damage: bytes
) -> None:
    root = tmp_path / "output"
    build(root, {"a.html": b"a", "gone.html": b"g"})
    Output(root).manifest.write_bytes(damage)
    with pytest.raises(BuildFailed, match=r"\.output\.files: is damaged"):
        Output(root).begin({})
    assert files(root) == {"a.html": b"a", "gone.html": b"g"}


@pytest.mark.parametrize("damage", [None, b"[]", *DAMAGED.values()])
def test_a_damaged_list_is_replaced_by_that_of_the_store(
    tmp_path: Path, damage: bytes | None
) -> None:
    root = tmp_path / "output"
    before = build(root, {"a.html": b"a", "gone.html": b"g"}).written
    manifest = Output(root).manifest
    whole = manifest.read_bytes()
    if damage is None:
        manifest.unlink()
    else:
        manifest.write_bytes(damage)
    output = Output(root)
    output.begin(before)
    output.write("a.html", b"a")
    assert output.remove_obsolete() == ["gone.html"]
    output.end()
    assert files(root) == {"a.html": b"a"}
    assert json.loads(manifest.read_bytes()) == ["a.html"] != json.loads(whole)


@pytest.mark.parametrize("damage", [None, b"[]", *DAMAGED.values()])
def test_a_damaged_list_is_written_again_though_no_file_has_changed(
    tmp_path: Path, damage: bytes | None
) -> None:
    root = tmp_path / "output"
    before = build(root, {"a.html": b"a"}).written
    manifest = Output(root).manifest
    whole = manifest.read_bytes()
    if damage is None:
        manifest.unlink()
    else:
        manifest.write_bytes(damage)
    output = Output(root)
    output.begin(before)
    output.keep(["a.html"])
    assert output.remove_obsolete() == []
    output.end()
    assert manifest.read_bytes() == whole


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EIO])
def test_a_refused_write_names_the_file_and_leaves_no_part_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    build(tmp_path, {"a.html": b"a"})

    def refuse(file: int, data: bytes) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "write", refuse)
    with pytest.raises(OSError, match=r"a\.html") as caught:
        Output(tmp_path).write("a.html", b"other")
    assert caught.value.errno == number
    assert files(tmp_path) == {"a.html": b"a"}


def test_no_half_written_file_stays(tmp_path: Path) -> None:
    build(tmp_path, {"a.html": b"a" * 100_000})
    build(tmp_path, {"a.html": b"b" * 100_000})
    assert files(tmp_path).keys() == {"a.html"}


def test_output_is_the_same_whatever_the_order(tmp_path: Path) -> None:
    build(tmp_path / "one", {"a": b"1", "b": b"2"})
    build(tmp_path / "two", {"b": b"2", "a": b"1"})
    lists = [Output(tmp_path / name).manifest.read_bytes() for name in ("one", "two")]
    assert lists[0] == lists[1]


def test_a_file_becomes_a_folder_and_back(tmp_path: Path) -> None:
    root = tmp_path / "output"
    build(root, {"about": b"page"})
    build(root, {"about/index.html": b"folder"})
    assert files(root) == {"about/index.html": b"folder"}
    build(root, {"about": b"page"})
    assert files(root) == {"about": b"page"}


def test_a_foreign_file_in_the_way_is_not_lost(tmp_path: Path) -> None:
    (tmp_path / "about").write_bytes(b"mine")
    with pytest.raises(OSError, match="about"):
        build(tmp_path, {"about/index.html": b"folder"})
    assert (tmp_path / "about").read_bytes() == b"mine"
