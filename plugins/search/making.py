"""Makes the index of an edition: what its pages name, and the files themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from plugins.model.edition import Edition
from plugins.search.documents import Words, make_documents
from plugins.search.facets import Facet, make_facets
from plugins.search.files import IndexFiles
from plugins.search.index import Indexer
from plugins.search.terms import Analyser


@dataclass(frozen=True, slots=True)
class Names:
    """What the search page says of an index: the file to begin with, and what to choose from.

    `addresses` are those of all files.
    """

    root: str
    facets: list[Facet]
    addresses: tuple[str, ...]


def make_index(
    edition: Edition, words: Words, folder: str, options: Mapping[str, Any], analyser: Analyser
) -> tuple[Names, dict[str, bytes]]:
    """An edition's index below `folder`, and its files by address."""
    documents = make_documents(edition, words)
    index = IndexFiles(folder, **options)
    root = index.write(Indexer(analyser).build(documents), documents, analyser.variants)
    return Names(root, make_facets(edition, documents), tuple(index.files)), index.files


@dataclass(slots=True)
class Shelf:
    """The files of an index, made again if they aren't at hand; `plan` are its arguments.

    Neither is an input of a file: the address of each holds a digest of its content.
    """

    plan: tuple[Any, ...] = field(compare=False)
    files: dict[str, bytes] | None = field(compare=False)

    def content(self, address: str) -> bytes:
        if self.files is None:
            self.files = make_index(*self.plan)[1]
        return self.files[address]
