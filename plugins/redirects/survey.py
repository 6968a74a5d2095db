"""Gathers what decides about former addresses from a site that is read and linked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from plugins.model.addresses import former_address
from plugins.model.edition import Edition
from plugins.model.entry import Entry
from plugins.model.site import Site
from plugins.model.view import View
from plugins.redirects.lock import AddressLock, Place
from plugins.redirects.resolve import Facts


def survey(
    site: Site, editions: Mapping[str, Edition], views: Iterable[View], lock: AddressLock | None
) -> Facts:
    """All facts; to be asked once every plugin has claimed what it will write."""
    listings = [(edition, item) for edition in editions.values() for item in edition.listings()]
    shown = {f"{edition.lang}/{item.entry.key}": item.url for edition, item in listings}
    public = [entry for entry in site.entries if entry.status != "draft"]
    redirects = {view.url for view in views if view.template == "redirect"}
    taken = site.claims.addresses() | {view.url for view in views}
    return Facts(
        lock=lock or AddressLock(),
        places=(
            *(_place(site, entry) for entry in public),
            # A hidden translation has its guid already.
            *(p for p in _stand_ins(site, editions) if p.guid not in {e.guid for e in public}),
        ),
        aliases=tuple(
            (former_address(alias), entry.guid)
            for entry in public
            for alias in entry.metadata.aliases
        ),
        shown=shown,
        withdrawn={
            entry.guid: (entry.url, *map(former_address, entry.metadata.aliases))
            for entry in site.gone
        },
        # Pages of aliases are claimed, too, but they are no place to arrive at.
        taken=taken - redirects - {f"{url}index.html" for url in redirects},
    )


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
        date=f"{entry.date:%Y-%m-%d}" if entry.date else "",
        where=site.where(entry),
        line=entry.lines.get("slug", 0),
        is_hidden=entry.status == "hidden",
    )


def _stand_ins(site: Site, editions: Mapping[str, Edition]) -> Iterator[Place]:
    """Pages of an edition that show an original, under the guid of the translation."""
    for edition in editions.values():
        for item in edition.listings():
            if item.is_fallback and item.url.startswith(edition.home):
                yield Place(
                    guid=f"{edition.lang}/{item.entry.key}",
                    address=item.url,
                    title=item.entry.title,
                    where=site.where(item.entry),
                    is_stand_in=True,
                )
