"""Feeds: RSS 2.0, Atom and JSON Feed 1.1 of editions, tags, authors, groups, events, letters.

Sets `feeds` on the views that have one, and writes `/feeds.opml`. Settings:
FEEDS["authority"] and ["since"] (the permanent part of every id, RFC 4151), ["items"] and
["archive_items"] (how many entries a feed and a page of its archive hold), ["fallback"]
(languages whose untranslated texts an edition's feeds take in), ["hub"] (WebSub).
"""


def register() -> None:
    """Connect to Pelican."""
    from plugins.feeds import hooks

    hooks.connect()
