"""The lock as a file that people read and version control merges: TOML, a block an event."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime

from rubric.calendars.lock import Lock, LockedEvent
from rubric.model.toml import line_of, line_of_mistake, loads, quote

_HEADER = """\
# What readers' calendars know about each event. Written by a task; commit it with the content.
# After a merge conflict keep both blocks, of one event the one with the higher sequence.
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
"""The fields of a block, in the order they are written; `gone = true` may follow."""


def dump_lock(lock: Lock) -> str:
    """Write the lock, sorted by key; equal locks give equal texts."""
    return _HEADER + "".join(
        f"\n[{quote(key)}]\n{_block(event)}" for key, event in sorted(lock.events.items())
    )


def load_lock(text: str) -> Lock:
    """Read the lock. An empty text is an empty lock.

    Raises ValueError that names the line and the way out, for a file that is not TOML, lacks
    a field, has one too many or of the wrong type, or uses one UID twice.
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
        # `type`, because to isinstance a truth value is a number.
        is_right = type(value) is kind
        if isinstance(value, int):
            is_right &= value >= 0
        elif isinstance(value, datetime):
            is_right &= value.tzinfo is not None
        if not is_right:
            raise _damaged(line_of(text, key, name), f"“{key}”: {name} has a wrong value.")
    if type(is_gone) is not bool:
        raise _damaged(line_of(text, key, "gone"), f"“{key}”: gone has a wrong value.")
    return LockedEvent(**values, is_gone=is_gone)


def _damaged(line: int, problem: str) -> ValueError:
    return ValueError(
        f"line {line}: {problem} Take the file from the last commit and lock the events again."
    )


def _block(event: LockedEvent) -> str:
    lines = [f"{name} = {_value(getattr(event, name))}\n" for name in _TYPES]
    return "".join([*lines, *(["gone = true\n"] if event.is_gone else [])])


def _value(value: str | int | datetime) -> str:
    if isinstance(value, datetime):
        # Instants of record in UTC, starts by the clock of the place, as authors know them.
        is_utc = value.utcoffset() == UTC.utcoffset(None)
        return value.replace(tzinfo=None).isoformat() + "Z" if is_utc else value.isoformat()
    return quote(value) if isinstance(value, str) else str(value)
