"""A cache of facts computed from single files, such as the size and digest of a picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple, TypeVar

from rubric.store.codec import Codec, Invalid, codec_of
from rubric.store.file_signatures import FileMetadata
from rubric.store.store import Store
from rubric.store.workers import run_batches

Facts = TypeVar("Facts")

_BATCH = 4


class _Known(NamedTuple):
    """The metadata of a file when it was read, and the encoded facts."""

    metadata: FileMetadata
    facts: bytes


_CODEC = Codec(dict[str, _Known])


def facts_of_files(
    store: Store,
    name: str,
    kind: type[Facts],
    inspect: Callable[[Path], Facts],
    paths: Sequence[Path],
    now: int,
    workers: int,
) -> dict[Path, Facts]:
    """Return the facts of each file; `inspect` is called only for new and changed files.

    `name` identifies the function and its options; `kind` is the type of the facts, see
    `rubric.model.memo.Storage`. `now` is the time before any file was read, in nanoseconds since
    the epoch. Changed files are inspected in parallel. Raises OSError for a file that can't be
    read, and what `inspect` raises.
    """
    place, codec = f"facts-{name}", codec_of(kind)
    before = store.load(place, _CODEC) or {}
    current = {path: FileMetadata.at(path) for path in paths}
    found: dict[Path, Facts] = {}
    for path, metadata in current.items():
        known = before.get(str(path))
        if known and known.metadata == metadata:
            try:
                found[path] = codec.decode(known.facts)
            except Invalid:
                continue

    def inspect_all(batch: Sequence[Path]) -> list[tuple[Path, Facts]]:
        return [(path, inspect(path)) for path in batch]

    changed = [path for path in current if path not in found]
    for _, results in run_batches(inspect_all, changed, workers, _BATCH):
        found.update(results)
    after = {
        str(path): _Known(metadata, codec.encode(found[path]))
        for path, metadata in current.items()
        if metadata.is_reliable(now)
    }
    if after != before:
        store.save(place, after, _CODEC)
    return {path: found[path] for path in current}
