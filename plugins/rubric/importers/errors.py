"""Why an import could not begin."""

from __future__ import annotations


class ImportFailed(ValueError):
    """Nothing was written; the message says where, what is wrong, and the way out."""

    def __init__(self, where: object, problem: str, fix: str) -> None:
        super().__init__(f"{where}: {problem} {fix}")
