"""Values that take long to make, and are kept from build to build."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from typing import Any, NamedTuple, Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class Job(NamedTuple):
    """A value to be had: what a function makes of its arguments, and of them alone.

    The function gives a pair: what is kept, and what would be too much to keep. `kind` is the
    type of what is kept: see `Storage`.
    """

    name: str
    kind: type[Any]
    function: Callable[..., tuple[Any, Any]]
    arguments: tuple[Any, ...]


class Value(NamedTuple):
    """What is kept of a value, and the rest of it; `rest` is None where it isn't at hand."""

    kept: Any
    rest: Any


class Values(Protocol):
    """Gives the value of each job, from an earlier build if nothing it is made of changed."""

    def get(self, jobs: Sequence[Job]) -> list[Value]: ...


class Cache(Values, Protocol):
    """What plugins use that keep parts of something and compare themselves what has changed."""

    def digest(self, value: object) -> bytes:
        """What tells a value from others, in this build and in others."""

    def storage(self, name: str) -> Storage:
        """What the plugin of that name keeps; it decides itself what is up to date."""

    def run(
        self, work: Callable[[Sequence[Item]], Result], items: Sequence[Item], size: int
    ) -> Iterator[Result]:
        """Work on batches of `size` items in parallel; results come in any order."""


class Storage(Protocol):
    """Values of one plugin, kept from build to build; each may have several versions.

    `kind` is the type of a value: plain values, dates and times, tuples, mappings, and named
    tuples or dataclasses of these, such as `dict[str, Record]`. A stored value of another type is
    treated as missing.
    """

    def load(self, name: str, kind: type[Item]) -> Item | None:
        """The value of that name; None where there is none that can be trusted."""

    def save(self, name: str, value: Item, kind: type[Item]) -> None:
        """Keep a value in the place of the former one."""

    def save_version(self, name: str, value: Item, kind: type[Item]) -> str:
        """Keep a value beside former ones; returns the name of this version.

        A build that is killed leaves the former version intact.
        """

    def keep_only(self, names: Set[str]) -> None:
        """Remove everything but these."""
