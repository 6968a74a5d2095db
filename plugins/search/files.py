"""The index as small JSON files that a browser loads when it needs them.

theme/static/js/search.js reads them; docs/search.md tells the format. Names hold a hash of
the content, so hosts may let browsers keep them for good, and old and new never mix.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from plugins.search.documents import Document
from plugins.search.index import Group, Index

_FIRST = 48
"""Columns are strings, a character a document: its value's place, counted from “0”."""


_PRIME = 65521  # spreads neighbours in the code charts over all files


@dataclass(slots=True)
class IndexFiles:
    """The files of one edition, below `folder`; sizes are what files aim at, in bytes."""

    folder: str
    shard_bytes: int
    chunk_bytes: int
    text_limit: int
    files: dict[str, bytes] = field(default_factory=dict)

    def write(self, index: Index, documents: list[Document], variants: Mapping[int, str]) -> str:
        """Fill `files`; returns the address of the one that names the others."""
        grams = self._grams(index.grams)
        starts, chunks = self._chunks(documents)
        columns: dict[str, Any] = {}
        for name in ("kind", "rubric", "group", "year"):
            values: list[str] = [getattr(document, name) for document in documents]
            known = sorted(set(values))
            places = {value: chr(_FIRST + place) for place, value in enumerate(known)}
            columns[name] = [known, "".join(places[value] for value in values)]
        own = set("".join(index.grams))
        used = [(chr(old), new) for old, new in sorted(variants.items()) if new in own]
        return self._add(
            {
                "count": len(documents),
                "columns": columns,
                "words": self._words(index.words),
                "grams": grams,
                "starts": starts,
                "chunks": chunks,
                "endings": " ".join(index.endings()),
                "variants": self._add(["".join(old), "".join(new)]).rpartition("/")[2]
                if ((old := [pair[0] for pair in used]) and (new := [pair[1] for pair in used]))
                else "",
            }
        )

    def _words(self, words: Mapping[str, Group]) -> dict[str, str]:
        """One file for each first letter; for each two where that would be too much."""
        by_key: dict[str, dict[str, list[Any]]] = {}
        for stem, group in sorted(words.items()):
            row = [_forms(stem, group.forms), _deltas(group.postings)]
            for key in {form[:2] for form in group.forms}:
                by_key.setdefault(key, {})[stem] = row
        by_letter: dict[str, list[str]] = {}
        for key in sorted(by_key):
            by_letter.setdefault(key[0], []).append(key)
        shards = {}
        for letter, keys in by_letter.items():
            joined = {stem: row for key in keys for stem, row in by_key[key].items()}
            if len(_dump(joined)) <= self.shard_bytes:
                shards[letter] = joined
            else:
                shards |= {key: by_key[key] for key in keys}
        return {key: self._add(shard).rpartition("/")[2] for key, shard in shards.items()}

    def _grams(self, grams: Mapping[str, list[int]]) -> list[str]:
        """A power of two of files, by `place_of`; empty without Han."""
        rows = {gram: _deltas(postings) for gram, postings in sorted(grams.items())}
        size, count = len(_dump(rows)), 1
        while rows and count * self.shard_bytes < size:
            count *= 2
        shards: list[dict[str, list[int]]] = [{} for _ in range(count if rows else 0)]
        for gram, row in rows.items():
            shards[place_of(gram, count)][gram] = row
        return [self._add(shard).rpartition("/")[2] for shard in shards]

    def _chunks(self, documents: Iterable[Document]) -> tuple[list[int], list[str]]:
        """What results show, neighbours together: the first document of each, its file."""
        starts, size = [0], 0
        names: list[str] = []
        rows: list[list[Any]] = []
        for number, document in enumerate(documents):
            row = self._row(document)
            length = len(_dump(row))
            if rows and size + length > self.chunk_bytes:
                names.append(self._add(rows).rpartition("/")[2])
                starts.append(number)
                rows, size = [], 0
            rows.append(row)
            size += length
        return starts, [*names, self._add(rows).rpartition("/")[2]]

    def _row(self, document: Document) -> list[Any]:
        text = document.text
        is_whole = len(text) <= self.text_limit
        return [
            document.url,
            document.title,
            document.date,
            document.tag,
            " · ".join(document.labels),
            text if is_whole else text[: self.text_limit] + "…",
            int(is_whole),
        ]

    def _add(self, value: Any) -> str:
        content = _dump(value)
        address = f"{self.folder}{sha256(content).hexdigest()[:10]}.json"
        self.files[address] = content
        return address


def place_of(gram: str, count: int) -> int:
    """Which of `count` files, a power of two, holds a gram."""
    place = 0
    for char in gram:
        place = (place * 31 + ord(char)) % _PRIME
    return place % count


def _forms(stem: str, forms: Iterable[str]) -> str:
    """`я и ию` for история, истории, историю under истор; `=` before what begins otherwise."""
    return " ".join(
        form[len(stem) :] if form.startswith(stem) else f"={form}" for form in sorted(forms)
    )


def _deltas(postings: list[int]) -> list[int]:
    """The first posting, then the step to each next one: short numbers."""
    return [now - before for before, now in zip([0, *postings], postings, strict=False)]


def _dump(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
