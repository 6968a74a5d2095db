"""Records: the analysed form of each text, stored so that unchanged texts are reused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from rubric.search.documents import Document, ResultLabels, text_of
from rubric.search.encoding import dump
from rubric.search.terms import Analyser, Word

BODY, SUMMARY, TAGS, TITLE = range(4)
"""Rank of a term: the field it occurs in. Higher ranks weigh more."""


class Record(NamedTuple):
    """An indexed text: its terms with their ranks, and its row for results as JSON."""

    digest: bytes
    slot: int
    words: dict[Word, int]
    grams: dict[str, int]
    row: bytes


class IndexItem(NamedTuple):
    """A document to be indexed. `digest` changes with everything its record is made of."""

    document: Document
    digest: bytes
    slot: int


@dataclass(frozen=True, slots=True)
class Recorder:
    """Makes records. `text_limit` is the number of characters stored for excerpts."""

    analyser: Analyser
    labels: ResultLabels
    text_limit: int

    def make(self, item: IndexItem) -> Record:
        entry, analyse = item.document.entry, self.analyser.analyse
        text, rows = text_of(entry), self.labels.rows(item.document)
        fields = [
            (BODY, text, entry.lang),
            (SUMMARY, entry.summary, entry.lang),
            *((TAGS, "\n".join(row.labels), row.lang) for row in rows),
            *((TITLE, title, entry.lang) for title in {entry.title, *(row.title for row in rows)}),
        ]
        words: dict[Word, int] = {}
        grams: dict[str, int] = {}
        for rank, content, lang in fields:  # sorted by rank: the highest overwrites others
            terms = analyse(content, lang)
            words.update(dict.fromkeys(terms.words, rank))
            grams.update(dict.fromkeys(terms.grams, rank))
        is_whole = len(text) <= self.text_limit
        shown: Mapping[str, list[str]] = {
            row.lang: [row.url, row.title, row.date, " · ".join(row.labels)] for row in rows
        }
        row = [
            item.slot,
            entry.kind.id,
            text if is_whole else text[: self.text_limit] + "…",
            int(is_whole),
            shown,
        ]
        return Record(item.digest, item.slot, words, grams, dump(row))
