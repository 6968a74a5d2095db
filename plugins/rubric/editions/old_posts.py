"""Marks old posts, and finds the FAQ pages with current answers on their topics."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from operator import itemgetter

from rubric.model.edition import Edition, Listing
from rubric.model.entry import Entry
from rubric.model.view import EntryContext, View


def mark_old(views: Iterable[View], now: datetime, days: int) -> None:
    """Mark posts that were last changed more than `days` ago; 0 marks none."""
    if not days:
        return
    found = [
        (max(entry.date, entry.modified) if entry.modified else entry.date, view, entry)
        for view in views
        if isinstance(entry := view.subject, Entry) and entry.kind.grows_old and entry.date
    ]
    found.sort(key=itemgetter(0))
    # Few comparisons with the current time: these are inputs of the pages that use the result.
    count = bisect_left(found, now, key=lambda each: each[0] + timedelta(days=days))
    answers: dict[str, dict[str, tuple[int, Listing]]] = {}
    marked: dict[tuple[int, int], tuple[EntryContext, EntryContext]] = {}
    for _, view, entry in found[:count]:
        lang = view.edition.lang
        if lang not in answers:
            answers[lang] = _answers(view.edition)
        context, answer = view.context, _answer(answers[lang], entry)
        key = (id(context), id(answer))
        if key not in marked:
            marked[key] = (context, replace(context, is_old=True, answers=answer))
        view.context = marked[key][1]


def _answers(edition: Edition) -> dict[str, tuple[int, Listing]]:
    """Return the first FAQ page of each tag, with its position among all pages."""
    found: dict[str, tuple[int, Listing]] = {}
    for place, item in enumerate(edition.pages):
        if item.entry.kind.has_questions:
            for tag in item.entry.tags:
                found.setdefault(tag.identity, (place, item))
    return found


def _answer(answers: Mapping[str, tuple[int, Listing]], entry: Entry) -> Listing | None:
    """Return the first FAQ page that has a tag of the entry."""
    shared = [answers[tag.identity] for tag in entry.tags if tag.identity in answers]
    return min(shared, key=itemgetter(0))[1] if shared else None
