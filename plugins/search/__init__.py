"""Search in the page: an index in small files, made at build, read by theme/static/js/search.js.

Fills the `variables` of every edition's search page and writes what its script loads, below
`<lang>/search/index/`. Settings: SEARCH["shard_bytes"] and ["chunk_bytes"] (about how large
a file of the index becomes), ["text_limit"] (characters of a text that excerpts come from).
"""


def register() -> None:
    """Connect to Pelican."""
    from plugins.search import hooks

    hooks.connect()
