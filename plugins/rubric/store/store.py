"""The store: a folder with results of earlier builds. It may be deleted at any time.

Each file begins with a checksum of its content and a digest of the code that has written it. A
damaged file, or one of another version, counts as missing. Files contain only data, which is
decoded as the expected type (rubric.store.codec).
"""

from __future__ import annotations

import re
import shutil
import struct
from collections.abc import Set
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import TypeVar
from zlib import crc32

from rubric.model.atomic import write_atomically
from rubric.store.codec import Codec, Invalid, codec_of
from rubric.store.digests import digest_of
from rubric.store.locking import NAME as LOCK

T = TypeVar("T")

_MAGIC = b"RUBRIC\x00\x03"
_SIZE = 16
_START = len(_MAGIC) + _SIZE + 12
_NAME = re.compile(r"(?:[\w-]+/)?[\w-][\w.-]*")
"""Valid names: a file, or a folder and a file. Other names could be outside the store."""

STAMP = "stamp"
"""The name of the stamp of the last build (rubric.store.build_stamp)."""


@dataclass(slots=True)
class Store:
    """Stores values by name in files below `folder`; files of another `version` are invalid."""

    folder: Path
    version: bytes

    @classmethod
    def beside(cls, output: Path, version: bytes) -> Store:
        """Return the store for an output folder."""
        return cls(output.parent / f".{output.name}.store", version)

    def load(self, name: str, codec: Codec[T]) -> T | None:
        """Return a value; None if it is missing, damaged or of another version or type."""
        try:
            content = memoryview(self._path(name).read_bytes())
            if content[:_START] != self._head(name, content[_START:]):
                return None
            return codec.decode(content[_START:])
        except (OSError, Invalid):
            return None

    def save(self, name: str, value: T, codec: Codec[T]) -> None:
        """Store a value atomically."""
        self.write(name, codec.encode(value))

    def write(self, name: str, payload: bytes) -> None:
        """Store an encoded value atomically."""
        write_atomically(self._path(name), self._head(name, payload) + payload)

    def drop_stamp(self) -> None:
        """Delete the stamp of the last build, because the stored data changes."""
        self.drop(STAMP)

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
        """Return the names of all values in a folder."""
        found = (self.folder / folder).glob("*")
        return sorted(f"{folder}/{path.name}" for path in found if _NAME.fullmatch(path.name))

    def _path(self, name: str) -> Path:
        """Return the path of a value. Raises Invalid for a name outside the store."""
        if not _NAME.fullmatch(name):
            raise Invalid(f"“{name}” is not a valid name.")
        return self.folder / name

    def _head(self, name: str, payload: bytes | memoryview) -> bytes:
        """Return the head of a file: version and checksum. It detects damage, not forgery."""
        owner = blake2b(name.encode(), key=self.version, digest_size=_SIZE).digest()
        return _MAGIC + owner + struct.pack("<LQ", crc32(payload), len(payload))


@dataclass(frozen=True, slots=True)
class StoreFolder:
    """Values by name. A value may have several versions; see `rubric.model.memo.Storage`."""

    store: Store
    folder: str

    def load(self, name: str, kind: type[T]) -> T | None:
        """Return a value; None if it is missing, damaged or of another type."""
        return self.store.load(f"{self.folder}/{name}", codec_of(kind))

    def save(self, name: str, value: T, kind: type[T]) -> None:
        """Store a value, replacing the former one."""
        self.store.save(f"{self.folder}/{name}", value, codec_of(kind))

    def save_version(self, name: str, value: T, kind: type[T]) -> str:
        """Store a value in addition to former versions; returns the name of this version."""
        packed = codec_of(kind).encode(value)
        version = f"{name}.{digest_of(packed).hex()}"
        self.store.write(f"{self.folder}/{version}", packed)
        return version

    def keep_only(self, names: Set[str]) -> None:
        """Remove all other values."""
        for name in self.store.names(self.folder):
            if name.partition("/")[2] not in names:
                self.store.drop(name)
