"""An error in a group's rhythm, with the field to correct."""

from __future__ import annotations


class RhythmError(ValueError):
    """What is wrong, how to correct it, and in which front-matter field."""

    def __init__(self, problem: str, fix: str, field: str = "meets") -> None:
        super().__init__(f"{problem} {fix}")
        self.problem, self.fix, self.field = problem, fix, field
