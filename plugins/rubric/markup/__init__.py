"""Markdown dialect of the texts, and the links in them.

The Markdown extension `rubric.markup.markdown` parses headings and lists like CommonMark,
joins lines of Han text without a space, transforms blocks such as `> [!POLL]`, applies the
typography of the text's language, and resolves links to files by path. Passes resolve these links
and report broken ones.

Settings: EDITIONS["contents_from"], and `typography` and `quotes` of LANGUAGES.
"""


def register() -> None:
    """Add this plugin's passes. Called by Pelican."""
    from rubric import pipeline
    from rubric.markup import passes

    pipeline.add("read", passes.add_functions)
    pipeline.add("link", passes.resolve_links)
    pipeline.add("check", passes.check_links, passes.check_images)
