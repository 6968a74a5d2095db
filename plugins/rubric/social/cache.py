"""Drawn pictures, kept in a folder by what is drawn on them."""

from __future__ import annotations

import os
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_SIGNATURE = b"\x89PNG\r\n\x1a\n"


@dataclass(slots=True)
class Cache:
    """PNG files below `folder`; it may be deleted at any time. `drawn` counts new ones."""

    folder: Path
    drawn: int = 0

    def get(self, digest: str, draw: Callable[[], bytes]) -> bytes:
        """The picture of that digest; drawn if it isn't there, or is not whole."""
        path = self.folder / digest[:2] / f"{digest}.png"
        try:
            kept = path.read_bytes()
        except OSError:
            kept = b""
        if is_whole(kept):
            return kept
        content = draw()
        self.drawn += 1
        path.parent.mkdir(parents=True, exist_ok=True)
        # Builds may run side by side, so nobody must find half a file.
        partial = path.with_name(f".{path.name}.{os.getpid()}")
        partial.write_bytes(content)
        os.replace(partial, path)
        return content


def is_whole(png: bytes) -> bool:
    """Whether a PNG file is all there: every chunk's checksum is right (PNG, 5.3)."""
    if not png.startswith(_SIGNATURE):
        return False
    place, kind = len(_SIGNATURE), b""
    while place + 12 <= len(png) and kind != b"IEND":
        length = int.from_bytes(png[place : place + 4], "big")
        kind, end = png[place + 4 : place + 8], place + 8 + length
        if zlib.crc32(png[place + 4 : end]) != int.from_bytes(png[end : end + 4], "big"):
            return False
        place = end + 4
    return kind == b"IEND" and place == len(png)
