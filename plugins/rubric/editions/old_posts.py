"""Tells of posts whose details may no longer hold, and where the current answer is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from operator import itemgetter

from rubric.model.edition import Edition, Listing
from rubric.model.entry import Entry
from rubric.model.view import Around, View


def mark_old(views: Iterable[View], now: datetime, days: int) -> None:
    """Mark texts of kinds that grow old, last changed more than `days` ago; 0 marks none."""
    if not days:
        return
    found = [
        (max(entry.date, entry.modified) if entry.modified else entry.date, view, entry)
        for view in views
        if isinstance(entry := view.subject, Entry) and entry.kind.grows_old and entry.date
    ]
    found.sort(key=itemgetter(0))
    # The clock is asked about a few of them, and in the end about those next to it.
    count = bisect_left(found, now, key=lambda each: each[0] + timedelta(days=days))
    answers: dict[str, dict[str, tuple[int, Listing]]] = {}
    marked: dict[tuple[int, int], tuple[Around, Around]] = {}
    for _, view, entry in found[:count]:
        lang = view.edition.lang
        if lang not in answers:
            answers[lang] = _answers(view.edition)
        around, answer = view.around, _answer(answers[lang], entry)
        key = (id(around), id(answer))
        if key not in marked:
            marked[key] = (around, replace(around, is_old=True, answers=answer))
        view.around = marked[key][1]


def _answers(edition: Edition) -> dict[str, tuple[int, Listing]]:
    """The first FAQ page of the edition about each topic, and its place among all of them."""
    found: dict[str, tuple[int, Listing]] = {}
    for place, item in enumerate(edition.pages):
        if item.entry.kind.has_questions:
            for tag in item.entry.tags:
                found.setdefault(tag.identity, (place, item))
    return found


def _answer(answers: Mapping[str, tuple[int, Listing]], entry: Entry) -> Listing | None:
    """The first FAQ page that shares a tag."""
    shared = [answers[tag.identity] for tag in entry.tags if tag.identity in answers]
    return min(shared, key=itemgetter(0))[1] if shared else None
