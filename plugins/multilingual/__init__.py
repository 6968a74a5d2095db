"""Editions: one language's site each, out of one run.

Links translations, fills gaps by fallback, and writes every list: home, tags, authors,
archive, events, groups, and the language chooser. Settings: LANGUAGES,
EDITIONS["page_size"], ["home_posts"], ["home_events"]. Context keys it owns: `editions`
(by language key), `views`, and `view` and `entry` on each page.
"""


def register() -> None:
    """Connect to Pelican."""
    from plugins.multilingual import hooks

    hooks.connect()
