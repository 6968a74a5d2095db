"""Checks that each page has a unique address, and claims it."""

from __future__ import annotations

from collections.abc import Iterable

from rubric.model.addresses import file_key
from rubric.model.edition import AuthorPage, TagPage
from rubric.model.entry import Entry
from rubric.model.site import Site, save_as
from rubric.model.view import View

_OF_THE_SITE = "a page of the site itself"


def claim_pages(site: Site, views: Iterable[View]) -> None:
    """Report pages with the same address; claim the addresses of all pages.

    Two texts are reported once, even if they conflict in several editions.
    """
    firsts: dict[str, View] = {}
    conflicts: dict[str, list[View]] = {}
    for view in views:
        key = file_key(view.url)
        first = firsts.setdefault(key, view)
        if first is not view:
            conflicts.setdefault(key, [first]).append(view)
    for rivals in conflicts.values():
        rivals.sort(key=_priority)
    reported: set[tuple[str, str]] = set()
    for first, *others in sorted(conflicts.values(), key=_has_fallback):
        for view in others:
            pair = (_owner(site, first), _owner(site, view))
            if pair not in reported:
                reported.add(pair)
                _report(site, view, first)
    firsts |= {key: rivals[0] for key, rivals in conflicts.items()}
    site.claims.add_all((save_as(view.url), _owner(site, view)) for view in firsts.values())


def _priority(view: View) -> tuple[bool, bool, bool, str, str]:
    """Order: pages of the site, texts, fallbacks for missing translations, aliases."""
    entry = _entry(view)
    source = entry.source if entry else ""
    return entry is not None, _is_alias(view), _is_fallback(view), view.url, source


def _is_alias(view: View) -> bool:
    return view.template == "redirect"


def _is_fallback(view: View) -> bool:
    """Return whether the page shows a text in an edition of another language."""
    return not _is_alias(view) and "entry" in view.variables


def _has_fallback(views: Iterable[View]) -> bool:
    return any(map(_is_fallback, views))


def _owner(site: Site, view: View) -> str:
    """Return the file of a text, or a description of another page, with a file if possible."""
    entry = _entry(view)
    if entry:
        return site.where(entry)
    match view.subject:
        case TagPage(tag=tag, listings=listings):
            name, shown = f"the page of the tag #{tag.spelling}", listings
        case AuthorPage(author=author, listings=listings):
            name, shown = f"the page of the author {author.slug}", listings
        case _:
            return _OF_THE_SITE
    return f"{name} ({site.where(shown[0].entry)})" if shown else name


def _report(site: Site, view: View, first: View) -> None:
    """Report the entry of a view that has the same address as `first`."""
    entry = _entry(view)
    if entry is None:
        return
    field, fix = "slug", "Give one of them another slug."
    spelled = "" if first.url == view.url else f" (/{first.url})"
    why = ""
    if _is_alias(view):
        field, fix = "aliases", "Remove the alias."
    elif _is_fallback(view):
        tag = view.edition.language.tag
        why = f" because the {tag} edition shows it as a fallback for a missing translation"
        fix = (
            "Give one of them another slug, or both the same translation_key if they are "
            "translations of each other."
        )
    site.errors.add(
        site.where(entry),
        f"would be written to /{view.url}{why}, where {_owner(site, first)}{spelled} is.",
        fix,
        line=entry.lines.get(field, 0),
        field=field,
    )


def _entry(view: View) -> Entry | None:
    subject = view.variables.get("entry", view.subject)
    return subject if isinstance(subject, Entry) else None
