"""Defers the import of icalendar until a calendar is written.

Most incremental builds write no calendar, and importing icalendar takes longer than many of
them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rubric.calendars.model import Calendar


@dataclass(slots=True)
class LazyWriter:
    """Creates a `CalendarWriter` on the first call of `write`."""

    prodid: str
    _writer: Any = field(default=None, compare=False)

    def write(self, calendar: Calendar) -> bytes:
        """Render one calendar; see `CalendarWriter.write`."""
        if self._writer is None:
            from rubric.calendars.writer import CalendarWriter

            self._writer = CalendarWriter(self.prodid)
        content: bytes = self._writer.write(calendar)
        return content
