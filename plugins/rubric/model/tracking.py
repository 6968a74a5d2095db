"""Records which attributes of large objects are read while a result is computed.

The site, the editions and their lists reach almost all data, so a page must not depend on all of
it. While a text is read, a page is rendered or a feed is written, a `Recorder` is active. It
records each attribute of a `Tracked` object that is read, and each comparison with `Now`
(rubric.model.now). Without a recorder, both are ordinary objects.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, Protocol, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")

MISSING = object()
"""Represents a value that does not exist."""


class Recorder(Protocol):
    """Records the inputs of one result."""

    def attribute(self, owner: Tracked, name: str, value: Any) -> Any:
        """Record that an attribute is read; returns the value for the reader."""

    def name(self, name: str, value: object) -> None:
        """Record that a template reads a name; the value is MISSING if there is none."""

    def unknown(self, name: str) -> None:
        """Record the call of a function that may read anything."""

    def template(self, name: str) -> None:
        """Record that a template is used or looked for."""

    def until(self, instant: datetime) -> None:
        """Limit the result to the time before an instant in UTC."""

    def since(self, instant: datetime) -> None:
        """Limit the result to the time from an instant in UTC on."""

    def nested(self) -> Recorder:
        """A recorder for a part of the result; see `merge`."""

    def merge(self, part: Recorder) -> None:
        """Add the inputs of a part to those of the result."""


RECORDER: ContextVar[Recorder | None] = ContextVar("recorder", default=None)


@contextmanager
def recording_to(recorder: Recorder | None) -> Iterator[None]:
    """Record what is read inside the block; with None, record nothing."""
    token = RECORDER.set(recorder)
    try:
        yield
    finally:
        RECORDER.reset(token)


def compute_shared(
    known: dict[Key, tuple[Value, Recorder | None]], key: Key, make: Callable[[], Value]
) -> Value:
    """Compute a part of several results once; its inputs are added to each of these results.

    `known` contains the parts computed so far:

        items: dict[str, tuple[Item, Recorder | None]] = {}
        item = compute_shared(items, entry.key, lambda: build_item(entry))
    """
    recorder = RECORDER.get()
    if key not in known or (recorder and known[key][1] is None):
        part = recorder.nested() if recorder else None
        with recording_to(part):
            known[key] = make(), part
    value, part = known[key]
    if recorder and part:
        recorder.merge(part)
    return value


class Tracked:
    """Base of objects whose attributes are recorded: the site, editions, lists of a topic."""

    __slots__ = ()

    @property
    @abstractmethod
    def tracking_key(self) -> str:
        """Identifies the object in this build and in later ones, for example `edition:en`."""

    def __getattribute__(self, name: str) -> Any:
        value = object.__getattribute__(self, name)
        recorder = RECORDER.get()
        return value if recorder is None else recorder.attribute(self, name, value)
