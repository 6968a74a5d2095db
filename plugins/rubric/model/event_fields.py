"""The types of front-matter fields that only events and groups have."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema

from rubric.model.moment import parse_moment


def _as_year(value: Any) -> Any:
    """Validate a year, month or day; returns it as written."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", text):
        raise ValueError(f"“{value}” is not a year. Write it as 2019 or 2019-05.")
    try:
        parse_moment(text + "-01-01"[len(text) - 4 :])
    except ValueError:
        problem = f"“{value}” does not exist in the calendar. Write it as 2019 or 2019-05."
        raise ValueError(problem) from None
    return text


def _as_price(value: float) -> float:
    if round(value, 4) != value:
        raise ValueError(f"“{value}” has too many decimals. Write it as 15 or 15.50.")
    return value


Year = Annotated[
    str,
    BeforeValidator(_as_year),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}(-\d{2}){0,2}$"}),
]
"""A year, a month or a day: `2019`, `2019-05`."""

Price = Annotated[float, Field(ge=0, le=1_000_000_000), AfterValidator(_as_price)]
"""An amount of money; 0 is free."""

Capacity = Annotated[int, Field(ge=1, le=1_000_000)]
"""A number of seats."""

Latitude = Annotated[float, Field(ge=-90, le=90)]
Longitude = Annotated[float, Field(ge=-180, le=180)]
