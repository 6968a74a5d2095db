"""Indexing: the index of each language, brought up to date."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from rubric.model.keeping import Cache, Storage
from rubric.model.language import Languages
from rubric.search.buckets import Filled, Filler, StoreDamaged
from rubric.search.corpus import Corpus
from rubric.search.documents import Document
from rubric.search.encoding import dump, name_of
from rubric.search.layout import assign_slots, count_slots
from rubric.search.records import Recorder, Wanted
from rubric.search.roots import CorpusFiles
from rubric.search.states import State
from rubric.search.stemmers import load_script

FOLDER = "search/index/"
"""Where the files of all editions are, below the output folder."""

_WORTH_FORKING = 32
"""Fewer changed texts than this are indexed before a worker would have started."""

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")
_Finished = tuple[str, State, dict[str, bytes]]


@dataclass(slots=True)
class Indexing:
    """Brings the index of each language up to date.

    `version` changes with the settings and words that rows are made of.
    """

    values: Cache
    recorder: Recorder
    options: Mapping[str, Any]
    version: bytes
    languages: Languages
    corpora: dict[str, Corpus] = field(default_factory=dict)
    _extra: dict[str, dict[str, bytes]] = field(default_factory=dict)

    def build(self, documents: Mapping[str, Mapping[str, Document]]) -> dict[str, CorpusFiles]:
        """Index the documents of each language; returns what the roots of editions name."""
        self.corpora = {lang: self._corpus(lang, own) for lang, own in sorted(documents.items())}
        for corpus in self.corpora.values():
            corpus.load()
        try:
            self._update()
        except StoreDamaged:
            self._start_again()
        return {lang: self._files_of(corpus) for lang, corpus in self.corpora.items()}

    def files(self, lang: str) -> dict[str, Callable[[], bytes]]:
        """The files of a language by name, with functions that make them."""
        corpus = self.corpora[lang]
        files = {f"{name}.json": self._maker(corpus, name) for name in sorted(corpus.names())}
        return files | {
            name: partial(bytes, content) for name, content in self._extra[lang].items()
        }

    def _maker(self, corpus: Corpus, name: str) -> Callable[[], bytes]:
        def make() -> bytes:
            try:
                return corpus.content(name)
            except StoreDamaged:
                self._start_again()  # which makes every file
                return corpus.content(name)

        return make

    def _start_again(self) -> None:
        for corpus in self.corpora.values():
            corpus.forget()
        self._update()

    @property
    def _storage(self) -> Storage:
        return self.values.storage("search")

    def _corpus(self, lang: str, documents: Mapping[str, Document]) -> Corpus:
        count = count_slots(len(documents))
        slots, digest = assign_slots(documents, count), self.values.digest
        wanted = {
            source: Wanted(document, digest((document.entry, document.shown)), slots[source])
            for source, document in sorted(documents.items())
        }
        shard_bytes, chunk_bytes = self.options["shard_bytes"], self.options["chunk_bytes"]
        return Corpus(lang, self.version, count, wanted, self._storage, shard_bytes, chunk_bytes)

    def _update(self) -> None:
        stale = [corpus for corpus in self.corpora.values() if corpus.is_changed]
        count = sum(len(corpus.changed) for corpus in stale)
        filler = Filler(self._storage, self.recorder)
        jobs = [job for corpus in stale for job in corpus.jobs()]
        filled: dict[str, list[Filled]] = {corpus.lang: [] for corpus in stale}
        for result in self._run(filler.fill_all, jobs, count):
            for each in result:
                filled[each.lang].append(each)
        work = [(corpus, filled[corpus.lang]) for corpus in stale]
        for finished in self._run(_finish_all, work, count):
            for lang, state, contents in finished:
                self.corpora[lang].take(state, contents)
        self._storage.keep_only({name for c in self.corpora.values() for name in c.stored})

    def _run(
        self,
        work: Callable[[Sequence[_Item]], _Result],
        items: Sequence[_Item],
        changed_texts: int,
    ) -> Iterator[_Result]:
        if changed_texts < _WORTH_FORKING:
            return iter([work(items)])
        return self.values.run(work, items, 1)

    def _files_of(self, corpus: Corpus) -> CorpusFiles:
        assert corpus.state
        extra = self._extra[corpus.lang] = {}
        algorithm = self.recorder.analyser.algorithms[corpus.lang]
        characters = "".join(shard.characters for shard in corpus.state.shards)
        names = {"stemmer": "", "variants": ""}
        if algorithm:
            script = load_script(algorithm)
            names["stemmer"] = f"{name_of(corpus.lang, script)}.js"
            extra[names["stemmer"]] = script
        if pairs := variants_of(characters, self.recorder.analyser.variants):
            content = dump(pairs)
            names["variants"] = f"{name_of(corpus.lang, content)}.json"
            extra[names["variants"]] = content
        return CorpusFiles(corpus, corpus.state, str(self.languages[corpus.lang].tag), **names)


def _finish_all(work: Sequence[tuple[Corpus, Sequence[Filled]]]) -> list[_Finished]:
    return [(corpus.lang, *corpus.finish(filled)) for corpus, filled in work]


def variants_of(characters: str, variants: Mapping[int, str]) -> list[str]:
    """The variants of the characters that a corpus has, and what each is folded to."""
    own = set(characters)
    pairs = [(chr(old), new) for old, new in sorted(variants.items()) if new in own]
    return ["".join(side) for side in zip(*pairs, strict=True)] if pairs else []
