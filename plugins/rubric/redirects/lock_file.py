"""Reads and writes addresses.lock: TOML with one table per entry, easy to review and to merge."""

from __future__ import annotations

import re
import tomllib

from rubric.model.addresses import check_segment
from rubric.model.toml import line_of, line_of_mistake, loads, quote
from rubric.redirects.lock import AddressLock, LockedAddress

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


def dump_lock(lock: AddressLock) -> str:
    """Return the text of a lock file, sorted by guid; equal locks give equal texts."""
    return _HEADER + "".join(
        f"\n[{quote(guid)}]\n{_block(entry)}" for guid, entry in sorted(lock.entries.items())
    )


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
        is_stand_in=block.get("stand_in", False),
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


def _block(entry: LockedAddress) -> str:
    former = ", ".join(quote(f"/{address}") for address in entry.former)
    values = {
        "address": quote(f"/{entry.address}"),
        "former": former and f"[{former}]",
        "title": entry.title and quote(entry.title),
        "date": entry.date and quote(entry.date),
        "stand_in": entry.is_stand_in and "true",
        "gone": entry.is_gone and "true",
    }
    return "".join(f"{name} = {value}\n" for name, value in values.items() if value)
