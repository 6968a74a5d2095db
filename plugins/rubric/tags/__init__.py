"""Hashtags: `#servicestories` in a text becomes a tag of the entry.

The Markdown extension `rubric.tags.markdown` finds them; a pass checks that no two tags share
an address. Put the extension into MARKDOWN["extensions"].
"""


def register() -> None:
    """Add passes; Pelican calls this."""
    from rubric import pipeline
    from rubric.tags import passes

    pipeline.add("link", passes.check_tags)
