"""The writer: writes only what has changed, and removes what has vanished.

A file whose bytes are the same keeps its time, so that a host uploads only changes. What
an earlier build wrote and this one didn't is removed; files that no build wrote are left
alone. The list of written files stands beside the output folder, `.output.files`.
"""


def register() -> None:
    """Connect to Pelican."""
    from plugins.incremental import hooks

    hooks.connect()
