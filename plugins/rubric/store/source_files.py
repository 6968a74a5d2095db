"""The files of texts."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from pathlib import Path

from rubric.model.errors import TooLarge
from rubric.model.regular import size_of_regular
from rubric.store.digests import digest_of


@dataclass(slots=True)
class Files:
    """Files below a folder, identified by their path relative to it.

    Larger files than `max_bytes` are not read. `untouched` are the complete paths of files that
    were not written since texts were last stored.
    """

    folder: Path
    untouched: Set[str]
    max_bytes: int = 0
    _top: str = field(init=False)

    def __post_init__(self) -> None:
        self._top = f"{self.folder}/"

    def content(self, source: str) -> bytes | OSError:
        """Return the bytes of a file, or the error if it cannot be read."""
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
        """Return whether the content of a file has this digest."""
        if self._top + source in self.untouched:
            return True
        content = self.content(source)
        return isinstance(content, bytes) and digest_of(content) == digest
