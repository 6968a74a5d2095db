"""The search page of each edition."""

from __future__ import annotations

from collections.abc import Iterator

from rubric.model.frames import Frames
from rubric.model.view import View


def make_search_views(frames: Frames) -> Iterator[View]:
    """One page for each edition; its variables name the index, once that is written."""
    for edition in frames.editions.values():
        _ = edition.gettext
        about = _("Find posts by words, while you type.")
        if "events" in frames.site.features:
            about = _("Find posts, events and groups by words, while you type.")
        yield frames.make_list(edition, "search", "search/", _("Search"), about)
