"""Hashtags: `#servicestories` in a text becomes a tag of the entry.

The Markdown extension `rubric.tags.markdown` finds them; add it to MARKDOWN["extensions"]. A
pass checks that no two tags have the same address.
"""


def register() -> None:
    """Add this plugin's passes. Called by Pelican."""
    from rubric import pipeline
    from rubric.tags import passes

    pipeline.add("link", passes.check_tags)
