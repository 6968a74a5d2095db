"""Sees that every text has one translation a language and one address of its own."""

from __future__ import annotations

from collections.abc import Iterable

from plugins.model.entry import Entry
from plugins.model.site import Site
from plugins.model.view import View


def check_translations(site: Site) -> None:
    """Report two files that are the same text in the same language."""
    seen: dict[str, Entry] = {}
    for entry in sorted(site.entries, key=lambda entry: entry.source):
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


def check_addresses(site: Site, views: Iterable[View]) -> None:
    """Report two pages that would be written to one address, naming both files."""
    owners: dict[str, str] = {}
    folded: dict[str, str] = {}
    for view in sorted(views, key=lambda view: (view.template == "redirect", view.url)):
        entry = view.variables.get("entry", view.subject)
        owner = site.where(entry) if isinstance(entry, Entry) else "a page of the site itself"
        first = owners.setdefault(view.url, owner)
        # File systems that ignore case would write both to one file.
        same = folded.setdefault(view.url.casefold(), view.url)
        if (first is not owner or same != view.url) and isinstance(entry, Entry):
            is_alias = view.template == "redirect"
            field = "aliases" if is_alias else "slug"
            site.errors.add(
                owner,
                f"would be written to /{view.url}, where {owners[same]} is.",
                "Take the alias out." if is_alias else "Give one of them another slug.",
                line=entry.lines.get(field, 0),
                field=field,
            )
