"""Tells of posts whose details may no longer hold, and where the current answer is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from operator import itemgetter

from plugins.model.edition import Edition, Listing
from plugins.model.entry import Entry
from plugins.model.view import View


def mark_old(views: Iterable[View], now: datetime, days: int) -> None:
    """Mark posts and stories that were last changed more than `days` ago; 0 marks none.

    Quotations don't age.
    """
    if not days:
        return
    age = timedelta(days=days)
    answers: dict[str, dict[str, tuple[int, Listing]]] = {}
    for view in views:
        entry = view.subject
        if isinstance(entry, Entry) and entry.kind in ("post", "story") and entry.date:
            last = max(entry.date, entry.modified) if entry.modified else entry.date
            if now > last + age:
                lang = view.edition.lang
                if lang not in answers:
                    answers[lang] = _answers(view.edition)
                view.around.is_old = True
                view.around.answers = _answer(answers[lang], entry)


def _answers(edition: Edition) -> dict[str, tuple[int, Listing]]:
    """The first FAQ page of the edition about each topic, and its place among all of them."""
    found: dict[str, tuple[int, Listing]] = {}
    for place, item in enumerate(edition.pages):
        if item.entry.kind == "faq":
            for tag in item.entry.tags:
                found.setdefault(tag.identity, (place, item))
    return found


def _answer(answers: Mapping[str, tuple[int, Listing]], entry: Entry) -> Listing | None:
    """The first FAQ page that shares a tag."""
    shared = [answers[tag.identity] for tag in entry.tags if tag.identity in answers]
    return min(shared, key=itemgetter(0))[1] if shared else None
