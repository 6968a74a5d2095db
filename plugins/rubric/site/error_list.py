"""Prints the errors of a failed build: all of them, or a summary by kind if there are many."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from rubric.model.errors import BuildFailed, SiteError

_MOST_LINES = 30
_VARIABLE = re.compile(
    r"“[^”]*”|\"[^\"]*\"|\S*[/\\]\S*|\S+\.\w{1,5}(?=[\s.,:;]|$)|\d[\d.,:-]*", re.DOTALL
)
"""Parts that differ among errors of one kind: quoted values, paths, file names, numbers."""


def render_errors(failure: BuildFailed, file: Path) -> str:
    """Return the text to print. If there are many errors, the complete list is written to `file`.

    The text then has one line for each kind of error, the most frequent first, with its count
    and first error. If the file can't be written, the text contains all errors.
    """
    errors = failure.errors
    if len(errors) <= _MOST_LINES:
        return str(failure)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(f"{error}\n" for error in errors), encoding="utf-8")
    except OSError:
        return str(failure)
    kinds = group_errors(errors)
    lines = [f"{len(kind):,} × {kind[0]}" for kind in kinds[:_MOST_LINES]]
    if len(kinds) > _MOST_LINES:
        rest = sum(map(len, kinds[_MOST_LINES:]))
        lines.append(f"{rest:,} × errors of {len(kinds) - _MOST_LINES} other kinds.")
    of = f"{len(kinds)} kinds" if len(kinds) > 1 else "1 kind"
    head = f"{len(errors):,} errors of {of}, nothing written. The first of each kind:"
    return "\n".join([head, *lines, f"The complete list is in {file}."])


def group_errors(errors: Sequence[SiteError]) -> list[list[SiteError]]:
    """Group errors with the same field and the same problem, ignoring values in both."""
    kinds: dict[tuple[str, str], list[SiteError]] = {}
    for error in errors:
        key = (_VARIABLE.sub("…", error.field), _VARIABLE.sub("…", error.problem))
        kinds.setdefault(key, []).append(error)
    return sorted(kinds.values(), key=lambda kind: (-len(kind), kind[0]))
