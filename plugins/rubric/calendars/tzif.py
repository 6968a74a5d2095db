"""Time zone data as the tzdata package has it: TZif files (RFC 9636)."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from importlib.resources import files

_NAME = re.compile(r"[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+)*")
_HEADER = struct.Struct(">4sc15x6L")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EARLIEST = (datetime(2, 1, 1, tzinfo=UTC) - _EPOCH) // timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class LocalTime:
    """A zone's clock for a while: its UTC offset, and its abbreviation such as `CEST`."""

    offset: timedelta
    is_dst: bool
    name: str


@dataclass(frozen=True, slots=True)
class Change:
    """The UTC instant at which a zone's clocks change, and the clock before and after."""

    at: datetime
    before: LocalTime
    after: LocalTime

    @property
    def wall(self) -> datetime:
        """The naive local time of the change, by the clock before it."""
        return self.at.replace(tzinfo=None) + self.before.offset


@dataclass(frozen=True, slots=True)
class ZoneData:
    """A zone's first clock, the changes on record, and the rule after them (a POSIX TZ).

    The record may end later than its last change: where a new rule first rested.
    """

    initial: LocalTime
    changes: tuple[Change, ...]
    ends_at: datetime
    footer: str


def load_zone_data(name: str) -> ZoneData:
    """Read a zone of the tzdata package. Raises ValueError for an unknown name.

    The package is pinned; the operating system's zone files, which zoneinfo prefers, are not.
    """
    try:
        if not _NAME.fullmatch(name):
            raise FileNotFoundError
        content = files("tzdata.zoneinfo").joinpath(*name.split("/")).read_bytes()
    except (OSError, ModuleNotFoundError):
        raise ValueError(f"“{name}” is not a time zone of the tzdata package.") from None
    return parse_tzif(content)


def parse_tzif(content: bytes) -> ZoneData:
    """Read the 64-bit data block and the footer (RFC 9636, 3.1 to 3.3).

    Raises ValueError for anything but a TZif file of version 2 or later.
    """
    magic, version, *counts = _HEADER.unpack_from(content)
    if magic != b"TZif" or version < b"2":
        raise ValueError("is not a TZif file of version 2 or later.")
    # The first block repeats the data with 32-bit times, for readers of version 1.
    position = _HEADER.size + _size(counts, 4)
    _, _, *counts = _HEADER.unpack_from(content, position)
    start = position + _HEADER.size
    footer = content[start + _size(counts, 8) :].strip(b"\n").decode("ascii")
    return _read_block(content[start:], counts, footer)


def _size(counts: list[int], time: int) -> int:
    utc, standard, leaps, times, types, characters = counts
    return times * (time + 1) + types * 6 + characters + leaps * (time + 4) + standard + utc


def _read_block(block: bytes, counts: list[int], footer: str) -> ZoneData:
    _, _, _, times, types, characters = counts
    instants = struct.unpack_from(f">{times}q", block)
    indices = block[times * 8 : times * 9]
    names_at = times * 9 + types * 6
    names = block[names_at : names_at + characters]
    clocks = [
        LocalTime(timedelta(seconds=offset), bool(is_dst), _name(names, index))
        for offset, is_dst, index in struct.iter_unpack(">lBB", block[times * 9 : names_at])
    ]
    # Type 0 is the clock before the first change (RFC 9636, 3.2).
    initial = before = clocks[0]
    changes = []
    for instant, index in zip(instants, indices, strict=True):
        after = clocks[index]
        if instant < _EARLIEST:  # Some files begin at the Big Bang.
            initial = before = after
            continue
        if after.offset != before.offset or after.is_dst != before.is_dst:
            changes.append(Change(_EPOCH + timedelta(seconds=instant), before, after))
        before = after
    end = max(instants[-1], _EARLIEST) if instants else _EARLIEST
    return ZoneData(initial, tuple(changes), _EPOCH + timedelta(seconds=end), footer)


def _name(names: bytes, start: int) -> str:
    return names[start : names.index(b"\0", start)].decode("ascii")
