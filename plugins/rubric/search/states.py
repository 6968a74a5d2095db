"""State of a language's index in the store, besides its buckets and shards."""

from __future__ import annotations

from typing import NamedTuple

from rubric.search.chunks import Chunks


class ShardState(NamedTuple):
    """A shard: its name in the store, its file name, sizes of its terms, its Han characters."""

    stored: str
    name: str
    sizes: dict[str, int]
    characters: str


class State(NamedTuple):
    """The state of an index.

    `texts` maps sources to digest, slot, and bytes of the row. `buckets` maps numbers to names
    in the store.
    """

    version: bytes
    slots: int
    texts: dict[str, tuple[bytes, int, int]]
    buckets: dict[int, str]
    layout: tuple[int, frozenset[str]]
    shards: list[ShardState]
    chunks: Chunks
