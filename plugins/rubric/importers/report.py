"""The report of an import, which names every message that was not imported completely.

`ImportFailed` is raised instead if nothing could be imported.
"""

from __future__ import annotations

from dataclasses import dataclass, field


class ImportFailed(ValueError):
    """The input cannot be imported; nothing was written.

    The message consists of the place, the problem and the fix.
    """

    def __init__(self, where: object, problem: str, fix: str) -> None:
        super().__init__(f"{where}: {problem} {fix}")


_SHOWN_IDS = 10


@dataclass(slots=True)
class Report:
    """The ids of messages by result.

    Attributes:
        written: Messages with a new post.
        updated: Messages whose post was overwritten, because the message changed.
        unchanged: Messages whose post is up to date.
        edited: Messages whose post was edited by hand; it stays unchanged.
        removed: Messages whose post was moved or deleted by hand; it is not written again.
        skipped: Messages without post, by reason.
        omitted: Messages whose post is incomplete, by the part that is missing.
        warnings: Further messages for the user.

    """

    written: list[int] = field(default_factory=list)
    updated: list[int] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)
    edited: list[int] = field(default_factory=list)
    removed: list[int] = field(default_factory=list)
    skipped: dict[str, list[int]] = field(default_factory=dict)
    omitted: dict[str, list[int]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    def skip(self, message: int, reason: str) -> None:
        """Add a message for which no post is written."""
        self.skipped.setdefault(reason, []).append(message)

    def omit(self, message: int, part: str) -> None:
        """Add a part of a message that is not in its post."""
        self.omitted.setdefault(part, []).append(message)

    def lines(self) -> list[str]:
        """Return the lines to print."""
        written, updated, unchanged = map(len, (self.written, self.updated, self.unchanged))
        lines = [f"{written} written, {updated} updated, {unchanged} unchanged"]
        if self.edited:
            lines.append(f"edited by hand, unchanged: {_list(self.edited)}")
        if self.removed:
            lines.append(f"moved or deleted by hand, not written again: {_list(self.removed)}")
        lines += [f"skipped, {why}: {_list(ids)}" for why, ids in sorted(self.skipped.items())]
        lines += [f"omitted, {part}: {_list(ids)}" for part, ids in sorted(self.omitted.items())]
        return lines + self.warnings

    def __str__(self) -> str:
        return "\n".join(self.lines())


def _list(ids: list[int]) -> str:
    shown = ", ".join(map(str, ids[:_SHOWN_IDS]))
    more = f" and {len(ids) - _SHOWN_IDS} more" if len(ids) > _SHOWN_IDS else ""
    return f"{len(ids)} (message{'s' if len(ids) > 1 else ''} {shown}{more})"
