"""Interfaces of the store for plugins that reuse results of earlier builds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set
from typing import Any, NamedTuple, Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class MemoTask(NamedTuple):
    """A value to compute: the result of a function of its arguments.

    The function returns a pair (`kept`, `rest`): `kept` is stored, `rest` is not. `kind` is the
    type of `kept`; see `Storage`.

        MemoTask("newsletter/en/12", IssueExport, export_issue, (issue, view))
    """

    name: str
    kind: type[Any]
    function: Callable[..., tuple[Any, Any]]
    arguments: tuple[Any, ...]


class MemoResult(NamedTuple):
    """The value of a task. `rest` is None if `kept` was loaded from the store."""

    kept: Any
    rest: Any


class Values(Protocol):
    """Computes values, or loads them if their inputs have not changed since the last build."""

    def get(self, jobs: Sequence[MemoTask]) -> list[MemoResult]: ...


class Cache(Protocol):
    """For plugins that store parts of a result and find out themselves which have changed."""

    def digest(self, value: object) -> bytes:
        """The fingerprint of a value: the same one in every build."""

    def storage(self, name: str) -> Storage:
        """The stored values of a plugin."""

    def run(
        self, work: Callable[[Sequence[Item]], Result], items: Sequence[Item], size: int
    ) -> Iterator[Result]:
        """Process batches of `size` items in parallel; results are in no particular order."""


class Storage(Protocol):
    """Stored values of one plugin; a value can have several versions.

    `kind` is the type of a value: plain values, dates and times, tuples, mappings, and named
    tuples or dataclasses of these, such as `dict[str, Record]`. A stored value of another type is
    treated as missing.
    """

    def load(self, name: str, kind: type[Item]) -> Item | None:
        """The value of that name; None if it is missing or invalid."""

    def save(self, name: str, value: Item, kind: type[Item]) -> None:
        """Store a value; it replaces the former one."""

    def save_version(self, name: str, value: Item, kind: type[Item]) -> str:
        """Store a value beside former versions; returns the name of this version.

        If the build is killed, the former version is intact.
        """

    def keep_only(self, names: Set[str]) -> None:
        """Remove all other values."""
