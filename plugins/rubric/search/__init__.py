"""Search in the browser: an index in small files, read by theme/static/js/search.js.

Makes every edition's search page, sets its variables, and writes what its script loads, below
`search/index/`. A text is indexed once for all editions. Settings: SEARCH["shard_bytes"] and
["chunk_bytes"] (the approximate size of a file of the index), ["text_limit"] (the number of
characters of a text that excerpts are taken from).
"""


def register() -> None:
    """Add passes; Pelican calls this."""
    from rubric import pipeline
    from rubric.search import passes

    pipeline.add("plan", passes.plan_pages)
    pipeline.add("make", passes.write_indexes)
