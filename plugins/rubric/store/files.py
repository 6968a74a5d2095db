"""The files that texts are read of."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from pathlib import Path

from rubric.model.errors import TooLarge
from rubric.model.regular import size_of_regular
from rubric.store.digests import digest_of


@dataclass(slots=True)
class Files:
    """Files below a folder, each by its path from there; of one, at most `max_bytes` are read.

    `untouched` are the whole paths of files that were not written since texts were last kept.
    """

    folder: Path
    untouched: Set[str]
    max_bytes: int = 0
    _top: str = field(init=False)

    def __post_init__(self) -> None:
        self._top = f"{self.folder}/"

    def content(self, source: str) -> bytes | OSError:
        """A file's bytes, or why it has none."""
        try:
            path = self._top + source
            size = size_of_regular(path)
            if size > self.max_bytes:
                return TooLarge(size)
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123 (for each text: it counts)
                return file.read()
        except OSError as error:
            return error

    def has(self, source: str, digest: bytes) -> bool:
        """Whether a file still has the bytes of a digest."""
        if self._top + source in self.untouched:
            return True
        content = self.content(source)
        return isinstance(content, bytes) and digest_of(content) == digest
