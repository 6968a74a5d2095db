"""Output that other plugins change after the build has written it, such as minified pages.

Plugins that minify or compress a site go through the whole output when Pelican sends
`finalized` or `content_written`. Every build gives them the files as the build made them, so
the result is that of a clean build, whatever they read and however often they ran before.
Nothing is rendered again for that: what they change is kept in the store as it was made.

Files that they add are listed as files of the build, so the next build removes them and
the plugins add them again. A file with the bytes it had before gets its former time back, so
a host uploads only changes.
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
    """A file that plugins wrote: digests of the bytes as made and as left.

    `made` is empty if the original is not in the store; `left` is GONE if they removed it.
    """

    made: bytes
    left: Stamp
    bytes_left: bytes


class _Stored(NamedTuple):
    """What plugins did to a build, by address; the build's records have the same mark."""

    mark: bytes
    files: dict[str, Processed]


@dataclass(slots=True)
class PostProcessing:
    """What plugins do to the output of one build; `before` is what they did to the last one."""

    store: Store
    output: Output
    before: Mapping[str, Processed]
    _originals: dict[str, bytes] = field(default_factory=dict)
    _found: Set[str] = frozenset()

    @classmethod
    def begin(
        cls, store: Store, output: Output, stamps: dict[str, Stamp], mark: bytes
    ) -> PostProcessing:
        """Look up what was done to the last build, which had this mark if there was anything.

        `stamps` are how its files were left; those whose original is lost are taken out of it.
        """
        stored = store.load(_NAME, codec_of(_Stored))
        if mark and (stored is None or stored.mark != mark):
            stamps.clear()  # which files are as the build made them is lost
        before = stored.files if stored else {}
        if before:
            there = set(store.names(_ORIGINALS))
            for address, processed in before.items():
                if _place(processed.made) not in there:
                    stamps.pop(address, None)
        return cls(store, output, before)

    def restore(self, made: Set[str]) -> list[str]:
        """Write the originals of files, except those `made` now; returns those that are lost."""
        lost, written = [], self.output.written
        for address, processed in self.before.items():
            if not processed.made or address in made or address not in written:
                continue
            original = self.store.load(_place(processed.made), codec_of(bytes))
            if original is not None:
                self.output.restore(address, original)
                self._originals[address] = processed.made
            else:
                lost.append(address)
        return lost

    def keep_originals(self, made: Iterable[str]) -> None:
        """Keep files that were made now, and note which files there are, before plugins run.

        From here on a build that is killed leaves files that only plugins have seen, so the
        next one makes all files.
        """
        forget_state(self.store)
        root = self.output.root
        for address in made:
            content = (root / address).read_bytes()
            digest = self._originals[address] = digest_of(content)
            self.store.save(_place(digest), content, codec_of(bytes))
        found = self._all_files()
        if self.output.is_after_interruption:
            ours = self.output.written.keys() | self.output.earlier()
            # Nothing lists what plugins had added to a build that was killed: files that they
            # added before are known, and `index.html.gz` goes with `index.html`.
            stale = {
                address
                for address in found - ours
                if address in self.before or address.rpartition(".")[0] in ours
            }
            for address in stale:
                (root / address).unlink()
            found -= stale
        self._found = found

    def end(self, kept: BuildState) -> None:
        """Find what plugins have done; `kept` gets the stamps of files as they left them."""
        output, done = self.output, dict[str, Processed]()
        for address, stamp in output.written.items():
            left = stamp_of(f"{output.root}/{address}") or GONE
            made = self._originals.get(address, b"")
            if left == stamp:
                continue
            digest = b"" if left == GONE else digest_of_file(f"{output.root}/{address}")
            # Files with the same bytes, too: plugins write them at every build.
            done[address] = self._processed(address, made, left, digest)
            output.written[address] = done[address].left
            kept.leave(address, done[address].left if made else None)
        for address in self._all_files() - self._found - output.written.keys():
            path = f"{output.root}/{address}"
            if added := stamp_of(path):
                done[address] = self._processed(address, b"", added, digest_of_file(path))
        output.list_files(output.written.keys() | done.keys())
        kept.processed = self._save(done)

    def forget(self) -> None:
        """No plugin changes files any more."""
        if self.before:
            self._save({})

    def _save(self, done: dict[str, Processed]) -> bytes:
        """Keep what was done; returns a mark of it, empty for nothing."""
        used = {_place(processed.made) for processed in done.values()}
        for name in self.store.names(_ORIGINALS):
            if name not in used:
                self.store.drop(name)
        if not done:
            self.store.drop(_NAME)
            return b""
        mark = os.urandom(8)
        self.store.save(_NAME, _Stored(mark, done), codec_of(_Stored))
        return mark

    def _processed(self, address: str, made: bytes, left: Stamp, digest: bytes) -> Processed:
        former = self.before.get(address)
        if former and digest and digest == former.bytes_left:
            path, time = f"{self.output.root}/{address}", former.left[1]
            os.utime(path, ns=(time, time))
            left = stamp_of(path) or left
        return Processed(made, left, digest)

    def _all_files(self) -> set[str]:
        root = str(self.output.root)
        return {
            Path(folder, name).relative_to(root).as_posix()
            for folder, _, names in os.walk(root)
            for name in names
        }


def _place(made: bytes) -> str:
    return f"{_ORIGINALS}/{made.hex()}"
