"""Bundles the theme's style sheets and scripts, and names files by a hash of their content.

One style sheet is made of theme/static/css in the order of its `@layer` statement, with the
colours of rubrics. Since names change with the content, browsers can cache the files for ever.
Files in theme/static/root (favicon.ico) are written at the site's root, unless the content has
a file there. Templates get `stylesheet` and `scripts`.
"""


def register() -> None:
    """Add passes; Pelican calls this."""
    from rubric import pipeline
    from rubric.assets import passes

    pipeline.add("plan", passes.plan_assets)
    pipeline.add("make", passes.write_assets)
