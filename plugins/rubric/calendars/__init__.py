"""Calendars: iCalendar files to subscribe to and to download.

The committed `content/events.lock` records what calendars of subscribers contain: a permanent
UID of each event, its SEQUENCE, and the time of its last change. Setting: CALENDARS.
"""


def register() -> None:
    """Add passes; Pelican calls this."""
    from rubric import pipeline
    from rubric.calendars import passes

    pipeline.add("plan", passes.plan_calendars)
    pipeline.add("make", passes.write_calendars)
