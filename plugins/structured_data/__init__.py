"""schema.org data on every page that is about something (JSON-LD).

Sets `structured` on the views: BlogPosting, Quotation, Event, Organization for groups,
ProfilePage for authors, FAQPage for questions, WebSite with its search on home pages, and
BreadcrumbList on every page below.
"""


def register() -> None:
    """Connect to Pelican."""
    from plugins.structured_data import hooks

    hooks.connect()
