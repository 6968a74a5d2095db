"""A failed build's errors as they are printed: all of them, or each kind of very many once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from rubric.model.errors import BuildFailed, SiteError

_MOST_LINES = 30
_VARIABLE = re.compile(
    r"“[^”]*”|\"[^\"]*\"|\S*[/\\]\S*|\S+\.\w{1,5}(?=[\s.,:;]|$)|\d[\d.,:-]*", re.DOTALL
)
"""What differs among errors of one kind: quoted values, paths, file names, numbers."""


def render_errors(failure: BuildFailed, file: Path) -> str:
    """The text to print. If there are very many errors, the complete list goes into `file`.

    The text then has a line for each kind of error, the most frequent first, with their
    number and the first of them. If the file can't be written, the text has all errors.
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
    """Errors of the same kind together: same field, and same problem but for its values."""
    kinds: dict[tuple[str, str], list[SiteError]] = {}
    for error in errors:
        key = (_VARIABLE.sub("…", error.field), _VARIABLE.sub("…", error.problem))
        kinds.setdefault(key, []).append(error)
    return sorted(kinds.values(), key=lambda kind: (-len(kind), kind[0]))
