"""Copies published files; unchanged files are not read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from rubric.model.regular import size_of_regular
from rubric.store.codec import Codec
from rubric.store.file_signatures import FileMetadata
from rubric.store.output import Output, Stamp
from rubric.store.store import Store

Change = Callable[[str, bytes], bytes]
"""Returns the bytes to publish for the name and bytes of a file. Must be a pure function."""

_NAME = "copies"


class Copy(NamedTuple):
    """The metadata of a source file when it was read, and the stamp of its copy."""

    metadata: FileMetadata
    stamp: Stamp


_CODEC = Codec(dict[str, Copy])


@dataclass(slots=True)
class Copying:
    """Copies the files of one build. `before` are the copies of the last build by address.

    `now` is the time before any file was read, in nanoseconds since the epoch. `copies` are the
    copies whose source has reliable metadata; the next build can compare it. `change` converts
    the bytes of a file.
    """

    output: Output
    before: Mapping[str, Copy]
    now: int
    change: Change
    copies: dict[str, Copy] = field(default_factory=dict)

    def copy(self, address: str, source: Path) -> None:
        """Copy a file to an address unless it is unchanged. Raises OSError if it cannot be read."""
        metadata, known = FileMetadata.at(source), self.before.get(address)
        if known and known.metadata == metadata and self._is_unchanged(address):
            self.output.keep([address])
            self.copies[address] = known
            return
        size_of_regular(source)
        self.output.write(address, self.change(source.name, source.read_bytes()))
        if metadata.is_reliable(self.now):
            self.copies[address] = Copy(metadata, self.output.written[address])

    def _is_unchanged(self, address: str) -> bool:
        """Return whether the copy of the last build is unchanged."""
        is_same = self.output.before.get(address) == self.before[address].stamp
        return is_same and self.output.is_intact(address)


def load_copies(store: Store) -> dict[str, Copy]:
    """Load the copies of the last build by address."""
    return store.load(_NAME, _CODEC) or {}


def save_copies(store: Store, copies: dict[str, Copy]) -> None:
    store.save(_NAME, copies, _CODEC)


def changed_files(before: Mapping[str, Copy], files: Iterable[tuple[str, Path]]) -> Iterator[Path]:
    """Yield the sources whose metadata has changed since the last build."""
    for address, source in files:
        known = before.get(address)
        try:
            is_same = known is not None and known.metadata == FileMetadata.at(source)
        except OSError:
            is_same = False
        if not is_same:
            yield source
