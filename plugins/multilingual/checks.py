"""Sees that every text has one translation a language and one address of its own."""

from __future__ import annotations

from collections.abc import Iterable

from plugins.model.entry import Entry
from plugins.model.site import Site, save_as
from plugins.model.view import View


def check_translations(site: Site) -> None:
    """Report two files that are the same text in the same language."""
    seen: dict[str, Entry] = {}
    for entry in sorted([*site.entries, *site.gone], key=lambda entry: entry.source):
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
    """Report two pages that would be written to one address, naming both; claim the rest.

    Pages that stand in for a translation are left out: their originals are told already.
    """
    owners: dict[str, View] = {}
    own = (view for view in views if view.template == "redirect" or "entry" not in view.variables)
    for view in sorted(own, key=lambda view: (view.template == "redirect", view.url)):
        # File systems that ignore case would write both to one file.
        first = owners.setdefault(view.url.casefold(), view)
        entry = _entry(view)
        if first is view:
            owner = site.where(entry) if entry else "a page of the site itself"
            site.claims.add(save_as(view.url), owner)
            continue
        if entry is None:
            continue
        is_alias = view.template == "redirect"
        field = "aliases" if is_alias else "slug"
        other = _entry(first)
        there = site.where(other) if other else "a page of the site itself"
        spelled = "" if first.url == view.url else f" (/{first.url})"
        site.errors.add(
            site.where(entry),
            f"would be written to /{view.url}, where {there}{spelled} is.",
            "Take the alias out." if is_alias else "Give one of them another slug.",
            line=entry.lines.get(field, 0),
            field=field,
        )


def _entry(view: View) -> Entry | None:
    subject = view.variables.get("entry", view.subject)
    return subject if isinstance(subject, Entry) else None
