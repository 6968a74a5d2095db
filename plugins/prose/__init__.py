"""What Markdown needs to suit these authors, and where their links lead.

The Markdown extension `plugins.prose.markdown` reads headings as CommonMark does, joins
lines of Han text without a space, and lets authors link files as they lie on disk. The
hooks resolve those links and report the ones that lead nowhere.
"""


def register() -> None:
    """Connect to Pelican."""
    from plugins.prose import hooks

    hooks.connect()
