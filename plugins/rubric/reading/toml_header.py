"""Parses TOML front matter between lines of `+++`, as in Hugo."""

from __future__ import annotations

import re
import tomllib
from datetime import date, datetime, time
from typing import Any

from rubric.reading.source import Problem


def parse_toml(text: str) -> tuple[dict[str, Any], dict[str, int]]:
    """Return fields by lowercase name, and their line numbers in a file that starts with `+++`.

    Values are strings, or lists and dicts of strings, as in YAML front matter. Raises Problem.
    """
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        reason, _, place = str(error).partition(" (at ")
        line = re.match(r"line (\d+)", place)
        raise Problem(
            f"the TOML can't be read: {reason}.",
            "Write one field per line, name = value, with strings in double quotes.",
            line=int(line[1]) + 1 if line else 1,
        ) from None
    lines = text.split("\n")
    return (
        {name.lower(): _plain(value) for name, value in data.items()},
        {name.lower(): _line_of(name, lines) for name in data},
    )


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {name: _plain(item) for name, item in value.items()}
    if isinstance(value, bool):
        return str(value).lower()
    return value.isoformat() if isinstance(value, datetime | date | time) else str(value)


def _line_of(name: str, lines: list[str]) -> int:
    start = re.compile(rf"""\s*\[*["']?{re.escape(name)}["']?\s*[].=]""")
    return next((number for number, line in enumerate(lines, 2) if start.match(line)), 1)
