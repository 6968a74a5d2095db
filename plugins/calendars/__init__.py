"""Calendars: iCalendar files to subscribe to and to download, whose updates arrive.

The committed `content/events.lock` keeps what readers' calendars know about each event: a
UID for ever, a SEQUENCE that rises with time, place and status, the time of the last change.
"""


def register() -> None:
    """Connect to Pelican."""
    from plugins.calendars import hooks

    hooks.connect()
