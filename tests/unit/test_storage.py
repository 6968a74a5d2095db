"""Storage of plugins: versions beside each other, and files that name their content."""

from __future__ import annotations

from pathlib import Path

import pytest

from rubric.store.store import Store, StoreFolder

KIND = dict[str, int]


def make_storage(folder: Path) -> StoreFolder:
    return StoreFolder(Store(folder, b"version"), "search")


def test_a_version_leaves_former_ones_intact(tmp_path: Path):
    storage = make_storage(tmp_path)
    first = storage.save_version("en.terms", {"a": 1}, KIND)
    second = storage.save_version("en.terms", {"a": 2}, KIND)
    assert first != second
    assert (storage.load(first, KIND), storage.load(second, KIND)) == ({"a": 1}, {"a": 2})
    storage.keep_only({second})
    assert (storage.load(first, KIND), storage.load(second, KIND)) == (None, {"a": 2})


def test_a_saved_value_takes_the_place_of_the_former_one(tmp_path: Path):
    storage = make_storage(tmp_path)
    storage.save("en.state", 1, int)
    storage.save("en.state", 2, int)
    assert storage.load("en.state", int) == 2
    assert storage.load("zh.state", int) is None


def test_what_other_code_has_kept_is_not_loaded(tmp_path: Path):
    make_storage(tmp_path).save("en.state", 1, int)
    assert StoreFolder(Store(tmp_path, b"other"), "search").load("en.state", int) is None


def test_a_value_of_another_type_is_none(tmp_path: Path):
    storage = make_storage(tmp_path)
    storage.save("en.state", 1, int)
    assert storage.load("en.state", KIND) is None


@pytest.mark.parametrize("name", ["../../seal", "..", "a/b", "/etc/passwd", "", "a\\b", "a\0"])
def test_a_name_that_leads_elsewhere_is_none(name: str, tmp_path: Path):
    """Names may come from a stored value, which may be forged."""
    storage = make_storage(tmp_path)
    assert storage.load(name, int) is None
    with pytest.raises(ValueError, match="not a valid name"):
        storage.save(name, 1, int)
