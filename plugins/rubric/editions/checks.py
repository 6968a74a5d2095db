"""Checks that every text has one file in each language."""

from __future__ import annotations

from operator import attrgetter

from rubric.model.entry import Entry
from rubric.model.site import Site


def check_translations(site: Site) -> None:
    """Report two files that are the same text in the same language."""
    seen: dict[str, Entry] = {}
    for entry in sorted([*site.entries, *site.gone], key=attrgetter("source")):
        first = seen.setdefault(entry.guid, entry)
        if first is not entry:
            site.errors.add(
                site.where(entry),
                f"is the {site.languages[entry.lang].tag} translation of “{entry.key}”, and so "
                f"is {site.where(first)}.",
                "Change translation_key in one of them, or delete one.",
                line=entry.lines.get("translation_key", 0),
                field="translation_key",
            )
