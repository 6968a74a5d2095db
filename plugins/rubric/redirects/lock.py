"""The address lock: the current and the former addresses of every published entry."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple


class CurrentPage(NamedTuple):
    """The public page of an entry in this build, or a stand-in for a missing translation.

    `guid` is the language and the translation key, such as `en/posts/tea`. A stand-in shows
    the original in the edition of another language; it has the guid of the missing
    translation. `address` is a path below the root, not percent-encoded; `date` is YYYY-MM-DD
    or empty. `where` and `line` locate the entry's file for error messages. A hidden entry
    (`is_hidden`) has a page, but no list links to it.
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
    """One table of the lock file.

    `former` holds earlier addresses, the oldest first. `title` and `date` are those of the
    time of locking; they help to recognize a renamed entry. `is_gone` is set by hand for an
    entry that was deleted permanently.
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
    """The locked entries by guid.

    Deleted entries stay in the lock until another entry uses their address.
    """

    entries: Mapping[str, LockedAddress] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<AddressLock: {len(self.entries)}>"


def refresh(lock: AddressLock, pages: Iterable[CurrentPage]) -> AddressLock:
    """Return the lock to commit after `pages` were published.

    Entries that did not move keep their table byte for byte. A former address that another
    entry uses now is removed from its earlier owner.
    """
    current = sorted(pages, key=lambda page: page.guid)
    owners = {page.address: page.guid for page in current}
    entries = dict(lock.entries)
    for page in current:
        before = entries.get(page.guid)
        if before is None:
            entries[page.guid] = _lock(page, ())
        elif not is_current(before, page):
            entries[page.guid] = _lock(page, before.addresses)
    kept = {guid: _without_others(entry, guid, owners) for guid, entry in sorted(entries.items())}
    return AddressLock({guid: entry for guid, entry in kept.items() if entry is not None})


def is_current(locked: LockedAddress, page: CurrentPage) -> bool:
    """Return whether the lock is up to date for a page."""
    same = (page.address, page.is_stand_in) == (locked.address, locked.is_stand_in)
    return same and not locked.is_gone


def _lock(page: CurrentPage, former: tuple[str, ...]) -> LockedAddress:
    return LockedAddress(
        address=page.address,
        former=tuple(dict.fromkeys(address for address in former if address != page.address)),
        # A stand-in has the title and date of its original.
        title="" if page.is_stand_in else page.title,
        date="" if page.is_stand_in else page.date,
        is_stand_in=page.is_stand_in,
    )


def _without_others(
    entry: LockedAddress, guid: str, owners: Mapping[str, str]
) -> LockedAddress | None:
    """Remove addresses that other entries use now; return None if none is left."""
    own = [a for a in entry.addresses if owners.get(a, guid) == guid]
    if own == list(entry.addresses):
        return entry
    return replace(entry, address=own[-1], former=tuple(own[:-1])) if own else None
