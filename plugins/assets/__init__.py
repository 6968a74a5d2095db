"""Bundles the theme's style sheets and scripts, named by their content.

One style sheet out of theme/static/css in the order of its `@layer` statement, with the
rubrics' colours; scripts are copied as they are. The names hold a hash of the content, so
hosts may let browsers keep them for good. Files in theme/static/root (favicon.ico) are written at
the site's root, unless the content has a file there. Context keys it owns: `stylesheet`, `scripts`,
`feed_stylesheets` (by language).
"""


def register() -> None:
    """Connect to Pelican."""
    from plugins.assets import hooks

    hooks.connect()
