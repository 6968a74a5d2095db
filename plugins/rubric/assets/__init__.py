"""Bundles the theme's style sheets and scripts; file names contain a hash of the content.

The style sheet consists of the files in theme/static/css, in the order of the `@layer`
statement, and the colours of rubrics. Style sheets in css/pages are separate files, which only some
pages load. Since names change with the content, browsers can cache the files forever. Files in
theme/static/root (favicon.ico) are written to the site's root, unless the content has such a file.
Templates get `stylesheet`, `page_styles` and `scripts`.
"""


def register() -> None:
    """Add this plugin's passes. Called by Pelican."""
    from rubric import pipeline
    from rubric.assets import passes

    pipeline.add("plan", passes.plan_assets)
    pipeline.add("make", passes.write_assets)
