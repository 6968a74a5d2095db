"""Facts once: joins what the translations of one thing say about it.

A fact stands in one of the files, and the others inherit it; two files that disagree are
an error. Words (a venue's name, a city) may differ by language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rubric.model.entry import Entry
from rubric.model.metadata import Metadata
from rubric.model.site import Site

Versions = Mapping[str, Entry]
"""The translations of one thing, by language key."""


def find_original(site: Site, versions: Versions, fact: str) -> Entry:
    """The version that states `fact`; the first in the site's order if none does."""
    ordered = [versions[lang] for lang in site.languages if lang in versions]
    stated = (entry for entry in ordered if getattr(entry.metadata, fact) is not None)
    return next(stated, ordered[0])


def join_facts(site: Site, versions: Versions, names: Sequence[str]) -> dict[str, Any]:
    """Every fact that any version states; contradictions go to the site's error log."""
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
                refuse(
                    site,
                    entry,
                    name,
                    f"contradicts {site.where(first)}:{line}, the same in another language.",
                    "Keep the fact in one of the files; the others inherit it.",
                )
    return facts


def choose_words(
    site: Site, versions: Versions, lang: str, original: Entry, names: Sequence[str]
) -> dict[str, Any]:
    """Each text field as `lang` says it, else a language of its chain, else the original."""
    chain = [versions[key] for key in (lang, *site.languages[lang].chain) if key in versions]
    said = {}
    for name in names:
        values = (getattr(entry.metadata, name) for entry in (*chain, original))
        said[name] = next((value for value in values if value not in (None, ())), None)
    return said


def refuse(site: Site, entry: Entry, field: str, problem: str, fix: str) -> None:
    """Tell a mistake in one front-matter field."""
    site.errors.add(site.where(entry), problem, fix, line=entry.lines.get(field, 1), field=field)


def check_coordinates(site: Site, entry: Entry, facts: Mapping[str, Any]) -> None:
    """Refuse a latitude without a longitude, and the other way round."""
    names = ("latitude", "longitude")
    given = [name for name in names if name in facts]
    if len(given) == 1:
        (missing,) = set(names) - set(given)
        refuse(site, entry, given[0], f"needs {missing}, too.", "Write both, or neither.")


def facts_of(model: type[Metadata], words: tuple[str, ...]) -> tuple[str, ...]:
    """The fields of a kind that are facts: neither common to all kinds nor words."""
    common = Metadata.model_fields
    return tuple(name for name in model.model_fields if name not in common and name not in words)
