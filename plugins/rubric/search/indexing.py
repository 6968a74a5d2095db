"""Updates the index of each language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from rubric.model.language import Languages
from rubric.model.memo import Cache, Storage
from rubric.search.buckets import BucketBuilder, BucketResult, StoreDamaged
from rubric.search.documents import Document
from rubric.search.encoding import dump, name_of
from rubric.search.language_index import LanguageIndex
from rubric.search.layout import assign_slots, count_slots
from rubric.search.manifests import IndexFiles
from rubric.search.records import IndexItem, Recorder
from rubric.search.states import State
from rubric.search.stemmers import load_script

FOLDER = "search/index/"
"""Folder of all index files, below the output folder."""

_MIN_TEXTS_TO_FORK = 32
"""For fewer changed texts, starting a worker process takes longer than indexing."""

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
_Finished = tuple[str, State, dict[str, bytes]]


@dataclass(slots=True)
class Indexer:
    """Updates the index of each language.

    `version` changes with the settings and labels that rows are made of.
    """

    values: Cache
    recorder: Recorder
    options: Mapping[str, Any]
    version: bytes
    languages: Languages
    indexes: dict[str, LanguageIndex] = field(default_factory=dict)
    _extra: dict[str, dict[str, bytes]] = field(default_factory=dict)

    def build(self, documents: Mapping[str, Mapping[str, Document]]) -> dict[str, IndexFiles]:
        """Index the documents of each language; returns what the manifests of editions refer to."""
        self.indexes = {lang: self._index(lang, own) for lang, own in sorted(documents.items())}
        for index in self.indexes.values():
            index.load()
        try:
            self._update()
        except StoreDamaged:
            self._rebuild()
        return {lang: self._files_of(index) for lang, index in self.indexes.items()}

    def files(self, lang: str) -> dict[str, Callable[[], bytes]]:
        """Return the files of a language by name, each as a function that returns its content."""
        index = self.indexes[lang]
        files = {f"{name}.json": self._maker(index, name) for name in sorted(index.names())}
        return files | {
            name: partial(bytes, content) for name, content in self._extra[lang].items()
        }

    def _maker(self, index: LanguageIndex, name: str) -> Callable[[], bytes]:
        def make() -> bytes:
            try:
                return index.content(name)
            except StoreDamaged:
                self._rebuild()  # creates every file
                return index.content(name)

        return make

    def _rebuild(self) -> None:
        for index in self.indexes.values():
            index.reset()
        self._update()

    @property
    def _storage(self) -> Storage:
        return self.values.storage("search")

    def _index(self, lang: str, documents: Mapping[str, Document]) -> LanguageIndex:
        count = count_slots(len(documents))
        slots, digest = assign_slots(documents, count), self.values.digest
        items = {
            source: IndexItem(document, digest((document.entry, document.shown)), slots[source])
            for source, document in sorted(documents.items())
        }
        shard_bytes, chunk_bytes = self.options["shard_bytes"], self.options["chunk_bytes"]
        return LanguageIndex(
            lang, self.version, count, items, self._storage, shard_bytes, chunk_bytes
        )

    def _update(self) -> None:
        stale = [index for index in self.indexes.values() if index.is_changed]
        count = sum(len(index.changed) for index in stale)
        builder = BucketBuilder(self._storage, self.recorder)
        jobs = [job for index in stale for job in index.jobs()]
        filled: dict[str, list[BucketResult]] = {index.lang: [] for index in stale}
        for result in self._run(builder.fill_all, jobs, count):
            for each in result:
                filled[each.lang].append(each)
        work = [(index, filled[index.lang]) for index in stale]
        for finished in self._run(_finish_all, work, count):
            for lang, state, contents in finished:
                self.indexes[lang].take(state, contents)
        self._storage.keep_only({name for c in self.indexes.values() for name in c.stored})

    def _run(
        self,
        work: Callable[[Sequence[_Item]], _Result],
        items: Sequence[_Item],
        changed_texts: int,
    ) -> Iterator[_Result]:
        if changed_texts < _MIN_TEXTS_TO_FORK:
            return iter([work(items)])
        return self.values.run(work, items, 1)

    def _files_of(self, index: LanguageIndex) -> IndexFiles:
        assert index.state
        extra = self._extra[index.lang] = {}
        algorithm = self.recorder.analyser.algorithms[index.lang]
        characters = "".join(shard.characters for shard in index.state.shards)
        names = {"stemmer": "", "variants": ""}
        if algorithm:
            script = load_script(algorithm)
            names["stemmer"] = f"{name_of(index.lang, script)}.js"
            extra[names["stemmer"]] = script
        if pairs := variants_of(characters, self.recorder.analyser.variants):
            content = dump(pairs)
            names["variants"] = f"{name_of(index.lang, content)}.json"
            extra[names["variants"]] = content
        return IndexFiles(index, index.state, str(self.languages[index.lang].tag), **names)


def _finish_all(work: Sequence[tuple[LanguageIndex, Sequence[BucketResult]]]) -> list[_Finished]:
    return [(index.lang, *index.finish(filled)) for index, filled in work]


def variants_of(characters: str, variants: Mapping[int, str]) -> list[str]:
    """Return the variant characters that occur in the index, and what each is folded to."""
    own = set(characters)
    pairs = [(chr(old), new) for old, new in sorted(variants.items()) if new in own]
    return ["".join(side) for side in zip(*pairs, strict=True)] if pairs else []
