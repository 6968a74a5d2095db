"""A progress bar for long builds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.console import Console

if TYPE_CHECKING:
    from rich.progress import Progress

_DELAY = 1.0
"""Seconds before the bar is shown."""


@dataclass(slots=True)
class Bar:
    """Shows progress in a terminal if the work takes longer than a second."""

    console: Console
    clock: Callable[[], float]
    _since: float = 0.0
    _progress: Progress | None = None

    def __call__(self, done: int, total: int) -> None:
        now = self.clock()
        self._since = self._since or now
        if self._progress is None and now - self._since >= _DELAY and self.console.is_terminal:
            from rich.progress import Progress  # slow to import, and rarely needed

            self._progress = Progress(console=self.console, transient=True)
            self._progress.add_task("", total=total)
            self._progress.start()
            self.console.show_cursor()  # otherwise it would stay hidden after an error
        if self._progress is not None:
            self._progress.update(self._progress.task_ids[0], completed=done)
        if done >= total:
            if self._progress is not None:
                self._progress.stop()
            self._progress, self._since = None, 0.0
