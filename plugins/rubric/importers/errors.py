"""The error of an import that could not start."""

from __future__ import annotations


class ImportFailed(ValueError):
    """The input cannot be imported; nothing was written.

    The message consists of the place, the problem and the fix.
    """

    def __init__(self, where: object, problem: str, fix: str) -> None:
        super().__init__(f"{where}: {problem} {fix}")
