"""Cities: which spellings are one place, a map drawn at build time, and a list to search in.

The data stand in data/ (see its README for sources and licences) and are made once by
tools/geodata.py. No page asks a third party for anything.
"""


def register() -> None:
    """Connect to Pelican."""
    from plugins.places import hooks

    hooks.connect()
