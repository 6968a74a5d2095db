"""Interfaces of the caches that plugins use; implemented by rubric.store.values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from typing import Any, NamedTuple, Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class MemoTask(NamedTuple):
    """A cached function call. The result depends only on the arguments.

    The function returns a pair: the result to cache, of the type `kind` (see `Storage`), and a
    second result that is too large to cache.
    """

    name: str
    kind: type[Any]
    function: Callable[..., tuple[Any, Any]]
    arguments: tuple[Any, ...]


class MemoResult(NamedTuple):
    """The cached result, and the second result; this is None if the function was not called."""

    kept: Any
    rest: Any


class Values(Protocol):
    """Returns results of tasks, from the last build if their inputs are unchanged."""

    def get(self, jobs: Sequence[MemoTask]) -> list[MemoResult]: ...


class Cache(Values, Protocol):
    """For plugins that compare the parts of a result themselves, such as search indexes."""

    def digest(self, value: object) -> bytes:
        """Return a digest that equal values have in every build."""

    def storage(self, name: str) -> Storage:
        """Return the storage of a plugin, which decides itself what is up to date."""

    def run(
        self, work: Callable[[Sequence[Item]], Result], items: Sequence[Item], size: int
    ) -> Iterator[Result]:
        """Process batches of `size` items in parallel; yields the results in any order."""


class Storage(Protocol):
    """Values that one plugin stores between builds; a value may have several versions.

    `kind` is the type of a value: plain values, dates and times, tuples, mappings, and named
    tuples or dataclasses of these, such as `dict[str, Record]`. A stored value of another type is
    treated as missing.
    """

    def load(self, name: str, kind: type[Item]) -> Item | None:
        """Return a value; None if it is missing, damaged or of another type."""

    def save(self, name: str, value: Item, kind: type[Item]) -> None:
        """Store a value, replacing the former one."""

    def save_version(self, name: str, value: Item, kind: type[Item]) -> str:
        """Store a value in addition to former versions; returns the name of this version.

        If the build is killed, the former version is intact.
        """

    def keep_only(self, names: Set[str]) -> None:
        """Remove all other values."""
