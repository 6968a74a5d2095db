"""Checks that each page has an address of its own, and claims it."""

from __future__ import annotations

from collections.abc import Iterable

from rubric.model.addresses import file_key
from rubric.model.edition import AuthorPage, TagPage
from rubric.model.entry import Entry
from rubric.model.site import Site, save_as
from rubric.model.view import View

_OF_THE_SITE = "a page of the site itself"


def claim_pages(site: Site, views: Iterable[View]) -> None:
    """Report pages that would be written to one address, naming both; claim the rest.

    Two files of one pair are reported once, although texts that are shown in several editions
    may clash in each of them.
    """
    firsts: dict[str, View] = {}
    clashes: dict[str, list[View]] = {}
    for view in views:
        key = file_key(view.url)
        first = firsts.setdefault(key, view)
        if first is not view:
            clashes.setdefault(key, [first]).append(view)
    for wanting in clashes.values():
        wanting.sort(key=_priority)
    reported: set[tuple[str, str]] = set()
    for first, *others in sorted(clashes.values(), key=lambda w: any(map(_is_stand_in, w))):
        for view in others:
            pair = (_owner(site, first), _owner(site, view))
            if pair not in reported:
                reported.add(pair)
                _report(site, view, first)
    firsts |= {key: wanting[0] for key, wanting in clashes.items()}
    site.claims.add_all((save_as(view.url), _owner(site, view)) for view in firsts.values())


def _priority(view: View) -> tuple[bool, bool, bool, str, str]:
    """Pages of the site come first, then texts, stand-ins for translations, and aliases."""
    entry = _entry(view)
    source = entry.source if entry else ""
    return entry is not None, _is_alias(view), _is_stand_in(view), view.url, source


def _is_alias(view: View) -> bool:
    return view.template == "redirect"


def _is_stand_in(view: View) -> bool:
    """Whether the page shows a text in an edition of another language."""
    return not _is_alias(view) and "entry" in view.variables


def _owner(site: Site, view: View) -> str:
    """The file that a page is made of; a page of the site is described, with a file if any."""
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
    """Report the entry of a view whose address `first` has already."""
    entry = _entry(view)
    if entry is None:
        return
    field, fix = "slug", "Give one of them another slug."
    spelled = "" if first.url == view.url else f" (/{first.url})"
    why = ""
    if _is_alias(view):
        field, fix = "aliases", "Take the alias out."
    elif _is_stand_in(view):
        tag = view.edition.language.tag
        why = f" as the {tag} edition shows it for lack of a translation"
        fix = (
            "Give one of them another slug, or both one translation_key if they are "
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
