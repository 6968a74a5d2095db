"""Copies of files: whatever changed is copied, what didn't isn't even read."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from rubric.store import file_signatures
from rubric.store.copying import Copy, Copying, changed_files
from rubric.store.output import Output, Stamp

SECOND = 1_000_000_000
ADDRESS = "images/tea.png"


def unchanged(name: str, data: bytes) -> bytes:
    return data


@dataclass
class Desk:
    """A file that is copied at each build, and what builds know of each other."""

    folder: Path
    copies: dict[str, Copy] = field(default_factory=dict)
    stamps: dict[str, Stamp] = field(default_factory=dict)
    reads: list[Path] = field(default_factory=list)
    now: int = 0

    @property
    def source(self) -> Path:
        return self.folder / "tea.png"

    @property
    def target(self) -> Path:
        return self.folder / "output" / ADDRESS

    def change(self, data: bytes) -> None:
        """Write as `cp -p` and `rsync -t` do it, with the former time, a moment later."""
        before = self.source.stat()
        while self.source.stat().st_ctime_ns == before.st_ctime_ns:
            self.source.write_bytes(data)
            os.utime(self.source, ns=(before.st_atime_ns, before.st_mtime_ns))

    def build(self, age: float = 60) -> bool:
        """Copy the file when it is so many seconds old; returns whether it was read."""
        reads = self.reads

        class Source(type(self.folder)):  # type: ignore[misc]
            def read_bytes(self) -> bytes:
                reads.append(self)
                return bytes(super().read_bytes())

        output, count = Output(self.folder / "output"), len(reads)
        output.begin(self.stamps)
        self.now = self.source.stat().st_ctime_ns + int(age * SECOND)
        copying = Copying(output, self.copies, self.now, unchanged)
        copying.copy(ADDRESS, Source(self.source))
        output.remove_obsolete()
        output.end()
        assert self.target.read_bytes() == self.source.read_bytes()
        self.copies, self.stamps = copying.copies, output.written
        return len(reads) > count


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    made.source.write_bytes(b"tea at three")
    return made


def test_a_file_that_is_as_it_was_is_read_once(desk: Desk):
    assert [desk.build() for _ in range(4)] == [True, False, False, False]


def test_a_change_of_the_same_size_and_time_is_noticed(desk: Desk):
    desk.build()
    stamp = desk.source.stat()
    desk.change(b"tea at seven"[:12])
    assert (stamp.st_size, stamp.st_mtime_ns) == (
        desk.source.stat().st_size,
        desk.source.stat().st_mtime_ns,
    )
    assert desk.build()
    assert not desk.build()


def test_another_file_in_its_place_is_noticed(desk: Desk):
    """Even one whose times could not be told apart."""
    desk.build()
    before = desk.copies[ADDRESS]
    other = desk.folder / "other"
    other.write_bytes(b"tea at 03:00")
    other.replace(desk.source)
    look = desk.source.stat()
    times = before.metadata._replace(mtime=look.st_mtime_ns, ctime=look.st_ctime_ns)
    desk.copies = {ADDRESS: before._replace(metadata=times)}
    assert desk.build()


@pytest.mark.parametrize("age", [-60, 0, 1, 2.5])
def test_a_young_file_is_read_again_until_it_is_old(desk: Desk, age: float):
    """It could be changed once more within the same tick of the clock."""
    assert desk.build(age)
    assert desk.copies == {}
    assert desk.build(age)
    assert desk.build()
    assert not desk.build()


def test_a_change_in_the_same_tick_is_noticed(desk: Desk):
    desk.build(age=0)
    before = desk.source.stat()
    desk.source.write_bytes(b"tea at eight")
    os.utime(desk.source, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert desk.build(age=0)


def test_other_rights_are_no_other_bytes(desk: Desk):
    desk.build()
    written = desk.target.stat()
    before = desk.source.stat().st_ctime_ns
    while desk.source.stat().st_ctime_ns == before:
        desk.source.chmod(0o600)
    assert desk.build()
    assert desk.target.stat().st_mtime_ns == written.st_mtime_ns
    assert not desk.build()


@pytest.mark.parametrize("data", [None, b"", b"mine", b"tea at noon!"])
def test_a_copy_that_somebody_changed_is_made_again(desk: Desk, data: bytes | None):
    desk.build()
    if data is None:
        desk.target.unlink()
    else:
        desk.target.write_bytes(data)
        os.utime(desk.target, (1_000_000_000, 1_000_000_000))
    assert desk.build()
    assert not desk.build()


def test_a_copy_of_another_build_is_not_taken_for_this_one(desk: Desk):
    """A killed build notes its copies, and not how it left the output."""
    desk.build()
    former, stamps, stamp = desk.target.read_bytes(), desk.stamps, desk.target.stat()
    desk.change(b"tea at seven")
    desk.build()
    desk.target.write_bytes(former)
    os.utime(desk.target, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    desk.stamps = stamps
    assert desk.build()


def test_without_change_times_every_file_is_read(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(file_signatures, "HAS_CHANGE_TIMES", False)
    assert [desk.build() for _ in range(3)] == [True, True, True]
    assert desk.copies == {}


def test_a_link_is_as_old_as_what_it_leads_to(desk: Desk):
    one, two = desk.folder / "one", desk.folder / "two"
    one.write_bytes(b"tea")
    two.write_bytes(b"pot")
    desk.source.unlink()
    desk.source.symlink_to(one)
    desk.build()
    assert not desk.build()
    desk.source.unlink()
    desk.source.symlink_to(two)
    assert desk.build()


def test_what_is_copied_may_be_changed_on_the_way(tmp_path: Path):
    source, output = tmp_path / "a.txt", Output(tmp_path / "output")
    source.write_bytes(b"tea")
    output.begin({})
    Copying(output, {}, 0, lambda name, data: name.encode() + data).copy("b.txt", source)
    output.end()
    assert (tmp_path / "output/b.txt").read_bytes() == b"a.txttea"


def test_only_files_that_look_otherwise_are_checked(desk: Desk):
    files = [(ADDRESS, desk.source)]
    assert [*changed_files({}, files)] == [desk.source]
    desk.build()
    assert [*changed_files(desk.copies, files)] == []
    desk.change(b"tea at seven")
    assert [*changed_files(desk.copies, files)] == [desk.source]
    desk.source.unlink()
    assert [*changed_files(desk.copies, files)] == [desk.source]


@pytest.mark.skipif(os.name == "nt", reason="has no named pipes")
def test_a_pipe_is_not_copied(tmp_path: Path):
    os.mkfifo(tmp_path / "pipe")
    output = Output(tmp_path / "output")
    with pytest.raises(OSError, match="it is a named pipe"):
        Copying(output, {}, 0, unchanged).copy("b.txt", tmp_path / "pipe")
