"""What a page looks like where it is shared: Open Graph and X tags, and a picture for each.

Sets `meta` and `image` on the views. Pictures are drawn at build from the words of a page,
and kept in a folder by what is drawn, so that they are drawn once. Setting: SOCIAL_IMAGES.
"""


def register() -> None:
    """Connect to Pelican."""
    from plugins.social import hooks

    hooks.connect()
