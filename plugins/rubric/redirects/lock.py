"""What the world knows of each entry's addresses: the lock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple


class Place(NamedTuple):
    """An entry's public page as it is now, or the page that stands in for it.

    `guid` is language and translation key; a stand-in has the guid of the translation it
    waits for. `address` is below the root and not percent-encoded; `date` is YYYY-MM-DD or
    empty. A hidden text is reachable, but listed nowhere.
    """

    guid: str
    address: str
    title: str
    date: str = ""
    where: str = ""
    line: int = 0
    is_stand_in: bool = False
    is_hidden: bool = False

    @property
    def lang(self) -> str:
        return self.guid.partition("/")[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class LockedAddress:
    """One block of the lock; `former` is in the order in which the addresses were left.

    `title` and `date` are those it was locked with, to recognize it by under another name.
    `is_gone` is written by hand, for an entry whose file was deleted for good.
    """

    address: str
    former: tuple[str, ...] = ()
    title: str = ""
    date: str = ""
    is_stand_in: bool = False
    is_gone: bool = False

    @property
    def addresses(self) -> tuple[str, ...]:
        return (*self.former, self.address)


@dataclass(frozen=True, slots=True)
class AddressLock:
    """The locked entries by guid. What vanished stays, until its address is another's."""

    entries: Mapping[str, LockedAddress] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<AddressLock: {len(self.entries)}>"


def refresh(lock: AddressLock, places: Iterable[Place]) -> AddressLock:
    """The lock as it is to be committed once `places` are online.

    An entry that stayed where it was keeps its block, byte for byte. An address that another
    entry has taken belongs to that one from now on.
    """
    current = sorted(places, key=lambda place: place.guid)
    holders = {place.address: place.guid for place in current}
    entries = dict(lock.entries)
    for place in current:
        before = entries.get(place.guid)
        if before is None:
            entries[place.guid] = _block(place, ())
        elif not is_at(before, place):
            entries[place.guid] = _block(place, before.addresses)
    kept = {guid: _without(block, guid, holders) for guid, block in sorted(entries.items())}
    return AddressLock({guid: block for guid, block in kept.items() if block is not None})


def is_at(locked: LockedAddress, place: Place) -> bool:
    """Whether the lock knows the entry as it is now."""
    same = (place.address, place.is_stand_in) == (locked.address, locked.is_stand_in)
    return same and not locked.is_gone


def _block(place: Place, left: tuple[str, ...]) -> LockedAddress:
    return LockedAddress(
        address=place.address,
        former=tuple(dict.fromkeys(address for address in left if address != place.address)),
        # A stand-in is recognized by its original.
        title="" if place.is_stand_in else place.title,
        date="" if place.is_stand_in else place.date,
        is_stand_in=place.is_stand_in,
    )


def _without(block: LockedAddress, guid: str, holders: Mapping[str, str]) -> LockedAddress | None:
    """The block without what others hold now; None if nothing is left."""
    own = [a for a in block.addresses if holders.get(a, guid) == guid]
    if own == list(block.addresses):
        return block
    return replace(block, address=own[-1], former=tuple(own[:-1])) if own else None
