"""Reads and writes events.lock: TOML with one table per event, easy to review and to merge."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import datetime

from rubric.calendars.lock import Lock, LockedEvent
from rubric.model.toml import dumps, line_of, line_of_mistake, loads

_HEADER = """\
# The published state of each event in subscribed calendars. Written by invoke lock; commit it.
# After a merge conflict keep both tables; of the same event, the one with the higher sequence.
"""
_TYPES: Mapping[str, type] = {
    "uid": str,
    "sequence": int,
    "changed_at": datetime,
    "schedule": str,
    "content": str,
    "title": str,
    "starts_at": datetime,
    "place": str,
    "status": str,
}
"""The fields of a table, in the order they are written; `gone = true` may follow."""


def dump_lock(lock: Lock) -> str:
    """Return the text of a lock file, sorted by key; equal locks give equal texts."""
    return _HEADER + dumps({key: _block(event) for key, event in sorted(lock.events.items())})


def load_lock(text: str) -> Lock:
    """Parse the text of a lock file; an empty text is an empty lock.

    Raises ValueError, with the line and the fix, if the text is not TOML, if a field is
    missing, unknown or of the wrong type, or if two events have the same UID.
    """
    try:
        blocks = loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _damaged(line_of_mistake(text, error), f"{error}.") from None
    events: dict[str, LockedEvent] = {}
    keys: dict[str, str] = {}
    for key, block in blocks.items():
        events[key] = event = _read(text, key, block)
        other = keys.setdefault(event.uid, key)
        if other != key:
            problem = f"“{key}” has the UID of “{other}”."
            raise _damaged(line_of(text, key), problem)
    return Lock(events)


def _read(text: str, key: str, block: object) -> LockedEvent:
    if not isinstance(block, dict):
        raise _damaged(line_of(text, key), f"“{key}” is not a block.")
    values = dict(block)
    is_gone = values.pop("gone", False)
    for name in sorted(_TYPES.keys() ^ values.keys()):
        problem = "is missing" if name in _TYPES else "is unknown"
        raise _damaged(line_of(text, key), f"“{key}”: {name} {problem}.")
    for name, kind in _TYPES.items():
        value = values[name]
        # Not isinstance: bool is a subclass of int.
        is_right = type(value) is kind
        if isinstance(value, int):
            is_right &= value >= 0
        elif isinstance(value, datetime):
            is_right &= value.tzinfo is not None
        if not is_right:
            raise _damaged(line_of(text, key, name), f"“{key}”: {name} has an invalid value.")
    if type(is_gone) is not bool:
        raise _damaged(line_of(text, key, "gone"), f"“{key}”: gone has an invalid value.")
    return LockedEvent(**values, is_gone=is_gone)


def _damaged(line: int, problem: str) -> ValueError:
    return ValueError(
        f"line {line}: {problem} Restore the file from the last commit and run invoke lock."
    )


def _block(event: LockedEvent) -> dict[str, object]:
    """Times of change are in UTC, starts in local time, as authors write them."""
    values = {name: getattr(event, name) for name in _TYPES}
    return values | ({"gone": True} if event.is_gone else {})
