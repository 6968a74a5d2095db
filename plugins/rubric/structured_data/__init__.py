"""schema.org data (JSON-LD) of every page with a subject.

BlogPosting, Quotation, Event, Organization for groups, ProfilePage for authors, FAQPage for
questions, WebSite with its search on home pages, and BreadcrumbList on all other pages.
"""


def register() -> None:
    """Add this plugin's passes. Called by Pelican."""
    from rubric import pipeline
    from rubric.structured_data import passes

    pipeline.add("read", passes.add_function)
