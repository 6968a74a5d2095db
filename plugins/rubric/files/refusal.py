"""Why a file is not published."""

from __future__ import annotations


class Refused(Exception):
    """A file that can't be published; `line` counts from 1, 0 where none applies."""

    def __init__(self, problem: str, fix: str, line: int = 0) -> None:
        super().__init__(problem)
        self.problem, self.fix, self.line = problem, fix, line


def damaged(kind: str) -> Refused:
    return Refused(f"is a damaged {kind} file.", "Save the picture again, or take another copy.")
