"""Records: what is kept of each text, so that an edit leaves the others alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from rubric.search.documents import Document, Wording, text_of
from rubric.search.encoding import dump
from rubric.search.terms import Analyser, Word

BODY, SUMMARY, TAGS, TITLE = range(4)
"""The field that has a term; a higher one counts more."""


class Record(NamedTuple):
    """A text in the index: its terms with their ranks, and the row that results read, as JSON."""

    digest: bytes
    slot: int
    words: dict[Word, int]
    grams: dict[str, int]
    row: bytes


class Wanted(NamedTuple):
    """A document that the index is to have; `digest` changes with everything it is made of."""

    document: Document
    digest: bytes
    slot: int


@dataclass(frozen=True, slots=True)
class Recorder:
    """Makes records; `text_limit` is how many characters excerpts come from."""

    analyser: Analyser
    wording: Wording
    text_limit: int

    def make(self, wanted: Wanted) -> Record:
        entry, analyse = wanted.document.entry, self.analyser.analyse
        text, rows = text_of(entry), self.wording.rows(wanted.document)
        fields = [
            (BODY, text, entry.lang),
            (SUMMARY, entry.summary, entry.lang),
            *((TAGS, "\n".join(row.labels), row.lang) for row in rows),
            *((TITLE, title, entry.lang) for title in {entry.title, *(row.title for row in rows)}),
        ]
        words: dict[Word, int] = {}
        grams: dict[str, int] = {}
        for rank, content, lang in fields:  # the best field comes last and stays
            terms = analyse(content, lang)
            words.update(dict.fromkeys(terms.words, rank))
            grams.update(dict.fromkeys(terms.grams, rank))
        is_whole = len(text) <= self.text_limit
        shown: Mapping[str, list[str]] = {
            row.lang: [row.url, row.title, row.date, " · ".join(row.labels)] for row in rows
        }
        row = [
            wanted.slot,
            entry.kind.id,
            text if is_whole else text[: self.text_limit] + "…",
            int(is_whole),
            shown,
        ]
        return Record(wanted.digest, wanted.slot, words, grams, dump(row))
