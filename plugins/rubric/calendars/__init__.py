"""Calendars: iCalendar files (RFC 5545) to subscribe to and to download.

The committed file `content/events.lock` records what subscribers' calendars contain: for each
event a permanent UID, its SEQUENCE, and the time of its last change. Setting: CALENDARS.
"""


def register() -> None:
    """Add passes; Pelican calls this."""
    from rubric import pipeline
    from rubric.calendars import passes

    pipeline.add("plan", passes.plan_calendars)
    pipeline.add("make", passes.write_calendars)
