"""Manifests: the file of an edition that names its index files, and the columns of its filters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rubric.search.chunks import chunk_of
from rubric.search.documents import Document
from rubric.search.encoding import encode_numbers, width_of
from rubric.search.language_index import LanguageIndex
from rubric.search.states import State

_FIRST = 48
"""Code of the first value in a column. A column is a string with one character per document."""


@dataclass(frozen=True, slots=True)
class IndexFiles:
    """Files of a language's index; `stemmer` and `variants` are file names, or empty."""

    index: LanguageIndex
    state: State
    tag: str
    stemmer: str
    variants: str

    def chunk_of(self, document: Document) -> int:
        return chunk_of(self.slot_of(document), self.state.chunks.limit, self.state.slots)

    def slot_of(self, document: Document) -> int:
        return self.state.texts[document.entry.source][1]


def make_manifest(
    lang: str, documents: Sequence[Document], indexes: Mapping[str, IndexFiles], columns: str
) -> dict[str, Any]:
    """Return the first file the search page of an edition loads; `columns` is a file name."""
    used = sorted({document.entry.lang for document in documents})
    first, total = dict[str, int](), 0
    for each in used:
        first[each] = total
        total += indexes[each].state.slots
    numbers = [
        first[document.entry.lang] + indexes[document.entry.lang].slot_of(document)
        for document in documents
    ]
    width = width_of(total)
    return {
        "lang": lang,
        "width": width,
        "order": encode_numbers(numbers, width),
        "columns": columns,
        "corpora": [
            _describe(indexes[each], [d for d in documents if d.entry.lang == each])
            for each in used
        ],
    }


def _describe(files: IndexFiles, documents: Sequence[Document]) -> dict[str, Any]:
    """Describe the index of a language; only chunks with texts of the edition are named."""
    state = files.state
    chunks = sorted({files.chunk_of(document) for document in documents})
    return {
        "lang": files.index.lang,
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
    """Return the values of each filter, and a string with the value of each document.

    Example: `{"kind": [["event", "post"], "0110"]}` for an event, two posts and an event.
    """
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
