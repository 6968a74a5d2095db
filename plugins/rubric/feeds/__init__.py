"""RSS 2.0, Atom and JSON Feed 1.1 of editions, tags, authors, groups, events and newsletters.

Also writes `/feeds.opml`. Settings: FEEDS["authority"] and ["since"] (the permanent part of
every id, RFC 4151), ["items"] and ["archive_items"] (entries per feed and per archive page),
["fallback"] (languages whose untranslated texts are included in an edition's feeds), ["hub"]
(WebSub).
"""


def register() -> None:
    """Add this plugin's passes. Called by Pelican."""
    from rubric import pipeline
    from rubric.feeds import passes

    pipeline.add("plan", passes.plan_feeds)
    pipeline.add("make", passes.write_feeds)
