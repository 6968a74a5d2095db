"""Copies files that are taken as they are, and reads no more of them than need be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from rubric.model.regular import size_of_regular
from rubric.store.codec import Codec
from rubric.store.file_signatures import FileSignature
from rubric.store.output import Output, Stamp
from rubric.store.store import Store

Change = Callable[[str, bytes], bytes]
"""What is published of a file, by its name and bytes; the same for the same ones."""

_NAME = "copies"


class Copy(NamedTuple):
    """How a file looked when it was read, and how its copy was left."""

    look: FileSignature
    left: Stamp


_CODEC = Codec(dict[str, Copy])


@dataclass(slots=True)
class Copying:
    """The copies of one build. `before` are those of the last one, by address.

    `now` is what the clock said before anything was read, in nanoseconds. `copies` are those
    that the next build may believe; `change` is what is made of a file's bytes.
    """

    output: Output
    before: Mapping[str, Copy]
    now: int
    change: Change
    copies: dict[str, Copy] = field(default_factory=dict)

    def copy(self, address: str, source: Path) -> None:
        """Have a file's bytes at an address. Raises OSError for a file that can't be read."""
        look, known = FileSignature.at(source), self.before.get(address)
        if known and known.look == look and self._is_left(address):
            self.output.keep([address])
            self.copies[address] = known
            return
        size_of_regular(source)
        self.output.write(address, self.change(source.name, source.read_bytes()))
        if look.is_telling(self.now):
            self.copies[address] = Copy(look, self.output.written[address])

    def _is_left(self, address: str) -> bool:
        """Whether the copy is there, and the very one that was made of the file."""
        is_same = self.output.before.get(address) == self.before[address].left
        return is_same and self.output.is_intact(address)


def load_copies(store: Store) -> dict[str, Copy]:
    """The copies of the last build, by address."""
    return store.load(_NAME, _CODEC) or {}


def save_copies(store: Store, copies: dict[str, Copy]) -> None:
    store.save(_NAME, copies, _CODEC)


def changed_files(before: Mapping[str, Copy], files: Iterable[tuple[str, Path]]) -> Iterator[Path]:
    """Files that the last build did not copy as they are now, by a look at each."""
    for address, source in files:
        known = before.get(address)
        try:
            is_same = known is not None and known.look == FileSignature.at(source)
        except OSError:
            is_same = False
        if not is_same:
            yield source
