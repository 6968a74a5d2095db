"""Large objects tell what is read of them, so that a page depends on no more than it shows.

While something is made (a text read, a page rendered, a feed written), a `Recorder` listens.
It hears of every attribute of a `Watched` object that is read, and of every comparison with
`Now` (rubric.model.now). Outside of that, both are plain objects.
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
"""Stands for a value that isn't there."""


class Recorder(Protocol):
    """Hears what is read."""

    def attribute(self, owner: Watched, name: str, value: Any) -> Any:
        """An attribute is read; returns what the reader gets in its place."""

    def name(self, name: str, value: object) -> None:
        """A template reads a name; the value is MISSING where there is none."""

    def unknown(self, name: str) -> None:
        """A function is called that may read anything."""

    def template(self, name: str) -> None:
        """A template is used, or looked for."""

    def until(self, instant: datetime) -> None:
        """What is made holds only as long as it is earlier than an instant, given in UTC."""

    def since(self, instant: datetime) -> None:
        """What is made holds only from an instant on, given in UTC."""

    def apart(self) -> Recorder:
        """One that hears a part of it, for `absorb`."""

    def absorb(self, part: Recorder) -> None:
        """What is made has a part that was made before: its reads are reads of both."""


LISTENING: ContextVar[Recorder | None] = ContextVar("listening", default=None)


@contextmanager
def listening(recorder: Recorder | None) -> Iterator[None]:
    """Record what is read inside the block; with None, record nothing."""
    token = LISTENING.set(recorder)
    try:
        yield
    finally:
        LISTENING.reset(token)


def once(
    known: dict[Key, tuple[Value, Recorder | None]], key: Key, make: Callable[[], Value]
) -> Value:
    """Make a shared part once; everything that gets it depends on the inputs of the part."""
    recorder = LISTENING.get()
    if key not in known or (recorder and known[key][1] is None):
        part = recorder.apart() if recorder else None
        with listening(part):
            known[key] = make(), part
    value, part = known[key]
    if recorder and part:
        recorder.absorb(part)
    return value


class Watched:
    """Base of the few objects that reach everything: the site, editions, lists of a topic."""

    __slots__ = ()

    @property
    @abstractmethod
    def watch_key(self) -> str:
        """Tells it from all others of a build, and finds it again in the next one."""

    def __getattribute__(self, name: str) -> Any:
        value = object.__getattribute__(self, name)
        recorder = LISTENING.get()
        return value if recorder is None else recorder.attribute(self, name, value)
