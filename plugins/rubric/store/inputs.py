"""Inputs of results: keys that identify them in every build, and digests of their values."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from rubric.model.tracking import MISSING, Tracked, recording_to
from rubric.store.codec import Instant
from rubric.store.fingerprints import Fingerprints

Key = tuple[str, ...]
"""The kind of an input and its location, such as `("name", "site")`; see `Inputs.digest`."""

Digests = tuple[tuple[Key, bytes], ...]
"""Keys of inputs with the digests of their values."""

ABSENT = b""
"""The digest of a missing value."""


@dataclass(slots=True)
class Inputs:
    """Computes the digests of inputs in one build.

    `tracked` are all tracked objects by key; `context` contains the names that all templates
    share; `source_of` returns the text of a template, or None if it does not exist.
    """

    tracked: Mapping[str, Tracked]
    context: Mapping[str, Any]
    source_of: Callable[[str], str | None]
    fingerprints: Fingerprints = field(default_factory=Fingerprints)
    _known: dict[Key, bytes] = field(default_factory=dict)
    _keys: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._keys = {id(each): key for key, each in self.tracked.items()}

    def key_of(self, owner: Tracked) -> str:
        """Return the key of a tracked object; that of an unknown object has no value."""
        return self._keys.get(id(owner)) or f"unknown object {id(owner)}"

    def digest(self, key: Key) -> bytes:
        """Return the digest of the current value of an input.

        | key | value |
        |---|---|
        | ("name", name) | a name of the template context |
        | ("template", name) | the text of a template |
        | ("attribute", object, name) | an attribute of a tracked object |
        | ("item", object, name, key) | an item of a mapping in this attribute |
        | ("count", object, name) | the number of items |
        | ("any", object, name) | whether there are items |
        """
        known = self._known.get(key)
        if known is None:
            with recording_to(None):
                known = self._known[key] = self._digest(*key)
        return known

    def _digest(self, kind: str, *where: str) -> bytes:
        match kind, where:
            case "name", (name,):
                return self.of(self.context.get(name, MISSING))
            case "template", (name,):
                return self.of(self.source_of(name))
            case _, (owner, name, *rest) if owner in self.tracked:
                value = getattr(self.tracked[owner], name, MISSING)
                return self.of(_part(kind, value, *rest))
        return os.urandom(8)  # unknown, so it never equals an earlier digest

    def of(self, value: object) -> bytes:
        """Return the digest of any value."""
        return ABSENT if value is MISSING else self.fingerprints.of(value)

    def are(self, digests: Digests) -> bool:
        """Return whether all inputs are unchanged."""
        return all(self.digest(key) == before for key, before in digests)

    def changes(self, record: Record, own: Mapping[str, Any]) -> Iterator[str]:
        """Yield the names of a result's own values that have changed."""
        for name, before in record.own.items():
            if self.of(own.get(name, MISSING)) != before:
                yield name


def _part(kind: str, value: Any, key: str = "") -> object:
    if value is MISSING or kind == "attribute":
        return value
    if kind == "count":
        return len(value)
    if kind == "any":
        return bool(value)
    return value.get(key, MISSING)


class Record(NamedTuple):
    """The inputs of a result that no other result has.

    `names` are the names of its own values in order; `own` are the digests of those that were
    read. The result is valid from `since` (inclusive) to `until` (exclusive), if these are set.
    Inputs that other results may share are stored separately.
    """

    names: tuple[str, ...]
    own: Mapping[str, bytes]
    since: Instant | None = None
    until: Instant | None = None

    def holds_at(self, now: datetime) -> bool:
        return holds(self.since, self.until, now)


def holds(since: datetime | None, until: datetime | None, now: datetime) -> bool:
    """Return whether `now` is in a span. The comparisons are recorded if `now` is a `Now`."""
    return (since is None or since <= now) and (until is None or now < until)
