"""The store: what is torn, old or somebody else's is as good as none, and harmless."""

from __future__ import annotations

import os
import pickle
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubric.model.moment import load_zone
from rubric.model.tag import Tag
from rubric.store.inputs import Record
from rubric.store.store import Store, pack, unpack

VALUE = {
    "a": (1, "я", b"\x00", None),
    "record": Record(("x",), {"x": b"1"}, datetime(2026, 1, 1, tzinfo=UTC)),
    "tag": Tag("a", "A"),
    "when": datetime(2026, 1, 1, 12, tzinfo=load_zone("Asia/Almaty")),
    "long": timedelta(days=2),
}


def test_values_come_back_in_another_store_of_the_same_version(tmp_path: Path):
    Store(tmp_path, b"1").save("made", VALUE)
    found = Store(tmp_path, b"1").load("made")
    assert found == VALUE
    assert str(found["when"].tzinfo) == "Asia/Almaty"


@pytest.mark.parametrize("name", ["made", "texts/0a"])
def test_another_version_or_name_finds_nothing(name: str, tmp_path: Path):
    Store(tmp_path, b"1").save(name, VALUE)
    assert Store(tmp_path, b"2").load(name) is None
    (tmp_path / "other").write_bytes((tmp_path / name).read_bytes())
    assert Store(tmp_path, b"1").load("other") is None
    assert Store(tmp_path, b"1").load("nothing") is None


@given(place=st.integers(0, 10**6), byte=st.integers(1, 255), cut=st.booleans())
def test_a_damaged_file_is_none(
    place: int, byte: int, cut: bool, tmp_path_factory: pytest.TempPathFactory
):
    folder = tmp_path_factory.getbasetemp() / "damaged"
    store = Store(folder, b"1")
    store.save("made", VALUE)
    content = bytearray((folder / "made").read_bytes())
    place %= len(content)
    if cut:
        del content[place:]
    else:
        content[place] ^= byte
    (folder / "made").write_bytes(content)
    assert store.load("made") is None


class Harm:
    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("true",)


@pytest.mark.parametrize(
    "packed",
    [
        pickle.dumps(Harm()),
        pickle.dumps(os.system),
        pickle.dumps(Path("x")),
        b"cplugins.model.toml\njson.codecs.builtins.eval\n(V1\ntR.",
        b"cplugins.model.moment\nlocalize\n.",
        b"\x80\x04\x8c\x14plugins.model.moment\x8c\x02re\x93.",
    ],
    ids=["call", "function", "class", "path to eval", "own function", "module"],
)
def test_nothing_is_loaded_but_the_model_s_classes(packed: bytes):
    with pytest.raises((pickle.UnpicklingError, AttributeError, ImportError)):
        unpack(packed)


def test_a_mark_of_trust_on_a_foreign_value_changes_nothing(tmp_path: Path):
    store = Store(tmp_path, b"1")
    store.write("made", pickle.dumps(Harm()))
    assert store.load("made") is None
    assert unpack(pack(VALUE)) == VALUE
