"""Tests of many cases, collected as one."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import pytest


def cases(names: str | Sequence[str], values: Iterable[Any]) -> Callable[..., Any]:
    """Run a test once for each of `values`, like `pytest.mark.parametrize`, but as one test.

    Each case is a subtest, so all of them run, and each failure is reported with its values.
    This is for pure functions: the cases share the test's fixtures, such as `tmp_path`.

        @cases(("text", "expected"), [("1", 1), ("2", 2)])
        def test_numbers(text, expected):
            assert int(text) == expected
    """
    given = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
    rows = [
        row.values if hasattr(row, "values") and hasattr(row, "marks") else row for row in values
    ]

    def decorate(test: Callable[..., None]) -> Callable[..., None]:
        own = inspect.signature(test).parameters

        @functools.wraps(test)
        def run(subtests: pytest.Subtests, **fixtures: Any) -> None:
            if "subtests" in own:
                fixtures["subtests"] = subtests
            for row in rows:
                case = dict(zip(given, (row,) if len(given) == 1 else row, strict=True))
                with subtests.test(**case):
                    test(**case, **fixtures)

        needed = [name for name in own if name not in given and name != "subtests"]
        keyword = inspect.Parameter.KEYWORD_ONLY
        run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
            [inspect.Parameter(name, keyword) for name in ["subtests", *needed]]
        )
        return run

    return decorate
