"""Supports plugins that change output files after the build, such as minifiers.

Such plugins process the complete output when Pelican sends `finalized` or `content_written`.
Every build gives them the original files, so the result is the same as after a clean build. The
originals of changed files are in the store, so pages need not be rendered again.

Files that such plugins add are listed as files of the build. The next build removes them, and the
plugins add them again. A file with unchanged content gets its former modification time, so that a
host uploads only changed files.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from rubric.store.build_state import BuildState, forget_state
from rubric.store.codec import codec_of
from rubric.store.digests import digest_of, digest_of_file
from rubric.store.output import GONE, Output, Stamp, stamp_of
from rubric.store.store import Store

_NAME, _ORIGINALS = "processed", "originals"


class Processed(NamedTuple):
    """A file that plugins changed, removed or added.

    `original` is the digest of the original content; empty if it is not in the store. `stamp` and
    `digest` describe the file after the plugins; `stamp` is GONE if they removed it.
    """

    original: bytes
    stamp: Stamp
    digest: bytes


class _Stored(NamedTuple):
    """The processed files of a build by address; the build state has the same mark."""

    mark: bytes
    files: dict[str, Processed]


@dataclass(slots=True)
class PostProcessing:
    """The processed files of one build; `before` are those of the last build."""

    store: Store
    output: Output
    before: Mapping[str, Processed]
    _originals: dict[str, bytes] = field(default_factory=dict)
    _found: Set[str] = frozenset()

    @classmethod
    def begin(
        cls, store: Store, output: Output, stamps: dict[str, Stamp], mark: bytes
    ) -> PostProcessing:
        """Load the processed files of the last build, which must have this mark.

        `stamps` are the stamps of its files; those whose original is lost are removed from it.
        """
        stored = store.load(_NAME, codec_of(_Stored))
        if mark and (stored is None or stored.mark != mark):
            stamps.clear()  # it is unknown which files are originals
        before = stored.files if stored else {}
        if before:
            there = set(store.names(_ORIGINALS))
            for address, processed in before.items():
                if _name_of(processed.original) not in there:
                    stamps.pop(address, None)
        return cls(store, output, before)

    def restore(self, made: Set[str]) -> list[str]:
        """Write the originals of files that were not built now; returns those that are lost."""
        lost, written = [], self.output.written
        for address, processed in self.before.items():
            if not processed.original or address in made or address not in written:
                continue
            original = self.store.load(_name_of(processed.original), codec_of(bytes))
            if original is not None:
                self.output.restore(address, original)
                self._originals[address] = processed.original
            else:
                lost.append(address)
        return lost

    def keep_originals(self, made: Iterable[str]) -> None:
        """Store the files that were built now, and list all files, before other plugins run.

        If the build is killed after this, the next one builds all files.
        """
        forget_state(self.store)
        root = self.output.root
        for address in made:
            content = (root / address).read_bytes()
            digest = self._originals[address] = digest_of(content)
            self.store.save(_name_of(digest), content, codec_of(bytes))
        found = self._all_files()
        if self.output.is_after_interruption:
            ours = self.output.written.keys() | self.output.earlier()
            # There is no list of files that plugins added before the build was killed. Remove
            # those they added earlier, and files such as `index.html.gz` beside `index.html`.
            stale = {
                address
                for address in found - ours
                if address in self.before or address.rpartition(".")[0] in ours
            }
            for address in stale:
                (root / address).unlink()
            found -= stale
        self._found = found

    def end(self, state: BuildState) -> None:
        """Find the files that plugins have changed, and set their stamps in `state`."""
        output, done = self.output, dict[str, Processed]()
        for address, stamp in output.written.items():
            current = stamp_of(f"{output.root}/{address}") or GONE
            original = self._originals.get(address, b"")
            if current == stamp:
                continue
            digest = b"" if current == GONE else digest_of_file(f"{output.root}/{address}")
            # Also files with the same content: plugins write them in every build.
            done[address] = self._processed(address, original, current, digest)
            output.written[address] = done[address].stamp
            state.set_stamp(address, done[address].stamp if original else None)
        for address in self._all_files() - self._found - output.written.keys():
            path = f"{output.root}/{address}"
            if added := stamp_of(path):
                done[address] = self._processed(address, b"", added, digest_of_file(path))
        output.list_files(output.written.keys() | done.keys())
        state.processed = self._save(done)

    def forget(self) -> None:
        """Delete the records if no plugin processes files any more."""
        if self.before:
            self._save({})

    def _save(self, done: dict[str, Processed]) -> bytes:
        """Store the processed files; returns their mark, empty if there are none."""
        used = {_name_of(processed.original) for processed in done.values()}
        for name in self.store.names(_ORIGINALS):
            if name not in used:
                self.store.drop(name)
        if not done:
            self.store.drop(_NAME)
            return b""
        mark = os.urandom(8)
        self.store.save(_NAME, _Stored(mark, done), codec_of(_Stored))
        return mark

    def _processed(self, address: str, original: bytes, stamp: Stamp, digest: bytes) -> Processed:
        former = self.before.get(address)
        if former and digest and digest == former.digest:
            path, time = f"{self.output.root}/{address}", former.stamp[1]
            os.utime(path, ns=(time, time))
            stamp = stamp_of(path) or stamp
        return Processed(original, stamp, digest)

    def _all_files(self) -> set[str]:
        root = str(self.output.root)
        return {
            Path(folder, name).relative_to(root).as_posix()
            for folder, _, names in os.walk(root)
            for name in names
        }


def _name_of(digest: bytes) -> str:
    return f"{_ORIGINALS}/{digest.hex()}"
