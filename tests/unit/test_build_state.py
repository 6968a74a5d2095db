"""What is known of files: kept in drawers, by numbers, and never trusted by half."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubric.store.build_state import BuildState, FileRecord, Numbers, _Bucket, _Head
from rubric.store.codec import codec_of
from rubric.store.inputs import Key, Record
from rubric.store.store import Store

KEYS = st.lists(st.tuples(st.sampled_from(["name", "template"]), st.text(max_size=3)), unique=True)
NAME: Key = ("name", "site")


def file_record(numbers: bytes, size: int = 1) -> FileRecord:
    record = Record(("view",), {"view": b"1"}, datetime(2026, 1, 1, tzinfo=UTC))
    return FileRecord(record, numbers, (size, 2))


def kept(count: int) -> BuildState:
    numbers = Numbers().pack([NAME])
    records = {f"en/{n}/index.html": file_record(numbers, n) for n in range(count)}
    return BuildState(records, {0: (NAME, b"digest")}, {"robots.txt": (3, 4)})


@given(KEYS, KEYS)
def test_numbers_stand_for_keys(one: list[Key], two: list[Key]):
    numbers = Numbers()
    packed = numbers.pack(one), numbers.pack(two)
    by_number = {number: key for key, number in numbers.by_key.items()}
    for keys, content in zip((one, two), packed, strict=True):
        assert {by_number[number] for number in Numbers.unpack(content)} == set(keys)
    assert numbers.pack(reversed(one)) == packed[0]


@given(KEYS, KEYS)
def test_a_number_stays_from_build_to_build(one: list[Key], two: list[Key]):
    numbers = Numbers()
    packed = numbers.pack(one)
    again = Numbers(dict(numbers.by_key))
    again.pack(two)
    assert again.pack(one) == packed
    assert len(set(again.by_key.values())) == len(again.by_key)


def test_everything_comes_back(tmp_path: Path):
    before, store = kept(300), Store(tmp_path, b"1")
    before.save(store, BuildState())
    found = BuildState.load(store)
    assert found.records == before.records
    assert found.inputs == before.inputs
    assert found.stamps() == before.stamps()
    assert found.stamps()["robots.txt"] == (3, 4)
    assert found.numbers().by_key == {NAME: 0}


def test_a_file_made_anew_fills_one_drawer(tmp_path: Path):
    store = Store(tmp_path, b"1")
    kept(300).save(store, BuildState())
    before = BuildState.load(store)
    times = {name: (tmp_path / name).stat().st_mtime_ns for name in store.names("made")}
    after = BuildState({**before.records, "en/7/index.html": file_record(b"", 9)}, before.inputs)
    after.save(store, before)
    written = {n for n in store.names("made") if (tmp_path / n).stat().st_mtime_ns != times[n]}
    assert len(written - {"made/head"}) == 1
    assert BuildState.load(store).records == after.records


def test_a_drawer_of_a_build_that_was_killed_is_none(tmp_path: Path):
    store = Store(tmp_path, b"1")
    before = kept(300)
    before.save(store, BuildState())
    name = next(name for name in store.names("made") if name != "made/head")
    drawer = store.load(name, codec_of(_Bucket))
    assert drawer
    store.save(name, drawer._replace(mark=os.urandom(8)), codec_of(_Bucket))
    assert BuildState.load(store).records.keys() == before.records.keys() - drawer.records.keys()


@pytest.mark.parametrize("count", [0, 1, 300])
def test_files_that_are_gone_are_forgotten(count: int, tmp_path: Path):
    store = Store(tmp_path, b"1")
    kept(300).save(store, BuildState())
    after = kept(count)
    after.save(store, BuildState.load(store))
    assert BuildState.load(store).records == after.records


def test_marks_of_other_files_are_none(tmp_path: Path):
    """A file that a forged head names is neither read nor removed."""
    store = Store(tmp_path / "store", b"1")
    other = tmp_path / "other"
    other.write_bytes(b"mine")
    marks = {"../other": b"1", "seal": b"1", "made/../../other": b"1"}
    head = _Head({}, {}, marks, b"")
    store.save("made/head", head, codec_of(_Head))
    found = BuildState.load(store)
    assert found.marks == {}
    BuildState().save(store, found)
    assert other.read_bytes() == b"mine"


@pytest.mark.parametrize("number", [-1, 1 << 31, 1 << 60])
def test_numbers_that_take_more_than_their_place_are_none(number: int, tmp_path: Path):
    store = Store(tmp_path, b"1")
    store.save("made/head", _Head({number: (NAME, b"")}, {}, {}, b""), codec_of(_Head))
    assert BuildState.load(store) == BuildState()


def test_a_drawer_that_nobody_can_have_filled_is_none(tmp_path: Path):
    store = Store(tmp_path, b"1")
    before = kept(3)
    before.save(store, BuildState())
    for name in before.marks:
        drawer = store.load(name, codec_of(_Bucket))
        assert drawer
        records = {a: each._replace(shared=9) for a, each in drawer.records.items()}
        store.save(name, drawer._replace(records=records), codec_of(_Bucket))
    assert BuildState.load(store).records == {}
