"""The search page of each edition."""

from __future__ import annotations

from collections.abc import Iterator

from rubric.model.view import View
from rubric.model.view_factory import ViewFactory


def make_search_views(factory: ViewFactory) -> Iterator[View]:
    """One page for each edition; its variables name the index, once that is written."""
    for edition in factory.editions.values():
        _ = edition.gettext
        about = _("Find posts by words, while you type.")
        if "events" in factory.site.features:
            about = _("Find posts, events and groups by words, while you type.")
        yield factory.make_list(edition, "search", "search/", _("Search"), about)
