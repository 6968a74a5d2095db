"""Sources of texts that are published beside their pages (OUTPUT_SOURCES)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rubric.model.entry import Entry


def find_sources(entries: Iterable[Entry], ending: str) -> Iterator[tuple[str, Entry]]:
    """Yield the address of each source to publish, and its entry.

    Drafts are left out, and events with a private link, because the source contains it.
    """
    for entry in entries:
        if entry.status != "draft" and not getattr(entry.metadata, "join_url", None):
            yield f"{entry.url}index{ending}", entry
