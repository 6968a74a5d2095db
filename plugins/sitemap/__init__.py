"""Tells search engines which pages there are: /sitemap.xml and /robots.txt.

Setting: SITEMAPS.
"""


def register() -> None:
    """Connect to Pelican."""
    from plugins.sitemap import hooks

    hooks.connect()
