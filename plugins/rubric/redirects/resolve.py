"""Decides what happens to each former address: one redirect to an existing page, or status 410."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from rubric.redirects.lock import AddressLock, CurrentPage, LockedAddress


@dataclass(frozen=True, slots=True, order=True)
class Redirect:
    """A redirect from a former address to an existing page.

    `source` and `target` are paths below the root, not percent-encoded. `title` is that of the
    target, `lang` the language of the redirect page. `is_alias` marks an alias from front
    matter, whose page is planned together with its entry's. `is_hidden` marks a target to
    which no list links.
    """

    source: str
    target: str
    title: str
    lang: str
    is_alias: bool = False
    is_hidden: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Gone:
    """A former address whose text was removed permanently."""

    source: str
    lang: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """Everything that `resolve` needs.

    Attributes:
        lock: The committed lock.
        pages: All public pages of entries in this build.
        aliases: Pairs of an address and the guid it leads to, from front matter.
        shown: The address of the page that an edition lists for a guid, if the guid is a
            locked fallback; it may be in another language.
        withdrawn: The addresses of files with `gone: true`, by guid.
        existing: All files and pages of the build, as paths below the root.
        unpublished: Locked addresses of features whose plugins are not in PLUGINS.

    """

    lock: AddressLock
    pages: tuple[CurrentPage, ...]
    aliases: tuple[tuple[str, str], ...] = ()
    shown: Mapping[str, str] = field(default_factory=dict)
    withdrawn: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    existing: frozenset[str] = frozenset()
    unpublished: frozenset[str] = frozenset()


Outcome = Redirect | Gone
"""What happens to a former address."""


def resolve(inventory: Inventory) -> dict[str, Outcome]:
    """Return the outcome of every former address, by the address in folded case, sorted.

    If several entries had an address, aliases from front matter take precedence, then the
    entry whose current address in the lock it is, then those that had it earlier. There are
    no chains or loops: a source is never an existing page, and a target always is.
    """
    resolver = _Resolver(inventory)
    for address, guid in sorted(inventory.aliases):
        if page := resolver.pages.get(guid):
            resolver.add(address, _redirect(address, page, is_alias=True))
    for guid, addresses in sorted(inventory.withdrawn.items()):
        for address in addresses:
            resolver.add(address, Gone(address, _lang(guid)))
    entries = sorted(inventory.lock.entries.items())
    candidates = [(locked.address, guid, locked) for guid, locked in entries]
    candidates += [(address, guid, locked) for guid, locked in entries for address in locked.former]
    for address, guid, locked in candidates:
        if resolver.is_unresolved(address):
            resolver.add(address, resolver.outcome(address, guid, locked))
    _resolve_fallbacks(resolver, entries)
    return dict(sorted(resolver.outcomes.items()))


def _resolve_fallbacks(resolver: _Resolver, entries: list[tuple[str, LockedAddress]]) -> None:
    """Give remaining fallbacks the outcome of their originals."""
    waiting = [
        (guid, locked)
        for guid, locked in entries
        if locked.is_fallback and any(map(resolver.is_unresolved, locked.addresses))
    ]
    keys = {_key(guid) for guid, _ in waiting}
    outcomes: dict[str, Outcome] = {}
    for guid in sorted(guid for guid in resolver.pages if _key(guid) in keys):
        if not resolver.pages[guid].is_fallback:
            outcomes.setdefault(_key(guid), _redirect("", resolver.pages[guid]))
    for guid, locked in entries:
        outcome = resolver.outcomes.get(locked.address.casefold())
        if outcome is not None and not locked.is_fallback:
            outcomes.setdefault(_key(guid), outcome)
    for guid, locked in waiting:
        original = outcomes.get(_key(guid))
        for address in locked.addresses:
            if isinstance(original, Gone):
                resolver.add(address, Gone(address, _lang(guid)))
            elif original:
                resolver.add(address, replace(original, source=address, is_alias=False))


class _Resolver:
    """Collects outcomes; the first one added for an address counts."""

    def __init__(self, inventory: Inventory) -> None:
        self.inventory = inventory
        self.pages = {page.guid: page for page in inventory.pages}
        self.by_address = {page.address: page for page in inventory.pages}
        live = inventory.existing | self.by_address.keys()
        self.live = {address.casefold() for address in live}
        self.outcomes: dict[str, Outcome] = {}

    def is_unresolved(self, address: str) -> bool:
        """Return whether an address has neither an existing page nor an outcome."""
        key = address.casefold()
        # A file of that name would prevent the folder from being created.
        return not (key in self.live or key.rstrip("/") in self.live or key in self.outcomes)

    def add(self, address: str, outcome: Outcome | None) -> None:
        """Set the outcome of an address, unless it has one or a page exists there."""
        if outcome is not None and self.is_unresolved(address):
            self.outcomes[address.casefold()] = outcome

    def outcome(self, address: str, guid: str, locked: LockedAddress) -> Outcome | None:
        """Return the outcome that the lock gives, or None if the entry no longer exists."""
        page = self.pages.get(guid)
        if guid in self.inventory.withdrawn or (locked.is_gone and page is None):
            return Gone(address, _lang(guid))
        if page is not None:
            return _redirect(address, page)
        original = self.by_address.get(self.inventory.shown.get(guid, ""))
        return _redirect(address, original) if original and locked.is_fallback else None


def _redirect(address: str, page: CurrentPage, *, is_alias: bool = False) -> Redirect:
    return Redirect(address, page.address, page.title, page.lang, is_alias, page.is_hidden)


def _lang(guid: str) -> str:
    return guid.partition("/")[0]


def _key(guid: str) -> str:
    return guid.partition("/")[2]
