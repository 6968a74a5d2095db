"""Merges the front matter of the translations of one event or group.

Facts, such as the start, are stated in one of the files and inherited by the others; it is an
error if two files contradict each other. Text fields, such as the venue, may differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rubric.model.entry import Entry
from rubric.model.metadata import Metadata
from rubric.model.site import Site

Versions = Mapping[str, Entry]
"""The translations of one event or group, by language key."""


def find_original(site: Site, versions: Versions, fact: str) -> Entry:
    """Return the version that states `fact`, else the first one in the order of languages."""
    ordered = [versions[lang] for lang in site.languages if lang in versions]
    stated = (entry for entry in ordered if getattr(entry.metadata, fact) is not None)
    return next(stated, ordered[0])


def merge_facts(site: Site, versions: Versions, names: Sequence[str]) -> dict[str, Any]:
    """Return the facts that any version states; add contradictions to `site.errors`."""
    facts: dict[str, Any] = {}
    stated_by: dict[str, Entry] = {}
    for entry in (versions[lang] for lang in site.languages if lang in versions):
        for name in names:
            value = getattr(entry.metadata, name)
            if value in (None, ()):
                continue
            first = stated_by.setdefault(name, entry)
            if facts.setdefault(name, value) != value:
                line = first.lines.get(name, 0)
                add_error(
                    site,
                    entry,
                    name,
                    f"contradicts its translation {site.where(first)}:{line}.",
                    "Keep the fact in one of the files; the others inherit it.",
                )
    return facts


def choose_texts(
    site: Site, versions: Versions, lang: str, original: Entry, names: Sequence[str]
) -> dict[str, Any]:
    """Return each text field in `lang`, else in a language of its chain, else in the original."""
    chain = [versions[key] for key in (lang, *site.languages[lang].chain) if key in versions]
    texts = {}
    for name in names:
        values = (getattr(entry.metadata, name) for entry in (*chain, original))
        texts[name] = next((value for value in values if value not in (None, ())), None)
    return texts


def add_error(site: Site, entry: Entry, field: str, problem: str, fix: str) -> None:
    """Report an error in one front-matter field."""
    site.errors.add(site.where(entry), problem, fix, line=entry.lines.get(field, 1), field=field)


def check_coordinates(site: Site, entry: Entry, facts: Mapping[str, Any]) -> None:
    """Report a latitude without longitude, or a longitude without latitude."""
    names = ("latitude", "longitude")
    given = [name for name in names if name in facts]
    if len(given) == 1:
        (missing,) = set(names) - set(given)
        add_error(site, entry, given[0], f"needs {missing}, too.", "Write both, or neither.")


def fact_fields(model: type[Metadata], texts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the fields of a kind that are facts: neither common to all kinds nor texts."""
    common = Metadata.model_fields
    return tuple(name for name in model.model_fields if name not in common and name not in texts)
