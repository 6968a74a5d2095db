"""Full-text search in the browser, using an index of small files below `search/index/`.

Makes the search page of every edition, sets its variables and writes the index that its
script, theme/static/js/search.js, loads. Each text is indexed once for all editions.

Settings: SEARCH["shard_bytes"] and SEARCH["chunk_bytes"] (approximate sizes of index files),
SEARCH["text_limit"] (number of characters of a text that excerpts are taken from).
"""


def register() -> None:
    """Add this plugin's passes. Called by Pelican."""
    from rubric import pipeline
    from rubric.search import passes

    pipeline.add("plan", passes.plan_pages)
    pipeline.add("make", passes.write_indexes)
