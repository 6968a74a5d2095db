"""Reads regular files only: opening a named pipe blocks, opening a device may do anything."""

from __future__ import annotations

import errno
import os
import stat
from os import PathLike

_KINDS = (
    (stat.S_ISDIR, "it is a folder"),
    (stat.S_ISFIFO, "it is a named pipe"),
    (stat.S_ISSOCK, "it is a socket"),
    (stat.S_ISCHR, "it is a device"),
    (stat.S_ISBLK, "it is a device"),
)


def size_of_regular(path: str | PathLike[str]) -> int:
    """Return the size of a regular file in bytes without opening it. Raises OSError."""
    status = os.stat(path)  # noqa: PTH116 (for each text: it counts)
    if stat.S_ISREG(status.st_mode):
        return status.st_size
    kind = next((text for is_kind, text in _KINDS if is_kind(status.st_mode)), "it is no file")
    raise OSError(errno.EINVAL, kind, os.fspath(path))


def read_regular(path: str | PathLike[str]) -> bytes:
    """Return the content of a regular file. Raises OSError, also for devices and pipes."""
    size_of_regular(path)
    with open(path, "rb") as file:  # noqa: PTH123 (a path of any kind)
        return file.read()


def reason_of(error: Exception) -> str:
    """Why a file could not be read, without error numbers and paths."""
    if isinstance(error, UnicodeDecodeError):
        return f"it is not UTF-8 text (byte {error.object[error.start]:#04x})"
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    return (error.strerror if isinstance(error, OSError) else None) or str(error).rstrip(".")


def printable(name: str) -> str:
    """Return a file name for printing: bytes that are not UTF-8 become U+FFFD."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def is_utf8(name: str) -> bool:
    """Return whether a file name is UTF-8, as URLs require."""
    return name.isascii() or not any("\ud800" <= char <= "\udfff" for char in name)
