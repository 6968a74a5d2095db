"""Files that are published as they are: found, checked, and freed of private metadata.

Photos lose location, camera and author. Files that could run scripts are errors. Setting:
Pelican's STATIC_PATHS.
"""


def register() -> None:
    """Connect to Pelican."""
    from plugins.static import hooks

    hooks.connect()
