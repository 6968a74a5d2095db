"""Error for files that can't be published."""

from __future__ import annotations


class FileRejected(Exception):
    """A file can't be published. `line` counts from 1; 0 if not applicable."""

    def __init__(self, problem: str, fix: str, line: int = 0) -> None:
        super().__init__(problem)
        self.problem, self.fix, self.line = problem, fix, line


def damaged(kind: str) -> FileRejected:
    return FileRejected(
        f"is a damaged {kind} file.", "Save the picture again, or take another copy."
    )
