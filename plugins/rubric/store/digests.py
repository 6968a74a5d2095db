"""Digests of 64 bits; this is enough because only versions of the same value are compared."""

from __future__ import annotations

import hashlib
import marshal
from functools import partial
from hashlib import blake2b
from typing import Any

from rubric.model.regular import size_of_regular

_SIZE = 8
_SHORT = 24


def digest_of(content: bytes) -> bytes:
    """Return the digest of bytes."""
    return blake2b(content, digest_size=_SIZE).digest()


def digest_of_file(path: str) -> bytes:
    """Return the digest of a file without loading all of it into memory. Raises OSError."""
    size_of_regular(path)
    with open(path, "rb") as file:  # noqa: PTH123 (for each file: it counts)
        return hashlib.file_digest(file, partial(blake2b, digest_size=_SIZE)).digest()


def brief(plain: Any) -> bytes:
    """Return the encoded value if it is short, otherwise its digest."""
    content = marshal.dumps(plain, 2)  # 2: no references by identity
    return content if len(content) <= _SHORT else digest_of(content)
