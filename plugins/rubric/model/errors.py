"""What is wrong with a site's input, said so that an author can mend it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath


@dataclass(frozen=True, order=True, slots=True)
class SiteError:
    """One error: its location, the problem, and a suggested fix.

    `path` is relative to the content folder's parent as an author sees it; `line` counts
    from 1, 0 where no line applies; `field` is empty where no front-matter field applies.
    """

    path: str
    line: int
    field: str
    problem: str
    fix: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else self.path
        named = f"{self.field}: " if self.field else ""
        return f"{place}: {named}{self.problem} {self.fix}".rstrip()


class BuildFailed(Exception):
    """The input has errors; nothing was written. `exitcode` is Pelican's exit status."""

    exitcode = 1

    def __init__(self, errors: list[SiteError]) -> None:
        self.errors = errors
        count = f"{len(errors)} errors" if len(errors) > 1 else "1 error"
        listing = "\n".join(map(str, errors))
        super().__init__(f"{count}, nothing written.\n{listing}")

    def __reduce__(self) -> tuple[type[BuildFailed], tuple[object]]:
        """Pickle only the errors, because the message is derived from them."""
        return type(self), (self.errors or str(self),)


class TextProblem(Exception):
    """A mistake in the Markdown of a text.

    `text` is the passage with the mistake, of which the first line is looked for in the file.
    `occurrence` counts earlier lines that contain the same.
    """

    def __init__(self, problem: str, fix: str, text: str, occurrence: int = 0) -> None:
        super().__init__(problem)
        self.problem = problem
        self.fix = fix
        self.text = text
        self.occurrence = occurrence

    def find_line(self, body: str) -> int:
        """Return the line of a text where a passage begins, counted from 1."""
        first = self.text.strip().partition("\n")[0][:200].strip()
        lines = [line.strip() for line in body.split("\n")]
        if first in lines and not self.occurrence:
            return lines.index(first) + 1
        found = [number for number, line in enumerate(lines, 1) if first in line]
        return found[min(self.occurrence, len(found) - 1)] if found else 1


class TooLarge(OSError):
    """A file that isn't read for its size, in bytes."""

    def __init__(self, size: int) -> None:
        super().__init__(f"{size} bytes are too many.")
        self.size = size


@dataclass(slots=True)
class ErrorLog:
    """Collects the errors of a build, so that all are reported together."""

    _errors: set[SiteError] = field(default_factory=set)

    def add(
        self,
        path: str | PurePosixPath,
        problem: str,
        fix: str,
        *,
        line: int = 0,
        field: str = "",
    ) -> None:
        """Add an error, unless it has been added before."""
        self._errors.add(SiteError(str(path), line, field, problem, fix))

    def __iter__(self) -> Iterator[SiteError]:
        return iter(sorted(self._errors))

    def __len__(self) -> int:
        return len(self._errors)

    def raise_if_any(self) -> None:
        """Raise `BuildFailed` with every error, sorted by place, if there is any."""
        if self._errors:
            raise BuildFailed(list(self))

    def __repr__(self) -> str:
        return f"<ErrorLog: {len(self._errors)}>"
