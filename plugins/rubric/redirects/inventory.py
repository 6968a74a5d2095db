"""Collects the `Inventory` of a site that is read, linked and planned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from rubric.model.addresses import former_address
from rubric.model.edition import Edition
from rubric.model.entry import Entry
from rubric.model.site import Site
from rubric.model.typography import plain_spaces
from rubric.model.view import View
from rubric.redirects.lock import AddressLock, CurrentPage
from rubric.redirects.resolve import Inventory


def has_former_addresses(site: Site, lock: AddressLock | None) -> bool:
    """Return whether the lock, front matter aliases or `gone: true` name a former address."""
    has_lock = lock is not None and bool(lock.entries)
    return has_lock or bool(site.gone) or any(entry.metadata.aliases for entry in site.entries)


def build_inventory(
    site: Site, editions: Mapping[str, Edition], views: Sequence[View], lock: AddressLock | None
) -> Inventory:
    """Build the inventory; all plugins must have claimed their addresses before."""
    lock = lock or AddressLock()
    public = [entry for entry in site.entries if entry.status != "draft"]
    pages = [_current_page(site, entry) for entry in public]
    guids = {page.guid for page in pages}
    return Inventory(
        lock=lock,
        pages=(
            *pages,
            # A hidden translation has its guid already.
            *(page for page in _fallback_pages(site, editions) if page.guid not in guids),
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
        existing=_existing(site, views),
        unpublished=frozenset(
            address
            for locked in lock.entries.values()
            for address in locked.addresses
            if site.missing_at(address)
        ),
    )


def _existing(site: Site, views: Sequence[View]) -> frozenset[str]:
    """Return all files and pages except redirect pages, which are claimed as well."""
    redirects = {view.url for view in views if view.template == "redirect"}
    live = {view.url for view in views if view.template != "redirect"}
    return (site.claims.addresses() | live) - redirects - {f"{url}index.html" for url in redirects}


def _shown(editions: Mapping[str, Edition], lock: AddressLock) -> dict[str, str]:
    """Return the addresses that editions list for locked fallbacks, by guid."""
    waiting = {guid for guid, locked in lock.entries.items() if locked.is_fallback}
    if not waiting:
        return {}
    return {
        guid: item.url
        for edition in editions.values()
        for item in edition.listings()
        if (guid := f"{edition.lang}/{item.entry.key}") in waiting
    }


def find_drafts(site: Site) -> dict[str, tuple[str, int]]:
    """Return file and line of every draft, by guid."""
    return {
        entry.guid: (site.where(entry), entry.lines.get("status", entry.lines.get("date", 0)))
        for entry in site.entries
        if entry.status == "draft"
    }


def _current_page(site: Site, entry: Entry) -> CurrentPage:
    return CurrentPage(
        guid=entry.guid,
        address=entry.url,
        title=plain_spaces(entry.title),
        date=entry.date.date().isoformat() if entry.date else "",
        where=site.where(entry),
        line=entry.lines.get("slug", 0),
        is_hidden=entry.status == "hidden",
    )


def _fallback_pages(site: Site, editions: Mapping[str, Edition]) -> Iterator[CurrentPage]:
    """Yield the pages that show an original, with the guid of the missing translation."""
    for edition in editions.values():
        home = edition.home
        for item in edition.listings():
            if item.is_fallback and item.url.startswith(home):
                yield CurrentPage(
                    guid=f"{edition.lang}/{item.entry.key}",
                    address=item.url,
                    title=plain_spaces(item.entry.title),
                    where=site.where(item.entry),
                    is_fallback=True,
                )
