"""schema.org data on every page that has a subject (JSON-LD).

BlogPosting, Quotation, Event, Organization for groups, ProfilePage for authors, FAQPage for
questions, WebSite with its search on home pages, and BreadcrumbList on every page below.
"""


def register() -> None:
    """Add passes; Pelican calls this."""
    from rubric import pipeline
    from rubric.structured_data import passes

    pipeline.add("read", passes.add_function)
