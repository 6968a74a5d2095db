"""Runs one check over many values as a single test, which reports every value that fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


def each(
    values: Iterable[T], name: Callable[[T], str] = str
) -> Callable[[Callable[[T], None]], Callable[[], None]]:
    """Make a test of a function that checks one value.

    Hundreds of parametrized cases take longer to collect than to run.
    """

    def decorate(check: Callable[[T], None]) -> Callable[[], None]:
        def test() -> None:
            failures = []
            for value in values:
                try:
                    check(value)
                except AssertionError as error:
                    reason = str(error).partition("\n")[0]
                    failures.append(f"{name(value)}: {reason or 'failed'}")
            assert not failures, "\n".join(failures)

        test.__name__, test.__doc__, test.__module__ = (
            check.__name__,
            check.__doc__,
            check.__module__,
        )
        return test

    return decorate
