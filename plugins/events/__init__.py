"""Events: their facts, gathered from all translations, as instants, places and prices.

Settings: EVENTS["default_duration"], a length such as `2h` for events without an end.
"""


def register() -> None:
    """Connect to Pelican."""
    from plugins.events import hooks

    hooks.connect()
