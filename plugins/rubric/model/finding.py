"""Findings of checks that do not stop a build."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["error", "advice"]
"""An `error` must be corrected; an `advice` can be ignored."""


@dataclass(frozen=True, order=True, slots=True)
class Finding:
    """A problem and its fix. `where` is a file or key; `line` is 0 if unknown.

    Example: `Finding("advice", "content/en/newsletter/a.md", "has no preheader.", "Write one.")`.
    """

    level: Level
    where: str
    problem: str
    fix: str
    line: int = 0

    def __str__(self) -> str:
        location = f"{self.where}:{self.line}" if self.line else self.where
        return f"{location}: {self.problem} {self.fix}"
