"""Tells of posts whose details may no longer hold, and where the current answer is."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from plugins.model.edition import Edition, Listing
from plugins.model.entry import Entry
from plugins.model.view import View


def mark_old(views: Iterable[View], now: datetime, days: int) -> None:
    """Mark posts and stories that were last changed more than `days` ago; 0 marks none.

    Quotations don't age.
    """
    for view in views:
        entry = view.subject
        if days and isinstance(entry, Entry) and entry.kind in ("post", "story") and entry.date:
            last = max(filter(None, [entry.date, entry.modified]))
            if now - last > timedelta(days=days):
                view.around.is_old = True
                view.around.answers = _answers(view.edition, entry)


def _answers(edition: Edition, entry: Entry) -> Listing | None:
    """The first FAQ page of the edition that shares a tag."""
    tags = set(entry.tags)
    pages = (item for item in edition.pages if item.entry.kind == "faq")
    return next((item for item in pages if tags & set(item.entry.tags)), None)
