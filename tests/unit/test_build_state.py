"""The state of the last build: records of files, and invalid content of the store."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rubric.store.build_state import BuildState, FileRecord, Numbers, _StoredState
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
    before.save(store)
    found = BuildState.load(store)
    assert found.records == before.records
    assert found.inputs == before.inputs
    assert found.stamps() == before.stamps()
    assert found.stamps()["robots.txt"] == (3, 4)
    assert found.numbers().by_key == {NAME: 0}


@pytest.mark.parametrize("count", [0, 1, 300])
def test_removed_files_are_not_in_the_next_state(count: int, tmp_path: Path):
    store = Store(tmp_path, b"1")
    kept(300).save(store)
    after = kept(count)
    after.save(store)
    assert BuildState.load(store).records == after.records


@pytest.mark.parametrize("number", [-1, 1 << 31, 1 << 60])
def test_numbers_out_of_range_make_the_state_invalid(number: int, tmp_path: Path):
    store = Store(tmp_path, b"1")
    state = _StoredState([], [], {}, {number: (NAME, b"")}, {}, b"")
    store.save("state", state, codec_of(_StoredState))
    assert BuildState.load(store) == BuildState()


def test_a_record_that_refers_to_nothing_makes_the_state_invalid(tmp_path: Path):
    store = Store(tmp_path, b"1")
    kept(3).save(store)
    state = store.load("state", codec_of(_StoredState))
    assert state
    records = {address: each._replace(shared=9) for address, each in state.records.items()}
    store.save("state", state._replace(records=records), codec_of(_StoredState))
    assert BuildState.load(store) == BuildState()


def test_a_new_state_replaces_the_former_one(tmp_path: Path):
    store = Store(tmp_path, b"1")
    kept(300).save(store)
    before = BuildState.load(store)
    after = BuildState({**before.records, "en/7/index.html": file_record(b"", 9)}, before.inputs)
    after.save(store)
    assert BuildState.load(store).records == after.records
