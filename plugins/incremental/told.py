"""Notices whether a build has told whoever builds of something."""

from __future__ import annotations

import logging


class Told(logging.Handler):
    """Counts warnings and errors of any log.

    With its plain log Pelican has no handler, and leaves everything to Python's last resort,
    which nobody asks once there is a handler.
    """

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    @property
    def is_quiet(self) -> bool:
        """Whether nobody was told of anything, though they would have been."""
        return not self.count and logging.getLogger().isEnabledFor(logging.WARNING)

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1
        if logging.getLogger().handlers == [self] and logging.lastResort:
            logging.lastResort.handle(record)

    def listen(self) -> None:
        """From now on."""
        root = logging.getLogger()
        if self not in root.handlers:
            root.addHandler(self)
