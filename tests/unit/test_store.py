"""The store: what is torn, old or somebody else's is as good as none, and harmless."""

from __future__ import annotations

import os
import pickle
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubric.model.tag import Tag
from rubric.store.codec import Codec
from rubric.store.inputs import Record
from rubric.store.store import Store


class Value(NamedTuple):
    plain: tuple[int, str, bytes, None]
    record: Record
    tag: Tag


CODEC = Codec(Value)
VALUE = Value(
    (1, "я", b"\x00", None),
    Record(("x",), {"x": b"1"}, datetime(2026, 1, 1, tzinfo=UTC)),
    Tag("a", "A"),
)


def test_values_come_back_in_another_store_of_the_same_version(tmp_path: Path):
    Store(tmp_path, b"1").save("made", VALUE, CODEC)
    assert Store(tmp_path, b"1").load("made", CODEC) == VALUE


@pytest.mark.parametrize("name", ["made", "texts/0a"])
def test_another_version_or_name_finds_nothing(name: str, tmp_path: Path):
    Store(tmp_path, b"1").save(name, VALUE, CODEC)
    assert Store(tmp_path, b"2").load(name, CODEC) is None
    (tmp_path / "other").write_bytes((tmp_path / name).read_bytes())
    assert Store(tmp_path, b"1").load("other", CODEC) is None
    assert Store(tmp_path, b"1").load("nothing", CODEC) is None


@given(place=st.integers(0, 10**6), byte=st.integers(1, 255), cut=st.booleans())
def test_a_damaged_file_is_none(
    place: int, byte: int, cut: bool, tmp_path_factory: pytest.TempPathFactory
):
    folder = tmp_path_factory.getbasetemp() / "damaged"
    store = Store(folder, b"1")
    store.save("made", VALUE, CODEC)
    content = bytearray((folder / "made").read_bytes())
    place %= len(content)
    if cut:
        del content[place:]
    else:
        content[place] ^= byte
    (folder / "made").write_bytes(content)
    assert store.load("made", CODEC) is None


class Harm:
    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, tuple[Path]]:
        return Path.touch, (self.mark,)


def test_a_right_head_on_a_foreign_value_changes_nothing(tmp_path: Path):
    store, mark = Store(tmp_path, b"1"), tmp_path / "harm"
    for payload in (pickle.dumps(Harm(mark)), pickle.dumps(os.system), pickle.dumps(VALUE), b""):
        store.write("made", payload)
        assert store.load("made", CODEC) is None
    assert not mark.exists()


def test_a_value_of_another_type_is_none(tmp_path: Path):
    store = Store(tmp_path, b"1")
    store.save("made", VALUE, CODEC)
    assert store.load("made", Codec(Record)) is None
