"""States: what is kept of a corpus besides its texts and terms."""

from __future__ import annotations

from typing import NamedTuple

from rubric.search.chunks import Chunks


class ShardState(NamedTuple):
    """A file of terms: the names in the store and of the file, sizes of terms, Han characters."""

    stored: str
    name: str
    sizes: dict[str, int]
    characters: str


class State(NamedTuple):
    """What was made of a corpus; `texts` are digest, slot, and bytes of the row, by source.

    `buckets` are names in the store by number.
    """

    version: bytes
    slots: int
    texts: dict[str, tuple[bytes, int, int]]
    buckets: dict[int, str]
    layout: tuple[int, frozenset[str]]
    shards: list[ShardState]
    chunks: Chunks
