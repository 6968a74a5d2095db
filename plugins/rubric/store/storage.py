"""Folders of the store for plugins that detect changes themselves."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from typing import TypeVar

from rubric.store.codec import codec_of
from rubric.store.digests import digest_of
from rubric.store.store import Store

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Versions:
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
