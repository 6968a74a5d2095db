"""Inputs: what something was made of, named so that the next build can look again."""

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
"""What kind of input, then where it is: see `Inputs.digest`."""

Digests = tuple[tuple[Key, bytes], ...]
"""Inputs with what they were."""

ABSENT = b""
"""The digest of what isn't there."""


@dataclass(slots=True)
class Inputs:
    """Looks inputs up in one build.

    `watched` are the objects that tell what is read of them, by key; `context` is what all
    templates share; `source_of` gives a template's text, None where there is none.
    """

    watched: Mapping[str, Tracked]
    context: Mapping[str, Any]
    source_of: Callable[[str], str | None]
    fingerprints: Fingerprints = field(default_factory=Fingerprints)
    _known: dict[Key, bytes] = field(default_factory=dict)
    _keys: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._keys = {id(each): key for key, each in self.watched.items()}

    def key_of(self, owner: Tracked) -> str:
        """The key of a watched object; a stranger's is none that could be looked up."""
        return self._keys.get(id(owner)) or f"a stranger called {id(owner)}"

    def digest(self, key: Key) -> bytes:
        """The digest of an input as it is now.

        ("name", name) is a name of the context, ("template", name) a template's text;
        ("attribute", object, name) an attribute of a watched object. ("item", …, key),
        ("count", …) and ("any", …) are what was read of a collection in it: one item, how
        many there are, whether there are any.
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
            case _, (owner, name, *rest) if owner in self.watched:
                value = getattr(self.watched[owner], name, MISSING)
                return self.of(_part(kind, value, *rest))
        return os.urandom(8)  # unknown, so it never equals an earlier digest

    def of(self, value: object) -> bytes:
        """The digest of any value."""
        return ABSENT if value is MISSING else self.fingerprints.of(value)

    def are(self, digests: Digests) -> bool:
        """Whether inputs are what they were."""
        return all(self.digest(key) == before for key, before in digests)

    def changes(self, record: Record, own: Mapping[str, Any]) -> Iterator[str]:
        """The names of a thing's own values that aren't what they were."""
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
    """What one thing was made of.

    `names` are those of its very own values in their order, `own` the digests of the ones that
    were read. It holds from `since` until before `until`, where either is set. What others may
    have read, too, is kept apart from it.
    """

    names: tuple[str, ...]
    own: Mapping[str, bytes]
    since: Instant | None = None
    until: Instant | None = None

    def holds_at(self, now: datetime) -> bool:
        return holds(self.since, self.until, now)


def holds(since: datetime | None, until: datetime | None, now: datetime) -> bool:
    """Whether the clock is in a span, which it hears."""
    return (since is None or since <= now) and (until is None or now < until)
