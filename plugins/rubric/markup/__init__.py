"""Markdown for these authors, and where its links lead.

The Markdown extension `rubric.markup.markdown` reads headings and lists as CommonMark does, joins
lines of Han text without a space, and lets authors link to files by their path. Passes resolve
those links and report those that lead nowhere.
"""


def register() -> None:
    """Add passes; Pelican calls this."""
    from rubric import pipeline
    from rubric.markup import passes

    pipeline.add("link", passes.resolve_links)
    pipeline.add("check", passes.check_links)
