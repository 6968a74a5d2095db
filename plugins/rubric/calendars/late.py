"""Writes calendars, and loads what does it only once there is one to be written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from rubric.calendars.entries import Calendar


@dataclass(slots=True)
class LateWriter:
    """A `CalendarWriter` that most builds never need."""

    prodid: str
    _writer: Any = field(default=None, compare=False)

    def write(self, calendar: Calendar) -> bytes:
        """See `CalendarWriter.write`."""
        if self._writer is None:
            from rubric.calendars.calendar import CalendarWriter

            self._writer = CalendarWriter(self.prodid)
        content: bytes = self._writer.write(calendar)
        return content
