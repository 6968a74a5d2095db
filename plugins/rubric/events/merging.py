"""Merges the front matter of the translations of one event or group.

Facts, such as the start, are stated in one of the files and inherited by the others; it is an
error if two files contradict each other. Text fields, such as the venue, may differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rubric.model.entry import Entry
from rubric.model.metadata import Metadata
from rubric.model.site import Site

Versions = Mapping[str, Entry]
"""The translations of one event or group, by language key."""


@dataclass(frozen=True, slots=True)
class Merged:
    """The translations of one event or group, and the facts that any of them states."""

    site: Site
    versions: Versions
    original: Entry
    facts: Mapping[str, Any]

    def texts(self, lang: str, names: Sequence[str]) -> dict[str, Any]:
        """Return text fields in `lang`, else in a language of its chain, else in the original."""
        chain = (lang, *self.site.languages[lang].chain)
        entries = [*(self.versions[key] for key in chain if key in self.versions), self.original]
        return {
            name: next((v for e in entries if (v := _stated(e, name)) is not None), None)
            for name in names
        }

    def add_error(self, field: str, problem: str, fix: str) -> None:
        """Report an error in the version that states a field; in the original if none does."""
        entries = (self.original, *self.versions.values())
        stated = (e for e in entries if getattr(e.metadata, field) is not None)
        add_error(self.site, next(stated, self.original), field, problem, fix)


def merge(site: Site, versions: Versions, names: Sequence[str], key_fact: str) -> Merged:
    """Merge the facts `names`; contradictions and incomplete coordinates are errors.

    The original is the version that states `key_fact`, else the first one in the order of
    languages.
    """
    ordered = [versions[lang] for lang in site.languages if lang in versions]
    stated = (entry for entry in ordered if _stated(entry, key_fact) is not None)
    facts: dict[str, Any] = {}
    stated_by: dict[str, Entry] = {}
    for entry in ordered:
        for name in names:
            value = _stated(entry, name)
            if value is None:
                continue
            first = stated_by.setdefault(name, entry)
            if facts.setdefault(name, value) != value:
                place = f"{site.where(first)}:{first.lines.get(name, 0)}"
                fix = "Keep the fact in one of the files; the others inherit it."
                add_error(site, entry, name, f"contradicts its translation {place}.", fix)
    merged = Merged(site, versions, next(stated, ordered[0]), facts)
    for given, missing in (("latitude", "longitude"), ("longitude", "latitude")):
        if given in facts and missing not in facts:
            merged.add_error(given, f"needs {missing}, too.", "Write both, or neither.")
    return merged


def _stated(entry: Entry, name: str) -> Any:
    """Return the value of a field, or None if the entry does not state it."""
    value = getattr(entry.metadata, name)
    return None if value == () else value


def add_error(site: Site, entry: Entry, field: str, problem: str, fix: str) -> None:
    """Report an error in one front-matter field."""
    site.errors.add(site.where(entry), problem, fix, line=entry.lines.get(field, 1), field=field)


def check_group(site: Site, entry: Entry, name: str | None, groups: Mapping[str, Versions]) -> None:
    """Report the field `group` of an event or a post if there is no group of this file name."""
    if name is not None and name not in groups:
        known = ", ".join(sorted(groups)) or "the files in groups/"
        add_error(site, entry, "group", f"there is no user group “{name}”.", f"Choose: {known}.")


def fact_fields(model: type[Metadata], texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the fields of a kind that are facts: neither common to all kinds nor texts."""
    common = Metadata.model_fields
    return tuple(name for name in model.model_fields if name not in common and name not in texts)


def file_name(key: str) -> str:
    """Return the last part of a translation key, by which events and posts name a group."""
    return key.rpartition("/")[2]
