"""schema.org data on every page that is about something (JSON-LD).

Sets `structured` on the views: BlogPosting, Quotation, Event, Organization for groups,
ProfilePage for authors and WebSite on home pages.
"""


def register() -> None:
    """Connect to Pelican."""
    from plugins.structured_data import hooks

    hooks.connect()
