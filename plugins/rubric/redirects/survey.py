"""Gathers what decides about former addresses from a site that is read and linked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rubric.model.addresses import former_address
from rubric.model.edition import Edition
from rubric.model.entry import Entry
from rubric.model.site import Site
from rubric.model.view import View
from rubric.redirects.lock import AddressLock, Place
from rubric.redirects.resolve import Facts


def has_former(site: Site, lock: AddressLock | None) -> bool:
    """Whether anything was ever published, as far as is known, that may be elsewhere now."""
    has_lock = lock is not None and bool(lock.entries)
    return has_lock or bool(site.gone) or any(entry.metadata.aliases for entry in site.entries)


def survey(
    site: Site, editions: Mapping[str, Edition], views: Iterable[View], lock: AddressLock | None
) -> Facts:
    """All facts; to be asked once every plugin has claimed what it will write."""
    lock = lock or AddressLock()
    public = [entry for entry in site.entries if entry.status != "draft"]
    places = [_place(site, entry) for entry in public]
    guids = {place.guid for place in places}
    return Facts(
        lock=lock,
        places=(
            *places,
            # A hidden translation has its guid already.
            *(place for place in _stand_ins(site, editions) if place.guid not in guids),
        ),
        aliases=tuple(
            (former_address(alias), entry.guid)
            for entry in public
            for alias in entry.metadata.aliases
        ),
        shown=_shown(editions, lock),
        withdrawn={
            entry.guid: (entry.url, *map(former_address, entry.metadata.aliases))
            for entry in site.gone
        },
        taken=_taken(site, views),
        unpublished=frozenset(
            address
            for locked in lock.entries.values()
            for address in locked.addresses
            if site.missing_at(address)
        ),
    )


def _taken(site: Site, views: Iterable[View]) -> frozenset[str]:
    """All files and pages; those of aliases are claimed, too, but no place to arrive at."""
    live: set[str] = set()
    redirects: set[str] = set()
    for view in views:
        (redirects if view.template == "redirect" else live).add(view.url)
    return (site.claims.addresses() | live) - redirects - {f"{url}index.html" for url in redirects}


def _shown(editions: Mapping[str, Edition], lock: AddressLock) -> dict[str, str]:
    """What editions show for the translations that stand-ins waited for."""
    waiting = {guid for guid, locked in lock.entries.items() if locked.is_stand_in}
    if not waiting:
        return {}
    return {
        guid: item.url
        for edition in editions.values()
        for item in edition.listings()
        if (guid := f"{edition.lang}/{item.entry.key}") in waiting
    }


def find_drafts(site: Site) -> dict[str, tuple[str, int]]:
    """File and line of what can't be seen now, by guid."""
    return {
        entry.guid: (site.where(entry), entry.lines.get("status", entry.lines.get("date", 0)))
        for entry in site.entries
        if entry.status == "draft"
    }


def _place(site: Site, entry: Entry) -> Place:
    return Place(
        guid=entry.guid,
        address=entry.url,
        title=entry.title,
        date=entry.date.date().isoformat() if entry.date else "",
        where=site.where(entry),
        line=entry.lines.get("slug", 0),
        is_hidden=entry.status == "hidden",
    )


def _stand_ins(site: Site, editions: Mapping[str, Edition]) -> Iterator[Place]:
    """Pages of an edition that show an original, under the guid of the translation."""
    for edition in editions.values():
        home = edition.home
        for item in edition.listings():
            if item.is_fallback and item.url.startswith(home):
                yield Place(
                    guid=f"{edition.lang}/{item.entry.key}",
                    address=item.url,
                    title=item.entry.title,
                    where=site.where(item.entry),
                    is_stand_in=True,
                )
