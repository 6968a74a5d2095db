"""Counts warnings and errors logged during builds."""

from __future__ import annotations

import logging


class WarningCounter(logging.Handler):
    """Counts the warnings and errors of all loggers, from when it is installed.

    Pelican logs a repeated message once per process, so the counter is never reset: a later
    build of the process may have the same problem without logging it.
    """

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    @classmethod
    def installed(cls) -> WarningCounter:
        """Return the counter of this process; add it to the root logger if there is none."""
        root = logging.getLogger()
        for handler in root.handlers:
            if isinstance(handler, cls):
                return handler
        counter = cls()
        root.addHandler(counter)
        return counter

    @property
    def is_quiet(self) -> bool:
        """Whether no warning was logged, although warnings are enabled."""
        return not self.count and logging.getLogger().isEnabledFor(logging.WARNING)

    def emit(self, record: logging.LogRecord) -> None:
        self.count += 1
        # With --log-handler plain, Pelican leaves printing to logging.lastResort, which Python
        # does not use once a handler is installed.
        if logging.getLogger().handlers == [self] and logging.lastResort:
            logging.lastResort.handle(record)
