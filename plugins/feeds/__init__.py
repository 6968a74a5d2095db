"""Feeds: RSS 2.0 and Atom for every edition, tag and author, with the whole text.

Sets `feeds` on the views that have one. Settings: FEEDS["authority"] and ["since"] (the
permanent part of every id, RFC 4151), ["items"] (how many entries a feed holds).
"""


def register() -> None:
    """Connect to Pelican."""
    from plugins.feeds import hooks

    hooks.connect()
