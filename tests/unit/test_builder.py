"""Which files a build makes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from rubric.store.build_state import BuildState
from rubric.store.builder import Builder
from rubric.store.inputs import Inputs
from rubric.store.output import Output
from rubric.store.tasks import File

ADDRESS = "card-1f2e.png"


def build(root: Path, state: BuildState, argument: bytes, *, is_hashed: bool) -> Builder:
    """Build a file that contains `argument`."""
    output = Output(root)
    output.begin(state.stamps())
    task = File(ADDRESS, bytes, [argument], is_hashed)
    inputs = Inputs({}, {}, lambda name: None)
    now = datetime(2026, 11, 22, tzinfo=UTC)
    builder = Builder({ADDRESS: task}, inputs, output, state, now, workers=1)
    builder.run(lambda done, total: None)
    output.end()
    return builder


@pytest.mark.parametrize(("is_hashed", "content"), [(False, b"new"), (True, b"old")])
def test_arguments_are_not_compared_if_the_address_contains_their_hash(
    tmp_path: Path, is_hashed: bool, content: bytes
):
    first = build(tmp_path, BuildState(), b"old", is_hashed=is_hashed)
    second = build(tmp_path, first.next_state(), b"new", is_hashed=is_hashed)
    assert (tmp_path / ADDRESS).read_bytes() == content
    assert second.built == (not is_hashed)


def test_a_file_with_a_hashed_address_is_built_again_if_it_was_deleted(tmp_path: Path):
    state = build(tmp_path, BuildState(), b"same", is_hashed=True).next_state()
    (tmp_path / ADDRESS).unlink()
    assert build(tmp_path, state, b"same", is_hashed=True).built == 1
    assert (tmp_path / ADDRESS).read_bytes() == b"same"
