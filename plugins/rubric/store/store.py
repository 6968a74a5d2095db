"""The store: what an earlier build made, kept in a folder that may be deleted at any time.

Every file begins with a checksum of its content and a digest of the code that made it. A file
that is damaged, old or made by others is treated as missing. Its content is data alone, read by
the type that is expected there (rubric.store.codec).
"""

from __future__ import annotations

import re
import shutil
import struct
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar
from zlib import crc32

from rubric.model.atomic import write_atomically
from rubric.store.codec import Codec, Invalid
from rubric.store.locking import NAME as LOCK

T = TypeVar("T")

_MAGIC = b"RUBRIC\x00\x03"
_SIZE = 16
_START = len(_MAGIC) + _SIZE + 12
_NAME = re.compile(r"(?:[\w-]+/)?[\w-][\w.-]*")
"""A file in the store's folder, or in a folder there; other names lead elsewhere."""

SEAL = "seal"
"""The name of the record of an up-to-date build (rubric.store.build_stamp)."""


@dataclass(slots=True)
class Store:
    """Values by name, in files below `folder`; files of another `version` are invalid."""

    folder: Path
    version: bytes

    @classmethod
    def beside(cls, output: Path, version: bytes) -> Store:
        """The store of what is built into an output folder."""
        return cls(output.parent / f".{output.name}.store", version)

    def load(self, name: str, codec: Codec[T]) -> T | None:
        """The value of that name; None where there is none that can be trusted."""
        try:
            content = memoryview(self._path(name).read_bytes())
            if content[:_START] != self._head(name, content[_START:]):
                return None
            return codec.decode(content[_START:])
        except (OSError, Invalid):
            return None

    def save(self, name: str, value: T, codec: Codec[T]) -> None:
        """Keep a value; a reader never finds half of it."""
        self.write(name, codec.encode(value))

    def write(self, name: str, payload: bytes) -> None:
        """Keep a value that a codec has encoded."""
        write_atomically(self._path(name), self._head(name, payload) + payload)

    def unseal(self) -> None:
        """What is kept changes, so the last build is no longer known to be right."""
        self.drop(SEAL)

    def forget(self) -> None:
        """Delete everything except the lock, which the caller holds."""
        for path in self.folder.glob("*"):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            elif path.name != LOCK:
                path.unlink(missing_ok=True)

    def drop(self, name: str) -> None:
        self._path(name).unlink(missing_ok=True)

    def names(self, folder: str) -> list[str]:
        """The names that begin with a folder."""
        found = (self.folder / folder).glob("*")
        return sorted(f"{folder}/{path.name}" for path in found if _NAME.fullmatch(path.name))

    def _path(self, name: str) -> Path:
        """Raises Invalid for a name that is not one of the store, as a forged file may have."""
        if not _NAME.fullmatch(name):
            raise Invalid(f"“{name}” is not a name in the store.")
        return self.folder / name

    def _head(self, name: str, payload: bytes | memoryview) -> bytes:
        """The owner and a checksum, which detects damage but not forgery."""
        owner = blake2b(name.encode(), key=self.version, digest_size=_SIZE).digest()
        return _MAGIC + owner + struct.pack("<LQ", crc32(payload), len(payload))
