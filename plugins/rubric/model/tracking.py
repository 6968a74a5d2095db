"""Records which parts of large objects are read, so that a page depends only on what it uses.

While a text is parsed, a page is rendered or a file is computed, a `Recorder` is active. It
records each attribute of a `Tracked` object that is read, and each comparison with `Now`
(rubric.model.now). At other times, both behave like plain objects.
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
"""Represents a missing value."""


class Recorder(Protocol):
    """Records what is read."""

    def attribute(self, owner: Tracked, name: str, value: Any) -> Any:
        """Record that an attribute is read; returns the value that the caller gets."""

    def name(self, name: str, value: object) -> None:
        """Record that a template reads a name; the value of an undefined name is MISSING."""

    def unknown(self, name: str) -> None:
        """Record a call of a function that may read anything."""

    def template(self, name: str) -> None:
        """Record that a template is used or searched for."""

    def until(self, instant: datetime) -> None:
        """Record that the result is valid only before a time (UTC)."""

    def since(self, instant: datetime) -> None:
        """Record that the result is valid only from a time on (UTC)."""

    def nested(self) -> Recorder:
        """Return a recorder for a part of the result; see `merge`."""

    def merge(self, part: Recorder) -> None:
        """Add everything that was recorded for a part."""


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
    """Return a part that several results share; `make` is called for the first of them.

    Each result gets the inputs of the part as its own inputs. `known` keeps the parts.
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
    """Base class of the few objects that refer to everything: site, editions, lists of entries."""

    __slots__ = ()

    @property
    @abstractmethod
    def tracking_key(self) -> str:
        """Identifies the object in this build and in the next one, such as `edition en`."""

    def __getattribute__(self, name: str) -> Any:
        value = object.__getattribute__(self, name)
        recorder = RECORDER.get()
        return value if recorder is None else recorder.attribute(self, name, value)
