"""Marks template functions that do not depend on variables of loops."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from jinja2 import pass_context

Function = TypeVar("Function", bound=Callable[..., object])


def of_page(function: Function) -> Function:
    """Mark a function that is given the context, and asks it for names of the page alone.

    Jinja would copy all names for each call in a loop, so that it could see the loop's, too.
    """
    function.is_of_page = True  # type: ignore[attr-defined]
    return pass_context(function)


def is_of_page(function: object) -> bool:
    return getattr(function, "is_of_page", False)
