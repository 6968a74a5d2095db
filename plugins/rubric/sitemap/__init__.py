"""Lists all pages for search engines: /sitemap.xml and /robots.txt.

Setting: SITEMAPS.
"""


def register() -> None:
    """Add this plugin's passes. Called by Pelican."""
    from rubric import pipeline
    from rubric.sitemap import passes

    pipeline.add("plan", passes.claim_addresses)
    pipeline.add("make", passes.write_files)
