"""Search in the page: an index in small files, read by theme/static/js/search.js.

Fills the `variables` of every edition's search page and writes what its script loads, below
`search/index/`. Texts are indexed once, for all editions. Settings: SEARCH["shard_bytes"] and
["chunk_bytes"] (about how large a file of the index becomes), ["text_limit"] (characters of a
text that excerpts come from).
"""


def register() -> None:
    """Connect to Pelican."""
    from plugins.search import hooks

    hooks.connect()
