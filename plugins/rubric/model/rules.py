"""What values settings can have: a rule is a test of a value, and the words for an error."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlsplit

from rubric.model.moment import load_zone, parse_duration, parse_moment

_HOST = re.compile(r"[\w.-]+(?::\d{1,5})?|\[[0-9a-fA-F:.]+\](?::\d{1,5})?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Rule:
    """`kind` completes the sentence “… is not …”; `example` is a value that is right."""

    kind: str
    accepts: Callable[[Any], bool]
    example: object


def whole(least: int, most: int | None, example: int) -> Rule:
    """Check for an integer; True and False are not accepted."""

    def accepts(value: Any) -> bool:
        is_number = isinstance(value, int) and not isinstance(value, bool)
        return is_number and value >= least and (most is None or value <= most)

    limit = f"from {least} on" if most is None else f"from {least} to {most:,}"
    return Rule(f"a whole number {limit}", accepts, example)


def text(kind: str, example: str, accepts: Callable[[str], object] = str.strip) -> Rule:
    """Check for a string without control characters for which `accepts` returns True."""
    return Rule(kind, lambda v: is_text(v) and bool(accepts(v)), example)


def list_of(kind: str, example: list[Any], accepts: Callable[[Any], bool]) -> Rule:
    """Check for a list or tuple; strings and dicts are not accepted."""
    return Rule(kind, lambda v: isinstance(v, list | tuple) and all(map(accepts, v)), example)


def dict_of(
    kind: str, example: dict[str, Any], accepts: Callable[[Any], bool] = lambda _: True
) -> Rule:
    """Check for a dict with strings as keys."""

    def is_right(value: Any) -> bool:
        is_dict = isinstance(value, Mapping) and all(isinstance(key, str) for key in value)
        return is_dict and all(map(accepts, value.values()))

    return Rule(kind, is_right, example)


def is_text(value: object) -> bool:
    return isinstance(value, str) and not _CONTROL.search(value)


def is_relative(path: object) -> bool:
    """Return whether a path is relative and stays below its folder."""
    if not isinstance(path, str) or not path.strip() or _CONTROL.search(path):
        return False
    return not path.startswith(("/", "\\")) and ".." not in re.split(r"[/\\]", path)


def is_url(value: str) -> bool:
    """Return whether a text is an absolute web address without query and fragment."""
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    is_web = parts.scheme in ("http", "https") and bool(_HOST.fullmatch(parts.netloc))
    return is_web and not set(value) & set(' "<>\\^`{|}?#')


def is_domain(value: str) -> bool:
    """Return whether a text can be the authority of a tag URI (RFC 4151)."""
    return bool(re.fullmatch(r"(?:[\w.+-]+@)?[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?", value))


def is_zone(name: str) -> bool:
    return _succeeds(load_zone, name)


def is_moment(value: str) -> bool:
    return _succeeds(parse_moment, value)


def date_text(value: object) -> str:
    """Return a date as text: one of Python, or numbers such as (2026, 11, 5); '' if it is none."""
    if isinstance(value, list | tuple):
        if len(value) < 3 or not all(isinstance(part, int) for part in value):
            return ""
        year, month, day, hour, minute = [*value, 0, 0][:5]
        return f"{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}"
    return value.isoformat() if isinstance(value, date) else str(value or "")


def is_duration(value: str) -> bool:
    return _succeeds(parse_duration, value)


def _succeeds(parse: Callable[[str], object], value: str) -> bool:
    try:
        parse(value)
    except ValueError:
        return False
    return True


def show(value: object, most: int = 60) -> str:
    """Return a value in Python syntax, shortened."""
    try:
        written = repr(value)
    except Exception:  # a stranger's object
        written = f"a {type(value).__name__}"
    return written if len(written) <= most else f"{written[: most - 1]}…"


def suggest(name: str, known: Iterable[str], otherwise: str, cutoff: float = 0.6) -> str:
    """Return `Did you mean …?` with the known name that is most similar, else `otherwise`."""
    near = get_close_matches(name, list(known), 1, cutoff)
    return f"Did you mean {near[0]}?" if near else otherwise


def among(names: Iterable[str]) -> str:
    """`a, b or c`."""
    *most, last = names
    return f"{', '.join(most)} or {last}" if most else last


BOOLEAN = Rule("True or False", lambda value: isinstance(value, bool), True)
