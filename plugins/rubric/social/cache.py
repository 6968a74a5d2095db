"""Cache of drawn images: a folder of PNG files named by digest."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from rubric.model.atomic import write_atomically

_SIGNATURE = b"\x89PNG\r\n\x1a\n"


@dataclass(slots=True)
class Cache:
    """PNG files below `folder`, which may be deleted at any time. `drawn` counts cache misses."""

    folder: Path
    drawn: int = 0

    def get(self, digest: str, draw: Callable[[], bytes]) -> bytes:
        """Return the image with a digest; draws it if it is missing or incomplete."""
        path = self.folder / digest[:2] / f"{digest}.png"
        try:
            kept = path.read_bytes()
        except OSError:
            kept = b""
        if is_whole(kept):
            return kept
        content = draw()
        self.drawn += 1
        # Several builds may share the cache.
        write_atomically(path, content)
        return content


def is_whole(png: bytes) -> bool:
    """True if a PNG file is complete and all checksums are correct (PNG, 5.3)."""
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
