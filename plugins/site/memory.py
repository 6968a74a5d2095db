"""When Python looks for garbage, of which a build makes little, and only while it makes files."""

from __future__ import annotations

import atexit
import gc
from dataclasses import dataclass, field


@dataclass(slots=True)
class Memory:
    """The memory of a process that builds once or, serving, often."""

    builds: int = 0
    _kept: list[object] = field(default_factory=list)

    def keep(self, builder: object) -> None:
        """Look for garbage seldom, and never at the end.

        What a build makes lives as long as its builder. At the end of the process, Python would
        look through all of it once more and take it apart, piece by piece, though the system
        takes back everything at once.
        """
        gc.set_threshold(500_000, 50, 50)
        if not self._kept:
            atexit.register(self._leave)
        self._kept[:] = [builder]

    def begin(self) -> None:
        """While a site is read and linked, hardly anything is dropped, so there is no garbage."""
        if self.builds:  # what the last build made is garbage now
            gc.unfreeze()
            gc.collect()
        self.builds += 1
        gc.disable()

    def settle(self) -> None:
        """What is there now stays to the end; look for garbage among what is made of it."""
        gc.freeze()
        gc.enable()

    def _leave(self) -> None:
        self._kept.append(self._kept)  # what holds itself is never taken apart
        gc.freeze()
