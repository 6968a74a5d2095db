"""The store: what an earlier build made, kept in a folder that may be deleted at any time.

Every file begins with a checksum of what it holds and a digest of the code that made it. A
file that is torn, old or somebody else's is as good as none, and nothing is loaded but the
model's own classes and a few of the standard library.
"""

from __future__ import annotations

import copyreg
import os
import pickle
import shutil
import struct
from dataclasses import dataclass
from hashlib import blake2b
from io import BytesIO
from pathlib import Path
from typing import Any
from zlib import crc32
from zoneinfo import ZoneInfo

from rubric.model.kinds import BUILT_IN, Kind, Kinds
from rubric.model.moment import load_zone
from rubric.store.locking import NAME as LOCK

_MAGIC = b"RUBRIC\x00\x02"
_SIZE = 16
_START = len(_MAGIC) + _SIZE + 12
_ALLOWED = frozenset(
    [
        *(("datetime", name) for name in ("date", "datetime", "time", "timedelta", "timezone")),
        ("rubric.model.moment", "load_zone"),
    ]
)


SEAL = "seal"
"""The name of what tells that a whole build is right (rubric.store.seal)."""


@dataclass(slots=True)
class Store:
    """Values by name, in files below `folder`; `version` tells whose they are.

    `kinds` are those of the texts that are kept.
    """

    folder: Path
    version: bytes
    kinds: Kinds = BUILT_IN

    @classmethod
    def beside(cls, output: Path, version: bytes, kinds: Kinds = BUILT_IN) -> Store:
        """The store of what is built into an output folder."""
        return cls(output.parent / f".{output.name}.store", version, kinds)

    def load(self, name: str) -> Any:
        """The value of that name; None where there is none that can be trusted."""
        try:
            content = (self.folder / name).read_bytes()
        except OSError:
            return None
        if content[:_START] != self._head(name, memoryview(content)[_START:]):
            return None
        try:
            return unpack(content, _START, self.kinds)
        except Exception:
            return None

    def save(self, name: str, value: Any) -> None:
        """Keep a value; a reader never finds half of it."""
        self.write(name, pack(value))

    def write(self, name: str, payload: bytes) -> None:
        """Keep a value that `pack` has packed."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f".{path.name}.{os.getpid()}")
        partial.write_bytes(self._head(name, payload) + payload)
        os.replace(partial, path)

    def unseal(self) -> None:
        """What is kept changes, so the last build is no longer known to be right."""
        self.drop(SEAL)

    def forget(self) -> None:
        """Throw away everything but the lock that whoever does so holds."""
        for path in self.folder.glob("*"):
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            elif path.name != LOCK:
                path.unlink(missing_ok=True)

    def drop(self, name: str) -> None:
        (self.folder / name).unlink(missing_ok=True)

    def names(self, folder: str) -> list[str]:
        """The names that begin with a folder."""
        found = (self.folder / folder).glob("*")
        return sorted(f"{folder}/{path.name}" for path in found if not path.name.startswith("."))

    def _head(self, name: str, payload: bytes | memoryview) -> bytes:
        """Whose it is, and a checksum: nobody is kept out, but what is torn is found out."""
        owner = blake2b(name.encode(), key=self.version, digest_size=_SIZE).digest()
        return _MAGIC + owner + struct.pack("<LQ", crc32(payload), len(payload))


def pack(value: Any, *, is_kept: bool = True) -> bytes:
    """A value as bytes, for a store, or for another process of this build unless `is_kept`.

    `unpack` finds kinds again by their name; a process has no need of that.
    """
    packed = BytesIO()
    pickler = pickle.Pickler(packed, pickle.HIGHEST_PROTOCOL)
    # Zones of our own data are found again by their name.
    table: dict[type, Any] = {**copyreg.dispatch_table, ZoneInfo: _reduce_zone}
    if is_kept:
        table[Kind] = _reduce_kind
    pickler.dispatch_table = table
    pickler.dump(value)
    return packed.getvalue()


def _reduce_zone(zone: ZoneInfo) -> tuple[Any, ...]:
    return load_zone, (zone.key,)


def unpack(packed: bytes, start: int = 0, kinds: Kinds = BUILT_IN) -> Any:
    """What `pack` has packed, from a place on. Raises UnpicklingError for anything that is no
    value of ours.
    """
    file = BytesIO(packed)
    file.seek(start)
    return _Unpickler(file, kinds).load()


def _reduce_kind(kind: Kind) -> tuple[Any, ...]:
    return find_kind, (kind.id,)


def find_kind(id: str) -> Kind:
    """Stands for the function of an unpickler that finds a kind of its site."""
    raise KeyError(id)


class _Unpickler(pickle.Unpickler):
    """Makes values of this project's classes and of models of added kinds.

    It calls nothing that could do anything.
    """

    def __init__(self, file: BytesIO, kinds: Kinds) -> None:
        super().__init__(file)
        self._kinds = kinds

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == (find_kind.__module__, find_kind.__name__):
            return self._kinds.__getitem__
        for kind in self._kinds:
            if (kind.model.__module__, kind.model.__qualname__) == (module, name):
                return kind.model
        found = super().find_class(module, name)
        is_own = isinstance(found, type) and found.__module__.startswith("rubric.")
        if "." not in name and (is_own or (module, name) in _ALLOWED):
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a store.")
