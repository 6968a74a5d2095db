"""Hashtags: `#servicestories` in a text becomes a tag of the entry.

The Markdown extension `plugins.hashtags.markdown` finds them; the hooks see that no two
tags share an address. Put the extension into MARKDOWN["extensions"].
"""


def register() -> None:
    """Connect to Pelican."""
    from plugins.hashtags import hooks

    hooks.connect()
