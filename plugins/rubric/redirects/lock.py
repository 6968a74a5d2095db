"""The address lock: the current and the former addresses of every published entry.

Its file, addresses.lock, is TOML with one table per entry, easy to review and to merge.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from rubric.model.addresses import check_segment
from rubric.model.toml import dumps, line_of, line_of_mistake, loads

_HEADER = """\
# All addresses at which each text was published. Written by invoke lock; commit it.
# After a merge conflict keep both tables; of the same text, one address and all others as former.
# If a text was deleted permanently, add to its table: gone = true
"""
_TYPES = {
    "address": str,  # the only required field
    "former": list,
    "title": str,
    "date": str,
    "stand_in": bool,
    "gone": bool,
}
_SIMPLE = re.compile(r"/?(?:\w[\w.-]{0,49}/)+")
"""Matches most addresses, so that their segments need no further check."""


class CurrentPage(NamedTuple):
    """The public page of an entry in this build, or a fallback for a missing translation.

    `guid` is the language and the translation key, such as `en/posts/tea`. A fallback shows
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
    is_fallback: bool = False
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
    is_fallback: bool = False
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
    same = (page.address, page.is_fallback) == (locked.address, locked.is_fallback)
    return same and not locked.is_gone


def _lock(page: CurrentPage, former: tuple[str, ...]) -> LockedAddress:
    return LockedAddress(
        address=page.address,
        former=tuple(dict.fromkeys(address for address in former if address != page.address)),
        # A fallback has the title and date of its original.
        title="" if page.is_fallback else page.title,
        date="" if page.is_fallback else page.date,
        is_fallback=page.is_fallback,
    )


def _without_others(
    entry: LockedAddress, guid: str, owners: Mapping[str, str]
) -> LockedAddress | None:
    """Remove addresses that other entries use now; return None if none is left."""
    own = [a for a in entry.addresses if owners.get(a, guid) == guid]
    if own == list(entry.addresses):
        return entry
    return replace(entry, address=own[-1], former=tuple(own[:-1])) if own else None


def dump_lock(lock: AddressLock) -> str:
    """Return the text of a lock file, sorted by guid; equal locks give equal texts."""
    return _HEADER + dumps({guid: _block(entry) for guid, entry in sorted(lock.entries.items())})


def load_lock(text: str) -> AddressLock:
    """Parse the text of a lock file; an empty text is an empty lock.

    Raises ValueError, with the line and the fix, if the text is not TOML, or if a field is
    missing, unknown or of the wrong type.
    """
    try:
        blocks = loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _damaged(line_of_mistake(text, error), f"{error}.") from None
    return AddressLock({guid: _read(text, guid, block) for guid, block in blocks.items()})


def _read(text: str, guid: str, block: object) -> LockedAddress:
    def damaged(problem: str, name: str = "") -> ValueError:
        return _damaged(line_of(text, guid, name), f"“{guid}”{problem}.")

    if not isinstance(block, dict):
        raise damaged(" is not a block")
    if "/" not in guid:
        raise damaged(" is not a language and a key")
    if "address" not in block:
        raise damaged(": address is missing")
    for name, value in block.items():
        if name not in _TYPES:
            raise damaged(f": {name} is unknown", name)
        addresses = {"address": [value], "former": value}.get(name, ())
        if not isinstance(value, _TYPES[name]) or not all(map(_is_address, addresses)):
            raise damaged(f": {name} has an invalid value", name)
    return LockedAddress(
        address=block["address"].lstrip("/"),
        former=tuple(address.lstrip("/") for address in block.get("former", ())),
        title=block.get("title", ""),
        date=block.get("date", ""),
        is_fallback=block.get("stand_in", False),
        is_gone=block.get("gone", False),
    )


def _is_address(value: object) -> bool:
    """Return whether a value is a folder of the site, which cannot point outside of it."""
    if not isinstance(value, str) or not value.endswith("/"):
        return False
    if _SIMPLE.fullmatch(value):
        return True
    return all(map(check_segment, value.removeprefix("/").removesuffix("/").split("/")))


def _damaged(line: int, problem: str) -> ValueError:
    return ValueError(
        f"line {line}: {problem} Correct it, or restore the file from the last commit and run "
        "invoke lock."
    )


def _block(entry: LockedAddress) -> dict[str, object]:
    values = {
        "address": f"/{entry.address}",
        "former": [f"/{address}" for address in entry.former],
        "title": entry.title,
        "date": entry.date,
        "stand_in": entry.is_fallback,
        "gone": entry.is_gone,
    }
    return {name: value for name, value in values.items() if value}
