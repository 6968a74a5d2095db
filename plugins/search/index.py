"""The inverted index of one edition: term → the documents it stands in, best field first said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from plugins.model.entry import Entry
from plugins.search.documents import Document
from plugins.search.terms import Analyser, Terms

BODY, SUMMARY, TAGS, TITLE = range(4)
"""Where a term stands; the higher, the more it says."""

_LONGEST_ENDING = 6


@dataclass(slots=True)
class Group:
    """The forms of one stem that occur, and their postings."""

    forms: set[str] = field(default_factory=set)
    postings: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Index:
    """Postings are ascending numbers: a document's place in the list × 4 + field."""

    words: dict[str, Group] = field(default_factory=dict)
    grams: dict[str, list[int]] = field(default_factory=dict)

    def endings(self) -> list[str]:
        """What follows a stem in any form: how a form not seen yet is told from another word."""
        counted = Counter(
            form[len(stem) :]
            for stem, group in self.words.items()
            if len(stem) > 2
            for form in group.forms
            if form != stem and form.startswith(stem) and len(form) - len(stem) <= _LONGEST_ENDING
        )
        return sorted(counted)


@dataclass(slots=True)
class Indexer:
    """Makes the indexes of all editions; a text that several of them list is read once."""

    analyser: Analyser
    _read: dict[Entry, tuple[Terms, Terms]] = field(default_factory=dict)

    def build(self, documents: Iterable[Document]) -> Index:
        index = Index()
        for number, document in enumerate(documents):
            words: dict[tuple[str, str], int] = {}
            grams: dict[str, int] = {}
            for rank, terms in self._fields(document):  # the best field comes last and stays
                words.update(dict.fromkeys(terms.words, rank))
                grams.update(dict.fromkeys(terms.grams, rank))
            for (stem, form), rank in words.items():
                group = index.words.setdefault(stem, Group())
                group.forms.add(form)
                _post(group.postings, number, rank)
            for gram, rank in grams.items():
                _post(index.grams.setdefault(gram, []), number, rank)
        return index

    def _fields(self, document: Document) -> list[tuple[int, Terms]]:
        analyse, lang = self.analyser.analyse, document.lang
        if document.entry not in self._read:
            self._read[document.entry] = (
                analyse(document.text, lang),
                analyse(document.entry.summary, lang),
            )
        body, summary = self._read[document.entry]
        return [
            (BODY, body),
            (SUMMARY, summary),
            (TAGS, analyse("\n".join(document.labels), lang)),
            (TITLE, analyse(document.title, lang)),
        ]


def _post(postings: list[int], number: int, rank: int) -> None:
    """Documents come in order, so the same one can only be the last."""
    if postings and postings[-1] >> 2 == number:
        postings[-1] = max(postings[-1], number << 2 | rank)
    else:
        postings.append(number << 2 | rank)
