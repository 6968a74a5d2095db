"""Finds text files in one pass; Pelican would match every file with every pattern."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

from rubric.model.ignored import Ignored
from rubric.model.regular import is_utf8, printable, reason_of

Fail = Callable[[str, str, str], None]
"""Reports a path relative to the content folder, a problem and a fix."""


def find_texts(
    content: Path,
    folders: Iterable[str],
    ignored: Ignored,
    fail: Fail,
    endings: tuple[str, ...] = (".md",),
    excluded: Collection[str] = (),
) -> Iterator[str]:
    """Yield the paths of texts below folders of the content, unsorted.

    `excluded` are paths of folders that are left out.

    `excluded` are paths of folders that are left out.

    An unreadable folder or a name that is not UTF-8 is reported as an error: otherwise texts
    would be missing silently.
    """
    for folder in folders:

        def report(error: OSError) -> None:
            # Report an unreadable folder only once, not again for folders inside it.
            is_first = os.access(Path(error.filename).parent, os.R_OK | os.X_OK)
            if is_first and not isinstance(error, FileNotFoundError | NotADirectoryError):
                path = os.path.relpath(error.filename, content)
                fail_unreadable(fail, printable(path), error)

        for place, inner, names in os.walk(content / folder, onerror=report, followlinks=True):
            inner[:] = [name for name in inner if not ignored.has_text(name)]
            start = Path(place).relative_to(content).as_posix().removeprefix(".")
            if start in excluded:
                inner.clear()
                continue
            for name in names:
                if name.endswith(endings) and not ignored.has_text(name):
                    path = f"{start}/{name}" if start else name
                    if is_utf8(path):
                        yield path
                    else:
                        fail_name(fail, printable(path))


def fail_unreadable(fail: Fail, path: str, error: OSError) -> None:
    problem = f"can't be read: {reason_of(error)}."
    fail(path, problem, "Give yourself permission to read the folder, or remove it.")


def fail_name(fail: Fail, path: str) -> None:
    fail(path, "has a name that is not UTF-8.", "Rename it.")
