"""Storage of plugins: versions beside each other, and files that name their content."""

from __future__ import annotations

from pathlib import Path

from rubric.store.storage import Versions
from rubric.store.store import Store


def make_storage(folder: Path) -> Versions:
    return Versions(Store(folder, b"version"), "search")


def test_a_version_leaves_former_ones_intact(tmp_path: Path):
    storage = make_storage(tmp_path)
    first = storage.save_version("en.terms", {"a": 1})
    second = storage.save_version("en.terms", {"a": 2})
    assert first != second
    assert (storage.load(first), storage.load(second)) == ({"a": 1}, {"a": 2})
    storage.keep_only({second})
    assert (storage.load(first), storage.load(second)) == (None, {"a": 2})


def test_a_saved_value_takes_the_place_of_the_former_one(tmp_path: Path):
    storage = make_storage(tmp_path)
    storage.save("en.state", 1)
    storage.save("en.state", 2)
    assert storage.load("en.state") == 2
    assert storage.load("zh.state") is None


def test_what_other_code_has_kept_is_not_loaded(tmp_path: Path):
    make_storage(tmp_path).save("en.state", 1)
    assert Versions(Store(tmp_path, b"other"), "search").load("en.state") is None
