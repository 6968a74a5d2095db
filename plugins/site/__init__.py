"""The frame of a build: loads what all plugins share and stops a build that has errors.

Put it first in PLUGINS. Settings: LANGUAGES, SITEURL, TIMEZONE.
"""


def register() -> None:
    """Connect to Pelican."""
    from plugins.site import hooks

    hooks.connect()
