"""Values that take long to make, and are kept from build to build."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, Protocol


class Job(NamedTuple):
    """A value to be had: what a function makes of its arguments, and of them alone.

    The function gives a pair: what is kept, and what would be too much to keep.
    """

    name: str
    function: Callable[..., tuple[Any, Any]]
    arguments: tuple[Any, ...]


class Value(NamedTuple):
    """What is kept of a value, and the rest of it; `rest` is None where it isn't at hand."""

    kept: Any
    rest: Any


class Values(Protocol):
    """Gives the value of each job, from an earlier build if nothing it is made of changed."""

    def get(self, jobs: Sequence[Job]) -> list[Value]: ...
