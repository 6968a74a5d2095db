"""Copies files that are taken as they are, and reads no more of them than need be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from plugins.incremental.looks import Look
from plugins.incremental.output import Output, Stamp


class Copy(NamedTuple):
    """How a file looked when it was read, and how its copy was left."""

    look: Look
    left: Stamp


@dataclass(slots=True)
class Copying:
    """The copies of one build. `before` are those of the last one, by address.

    `now` is what the clock said before anything was read, in nanoseconds. `copies` are those
    that the next build may believe.
    """

    output: Output
    before: Mapping[str, Copy]
    now: int
    copies: dict[str, Copy] = field(default_factory=dict)

    def copy(self, address: str, source: Path) -> None:
        """Have a file's bytes at an address. Raises OSError for a file that can't be read."""
        look, known = Look.at(source), self.before.get(address)
        if known and known.look == look and self._is_left(address):
            self.output.keep([address])
            self.copies[address] = known
            return
        self.output.write(address, source.read_bytes())
        if look.is_telling(self.now):
            self.copies[address] = Copy(look, self.output.written[address])

    def _is_left(self, address: str) -> bool:
        """Whether the copy is there, and the very one that was made of the file."""
        is_same = self.output.before.get(address) == self.before[address].left
        return is_same and self.output.is_intact(address)
