"""Files that readers download, with type and size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from rubric.model.recording import Download

_TYPES = frozenset(
    (
        *("pdf", "epub", "doc", "docx", "odt", "rtf", "xls", "xlsx", "ods", "csv", "tsv"),
        *("ppt", "pptx", "odp", "key", "zip", "gz", "7z", "tar", "ics", "vcf"),
        *("mp3", "m4a", "aac", "flac", "oga", "ogg", "opus", "wav"),
        *("mp4", "m4v", "mov", "ogv", "webm"),
    )
)


def find_downloads(files: Iterable[tuple[str, Path]]) -> Iterator[tuple[str, Download]]:
    """Yield the link of each file that is not shown in pages, from pairs of link and source."""
    for link, source in files:
        kind = PurePosixPath(link).suffix.lower().lstrip(".")
        if kind in _TYPES:
            try:
                yield link, Download(kind.upper(), source.stat().st_size)
            except OSError:
                continue  # reported when files are checked
