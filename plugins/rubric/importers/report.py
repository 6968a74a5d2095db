"""What an import did, told so that nothing is dropped in silence."""

from __future__ import annotations

from dataclasses import dataclass, field

_SHOWN_IDS = 10


@dataclass(slots=True)
class Report:
    """The ids of messages by what became of them.

    `kept_edits` are files that somebody has edited, `kept_away` files that somebody has
    moved or deleted: neither is touched. `skipped` made no post, by reason; `left_out` made
    a post that lacks something, by what it lacks.
    """

    written: list[int] = field(default_factory=list)
    updated: list[int] = field(default_factory=list)
    unchanged: list[int] = field(default_factory=list)
    kept_edits: list[int] = field(default_factory=list)
    kept_away: list[int] = field(default_factory=list)
    skipped: dict[str, list[int]] = field(default_factory=dict)
    left_out: dict[str, list[int]] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    def skip(self, message: int, reason: str) -> None:
        """Note a message that made no post."""
        self.skipped.setdefault(reason, []).append(message)

    def leave_out(self, message: int, what: str) -> None:
        """Note a part of a message that is not in its post."""
        self.left_out.setdefault(what, []).append(message)

    def lines(self) -> list[str]:
        """The report for a terminal."""
        written, updated, unchanged = map(len, (self.written, self.updated, self.unchanged))
        told = [f"{written} written, {updated} updated, {unchanged} unchanged"]
        if self.kept_edits:
            told.append(f"edited by hand, left alone: {_list(self.kept_edits)}")
        if self.kept_away:
            told.append(f"moved or deleted by hand, not written again: {_list(self.kept_away)}")
        told += [f"skipped, {reason}: {_list(ids)}" for reason, ids in sorted(self.skipped.items())]
        told += [f"left out, {what}: {_list(ids)}" for what, ids in sorted(self.left_out.items())]
        return told + self.warnings

    def __str__(self) -> str:
        return "\n".join(self.lines())


def _list(ids: list[int]) -> str:
    shown = ", ".join(map(str, ids[:_SHOWN_IDS]))
    more = f" and {len(ids) - _SHOWN_IDS} more" if len(ids) > _SHOWN_IDS else ""
    return f"{len(ids)} (message{'s' if len(ids) > 1 else ''} {shown}{more})"
