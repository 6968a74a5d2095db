"""Sees that every text has one translation a language and one address of its own."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

from plugins.model.entry import Entry
from plugins.model.site import Site, save_as
from plugins.model.view import View

_OF_THE_SITE = "a page of the site itself"


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


def check_addresses(site: Site, views: Iterable[View]) -> None:
    """Report two pages that would be written to one address, naming both; claim the rest.

    Pages that stand in for a translation are left out: their originals are told already.
    """
    # File systems that ignore case would write both to one file.
    firsts: dict[str, View] = {}
    clashes: dict[str, list[View]] = {}
    for view in views:
        if view.template == "redirect" or "entry" not in view.variables:
            key = view.url.casefold()
            first = firsts.setdefault(key, view)
            if first is not view:
                clashes.setdefault(key, [first]).append(view)
    for wanting in clashes.values():
        wanting.sort(key=lambda view: (view.template == "redirect", view.url))
        for view in wanting[1:]:
            _tell(site, view, wanting[0])
    firsts |= {key: wanting[0] for key, wanting in clashes.items()}
    site.claims.add_all((save_as(view.url), _owner(site, view)) for view in firsts.values())


def _owner(site: Site, view: View) -> str:
    entry = _entry(view)
    return site.where(entry) if entry else _OF_THE_SITE


def _tell(site: Site, view: View, first: View) -> None:
    """Report the entry of a view whose address `first` has already."""
    entry = _entry(view)
    if entry is None:
        return
    is_alias = view.template == "redirect"
    field = "aliases" if is_alias else "slug"
    spelled = "" if first.url == view.url else f" (/{first.url})"
    site.errors.add(
        site.where(entry),
        f"would be written to /{view.url}, where {_owner(site, first)}{spelled} is.",
        "Take the alias out." if is_alias else "Give one of them another slug.",
        line=entry.lines.get(field, 0),
        field=field,
    )


def _entry(view: View) -> Entry | None:
    subject = view.variables.get("entry", view.subject)
    return subject if isinstance(subject, Entry) else None
