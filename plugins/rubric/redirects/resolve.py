"""Where a visitor of a former address is sent: one hop to a live page, or told it is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from rubric.redirects.lock import AddressLock, LockedAddress, Place


@dataclass(frozen=True, slots=True, order=True)
class Redirect:
    """A former address and the live page it leads to, both below the root, not encoded.

    `lang` is the language whose words the page speaks; `is_alias` for one written by hand,
    whose page is made with the entries' own; `is_hidden` if the target is listed nowhere.
    """

    source: str
    target: str
    title: str
    lang: str
    is_alias: bool = False
    is_hidden: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Gone:
    """An address whose text was taken offline for good."""

    source: str
    lang: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that decides about former addresses.

    `aliases` are pairs of an address and the guid it leads to, written by hand; `shown` is
    what an edition shows for a guid, elsewhere perhaps; `withdrawn` gives the addresses
    that files with `gone: true` had, by guid; `taken` are all files and pages of the build;
    `unpublished` are locked addresses of features whose plugins are not in PLUGINS.
    """

    lock: AddressLock
    places: tuple[Place, ...]
    aliases: tuple[tuple[str, str], ...] = ()
    shown: Mapping[str, str] = field(default_factory=dict)
    withdrawn: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    taken: frozenset[str] = frozenset()
    unpublished: frozenset[str] = frozenset()


Fate = Redirect | Gone
"""What comes of a former address."""


def resolve(facts: Facts) -> dict[str, Fate]:
    """The fate of every former address, by the address in folded case, sorted.

    Aliases written by hand go first, then addresses the lock has as current, then former
    ones. What is live gives way to nothing, so no chain and no loop can arise: sources are
    never live, and targets always are.
    """
    ledger = _Ledger(facts)
    for address, guid in sorted(facts.aliases):
        if place := ledger.places.get(guid):
            ledger.add(address, _redirect(address, place, is_alias=True))
    for guid, addresses in sorted(facts.withdrawn.items()):
        for address in addresses:
            ledger.add(address, Gone(address, _lang(guid)))
    entries = sorted(facts.lock.entries.items())
    for pick in _CURRENT_FIRST:
        for guid, locked in entries:
            for address in pick(locked):
                if ledger.is_open(address):
                    ledger.add(address, ledger.fate(address, guid, locked))
    _send_after(ledger, entries)
    return dict(sorted(ledger.fates.items()))


def _send_after(ledger: _Ledger, entries: list[tuple[str, LockedAddress]]) -> None:
    """Stand-ins that nothing took the place of go where their originals are, or went."""
    waiting = [
        (guid, locked)
        for guid, locked in entries
        if locked.is_stand_in and any(map(ledger.is_open, locked.addresses))
    ]
    keys = {_key(guid) for guid, _ in waiting}
    fates: dict[str, Fate] = {}
    places = (place for guid, place in ledger.places.items() if _key(guid) in keys)
    for place in sorted(places, key=lambda place: place.guid):
        if not place.is_stand_in:
            fates.setdefault(_key(place.guid), _redirect("", place))
    for guid, locked in entries:
        fate = ledger.fates.get(locked.address.casefold())
        if fate is not None and not locked.is_stand_in:
            fates.setdefault(_key(guid), fate)
    for guid, locked in waiting:
        original = fates.get(_key(guid))
        if original is not None:
            for address in locked.addresses:
                ledger.add(address, _follow(address, guid, original))


_CURRENT_FIRST: tuple[Callable[[LockedAddress], Iterable[str]], ...] = (
    lambda locked: (locked.address,),
    lambda locked: locked.former,
)


@dataclass(slots=True)
class _Ledger:
    """Fates as they are decided; the first word about an address counts."""

    facts: Facts
    places: dict[str, Place] = field(init=False)
    by_address: dict[str, Place] = field(init=False)
    live: set[str] = field(init=False)
    fates: dict[str, Fate] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.places = {place.guid: place for place in self.facts.places}
        self.by_address = {place.address: place for place in self.facts.places}
        self.live = {address.casefold() for address in self.facts.taken | self.by_address.keys()}

    def is_open(self, address: str) -> bool:
        """Whether a fate for an address would count: nothing is there, and nothing decided."""
        key = address.casefold()
        # A file may stand where a folder of that name would have to be.
        return not (key in self.live or key.rstrip("/") in self.live or key in self.fates)

    def add(self, address: str, fate: Fate | None) -> None:
        if fate is not None and self.is_open(address):
            self.fates[address.casefold()] = fate

    def fate(self, address: str, guid: str, locked: LockedAddress) -> Fate | None:
        place = self.places.get(guid)
        if guid in self.facts.withdrawn or (locked.is_gone and place is None):
            return Gone(address, _lang(guid))
        if place is not None:
            return _redirect(address, place)
        target = self.facts.shown.get(guid) if locked.is_stand_in else None
        original = self.by_address.get(target) if target else None
        return _redirect(address, original) if original else None


def _follow(address: str, guid: str, original: Fate) -> Fate:
    """A stand-in goes where its original went."""
    if isinstance(original, Gone):
        return Gone(address, _lang(guid))
    return replace(original, source=address, is_alias=False)


def _redirect(address: str, place: Place, *, is_alias: bool = False) -> Redirect:
    return Redirect(address, place.address, place.title, place.lang, is_alias, place.is_hidden)


def _lang(guid: str) -> str:
    return guid.partition("/")[0]


def _key(guid: str) -> str:
    return guid.partition("/")[2]
