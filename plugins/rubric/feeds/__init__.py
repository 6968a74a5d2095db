"""RSS 2.0, Atom and JSON Feed 1.1 of editions, tags, authors, groups, events and newsletters.

Also writes `/feeds.opml` and the page “Follow” of each edition. Settings: FEEDS["authority"] and
["since"] (the permanent part of every id, RFC 4151), ["items"] and ["archive_items"] (entries of
a feed, and of a page of its archive), ["fallback"] (languages whose untranslated texts are in an
edition's feeds), ["hub"] (WebSub), ["podcast"] (what feeds with audio or video say of
themselves); FOLLOW.
"""


def register() -> None:
    """Add this plugin's passes. Called by Pelican."""
    from rubric import pipeline
    from rubric.feeds import passes

    pipeline.add("plan", passes.plan_pages, passes.plan_feeds)
    pipeline.add("check", passes.check_podcast)
    pipeline.add("make", passes.write_feeds)
