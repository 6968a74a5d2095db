"""The error of a group's rhythm."""

from __future__ import annotations


class RhythmError(ValueError):
    """The problem, its fix, and the front-matter field to correct."""

    def __init__(self, problem: str, fix: str, field: str = "meets") -> None:
        super().__init__(f"{problem} {fix}")
        self.problem, self.fix, self.field = problem, fix, field
