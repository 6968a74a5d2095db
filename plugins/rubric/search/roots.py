"""Roots: the file of an edition that names the files of the index, and the columns of filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rubric.search.chunks import chunk_of
from rubric.search.corpus import Corpus
from rubric.search.documents import Document
from rubric.search.encoding import encode_numbers, width_of
from rubric.search.states import State

_FIRST = 48
"""Columns are strings, a character per document: the place of its value, counted from “0”."""


@dataclass(frozen=True, slots=True)
class CorpusFiles:
    """What editions name of a corpus: `stemmer` and `variants` are names of files, or empty."""

    corpus: Corpus
    state: State
    tag: str
    stemmer: str
    variants: str

    def chunk_of(self, document: Document) -> int:
        return chunk_of(self.slot_of(document), self.state.chunks.limit, self.state.slots)

    def slot_of(self, document: Document) -> int:
        return self.state.texts[document.entry.source][1]


def make_root(
    lang: str, documents: Sequence[Document], corpora: Mapping[str, CorpusFiles], columns: str
) -> dict[str, Any]:
    """What the search page of an edition loads first; `columns` is the name of a file."""
    used = sorted({document.entry.lang for document in documents})
    first, total = dict[str, int](), 0
    for each in used:
        first[each] = total
        total += corpora[each].state.slots
    numbers = [
        first[document.entry.lang] + corpora[document.entry.lang].slot_of(document)
        for document in documents
    ]
    width = width_of(total)
    return {
        "lang": lang,
        "width": width,
        "order": encode_numbers(numbers, width),
        "columns": columns,
        "corpora": [
            _describe(corpora[each], [d for d in documents if d.entry.lang == each])
            for each in used
        ],
    }


def _describe(files: CorpusFiles, documents: Sequence[Document]) -> dict[str, Any]:
    """A corpus in a root; only the chunks with texts that the edition lists are named."""
    state = files.state
    chunks = sorted({files.chunk_of(document) for document in documents})
    return {
        "lang": files.corpus.lang,
        "tag": files.tag,
        "slots": state.slots,
        "shards": "".join(shard.name for shard in state.shards),
        "deep": " ".join(sorted(state.layout[1])),
        "chunkCount": state.chunks.limit,
        "chunks": "".join(state.chunks.names[number] for number in chunks),
        "stemmer": files.stemmer,
        "variants": files.variants,
        "han": any(shard.characters for shard in state.shards),
    }


def make_columns(documents: Sequence[Document]) -> dict[str, Any]:
    """Values of each filter, and a string that has the value of each document."""
    columns: dict[str, Any] = {}
    by_name: dict[str, list[str]] = {
        "kind": [document.entry.kind.id for document in documents],
        "rubric": [document.entry.rubric for document in documents],
        "group": [document.group for document in documents],
        "year": [document.year for document in documents],
    }
    for name, values in by_name.items():
        known = sorted(set(values))
        places = {value: chr(_FIRST + place) for place, value in enumerate(known)}
        columns[name] = [known, "".join(places[value] for value in values)]
    return columns
