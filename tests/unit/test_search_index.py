"""The index and its files: every word and every pair of Han characters leads to its texts."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from rubric.model.entry import Entry
from rubric.model.kinds import EVENT, POST
from rubric.model.markup import to_text
from rubric.model.metadata import PostMetadata
from rubric.search.buckets import BucketBuilder, StoreDamaged
from rubric.search.chunks import chunk_of
from rubric.search.documents import Document, EditionListing, ResultLabels
from rubric.search.encoding import encode_numbers, encode_postings, name_of, place_of
from rubric.search.folding import fold, load_variants
from rubric.search.indexing import variants_of
from rubric.search.language_index import LanguageIndex
from rubric.search.layout import Layout, assign_slots, count_slots
from rubric.search.manifests import make_columns
from rubric.search.records import IndexItem, Recorder
from rubric.search.terms import Analyser
from rubric.store.codec import codec_of
from tests.cases import cases

T = TypeVar("T")
VARIANTS = load_variants()
ALGORITHMS = {"en": "english", "ru": "russian"}
DIGITS = [chr(code) for code in range(33, 127) if chr(code) not in '"\\']
LABELS = ResultLabels(
    lambda url: f"/{url}", lambda lang, entry: "", lambda lang, entry: entry.title
)


@dataclass
class Memory:
    """Storage that is a dict; values are copied, as by a real one."""

    values: dict[str, bytes] = field(default_factory=dict)
    saved: int = 0

    def load(self, name: str, kind: type[T]) -> T | None:
        return codec_of(kind).decode(self.values[name]) if name in self.values else None

    def save(self, name: str, value: T, kind: type[T]) -> None:
        self.values[name] = codec_of(kind).encode(value)
        self.saved += 1

    def save_version(self, name: str, value: T, kind: type[T]) -> str:
        version = f"{name}.{name_of('', codec_of(kind).encode(value))}"
        self.save(version, value, kind)
        return version

    def keep_only(self, names: Set[str]) -> None:
        self.values = {name: value for name, value in self.values.items() if name in names}


def make_document(text: str, name: str = "a", lang: str = "zh-hans", **changes: Any) -> Document:
    title = changes.pop("title", "")
    labels = changes.pop("labels", ())
    entry = Entry(
        POST, lang, f"posts/{name}", f"{lang}/posts/{name}.md", name, f"{lang}/{name}/",
        "published", title, PostMetadata(title="-"), f"<p>{text}</p>", **changes,
    )  # fmt: skip
    return Document(entry, "", [EditionListing(lang, entry.url, tuple(labels))])


class Index:
    """The index of one language, read back the way the browser does."""

    def __init__(
        self, documents: Sequence[Document], storage: Memory | None = None, **sizes: int
    ) -> None:
        self.storage = storage or Memory()
        limits = {"shard_bytes": 600, "chunk_bytes": 300, "text_limit": 10_000, **sizes}
        recorder = Recorder(Analyser(VARIANTS, ALGORITHMS), LABELS, limits["text_limit"])
        by_source = {document.entry.source: document for document in documents}
        slots = assign_slots(by_source, count_slots(len(by_source)))
        items = {
            source: IndexItem(document, digest_of(document), slots[source])
            for source, document in sorted(by_source.items())
        }
        lang = documents[0].entry.lang if documents else "en"
        self.corpus = LanguageIndex(
            lang, b"", count_slots(len(by_source)), items, self.storage,
            limits["shard_bytes"], limits["chunk_bytes"],
        )  # fmt: skip
        self.corpus.load()
        if self.corpus.is_changed:
            jobs = list(self.corpus.jobs())
            filled = BucketBuilder(self.storage, recorder).fill_all(jobs)
            self.corpus.take(*self.corpus.finish(filled))
        self.storage.keep_only(self.corpus.stored)
        assert self.corpus.state
        self.state = self.corpus.state
        self.layout = Layout(*self.state.layout)
        self.texts = {slot: source for source, (_, slot, _) in self.state.texts.items()}

    def files(self) -> dict[str, bytes]:
        return {name: self.corpus.content(name) for name in self.corpus.names()}

    def shard(self, place: int) -> dict[str, Any]:
        shard: dict[str, Any] = json.loads(self.corpus.content(self.state.shards[place].name))
        return shard

    def postings(self, text: str) -> dict[str, int]:
        """Source → field."""
        found, value, step, factor = {}, 0, 0, 1
        for digit in map(DIGITS.index, text):
            if digit >= 46:
                step += (digit - 46) * factor
                factor *= 46
            else:
                value += step + digit * factor
                step, factor = 0, 1
                found[self.texts[value >> 2]] = value & 3
        return found

    def gram(self, gram: str) -> dict[str, int]:
        return self.postings(self.shard(self.layout.place_of_gram(gram)).get(gram, ""))

    def words(self, word: str) -> Iterator[tuple[str, list[str], dict[str, int]]]:
        """The stems in the file that has a word, their forms and postings."""
        for stem, row in self.shard(self.layout.place_of_word(word)).items():
            if isinstance(row, list):
                forms = [p[1:] if p.startswith("=") else stem + p for p in row[0].split(" ")]
                yield stem, forms, self.postings(row[1])

    def row(self, source: str) -> list[Any]:
        slot = self.state.texts[source][1]
        count, names = self.state.chunks
        chunk = names[chunk_of(slot, count, self.state.slots)]
        row: list[Any] = next(
            row for row in json.loads(self.corpus.content(chunk)) if row[0] == slot
        )
        return row


def digest_of(document: Document) -> bytes:
    entry = document.entry
    return f"{entry.source} {entry.title} {entry.body} {document.shown}".encode()


HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=30)


def named(texts: Sequence[str], lang: str = "zh-hans") -> list[Document]:
    return [make_document(text, str(number), lang) for number, text in enumerate(texts)]


@settings(deadline=None)
@given(st.lists(HAN, min_size=1, max_size=6))
def test_every_pair_of_han_characters_is_found_in_its_texts(texts: list[str]):
    """And in no others: a pair's postings are exactly the texts it is in."""
    index = Index(named(texts))
    folded = {f"zh-hans/posts/{n}.md": fold(text, VARIANTS) for n, text in enumerate(texts)}
    pairs = {text[i : i + 2] for text in folded.values() for i in range(len(text) - 1)}
    for pair in pairs:
        truth = {source for source, text in folded.items() if pair in text}
        assert set(index.gram(pair)) == truth


CYRILLIC = st.text("абвгдеёжиклмнопрстуя", min_size=1, max_size=9)


@settings(deadline=None)
@given(st.lists(st.lists(CYRILLIC, min_size=1, max_size=8), min_size=1, max_size=5))
def test_every_word_is_found_among_the_forms_and_by_its_stem(texts: list[list[str]]):
    index = Index(named([" ".join(words) for words in texts], "ru"), shard_bytes=60)
    analyser = Analyser(VARIANTS, ALGORITHMS)
    for number, words in enumerate(texts):
        for stem, form in analyser.analyse(" ".join(words), "ru").words:
            source = f"ru/posts/{number}.md"
            assert any(source in hits and form in f for _, f, hits in index.words(form)), form
            assert any(source in hits and s == stem for s, _, hits in index.words(stem)), stem


def random_texts(chance: random.Random, count: int, lang: str) -> dict[str, Document]:
    letters = "客户服务标题电话" if lang == "zh-hans" else "aborst"
    found = {}
    for _ in range(count):
        name = str(chance.randrange(count * 2))
        words = ["".join(chance.choices(letters, k=chance.randint(1, 5))) for _ in range(12)]
        found[name] = make_document(" ".join(words), name, lang)
    return found


@cases("lang", ["en", "zh-hans"])
@cases("seed", range(4))
def test_an_updated_index_is_what_a_new_one_would_be(seed: int, lang: str):
    """Whatever is added, edited and removed; also where the layout changes meanwhile."""
    chance, storage = random.Random(seed), Memory()
    texts = random_texts(chance, 40, lang)
    for _ in range(25):
        for _ in range(chance.randint(1, 3)):
            if texts and chance.random() < 0.4:
                del texts[chance.choice(sorted(texts))]
            texts |= random_texts(chance, chance.randint(1, 2), lang)
        documents = list(texts.values())
        assert Index(documents, storage).files() == Index(documents).files()


def test_an_edit_changes_few_files():
    words = [f"{a}{b}{c}ly" for a in "bcdfg" for b in "aeiou" for c in "lmnpr"]
    chance = random.Random(1)
    texts = [" ".join(chance.choices(words, k=30)) for _ in range(60)]
    storage = Memory()
    before = Index(named(texts, "en"), storage).files()
    storage.saved = 0
    texts[7] += " omega"
    after = Index(named(texts, "en"), storage).files()
    assert len(before) > 40
    assert 2 <= len(after.keys() - before.keys()) <= 3  # the row, and the stem and form of “omega”
    assert storage.saved <= 4


def test_a_removed_text_leaves_nothing_behind():
    storage = Memory()
    documents = named([*["alpha beta"] * 20, "zyzzyva"], "en")
    Index(documents, storage)
    index = Index(documents[:-1], storage)
    assert b"zyzzyva" not in b"".join(index.files().values())
    assert b"zyzzyva" not in b"".join(storage.values.values())


def test_what_the_store_has_lost_is_noticed():
    storage = Memory()
    documents = named([f"word{n} common" for n in range(30)], "en")
    Index(documents, storage)
    for name in sorted(storage.values):
        damaged = copy.deepcopy(storage)
        del damaged.values[name]
        changed = [*documents[:-1], make_document("omega", "29", "en")]
        with suppress(StoreDamaged):
            assert Index(changed, damaged).files() == Index(changed).files()


def test_adding_a_text_moves_few_others():
    sources = [f"en/posts/{number}.md" for number in range(200)]
    count = count_slots(201)
    before, after = assign_slots(sources, count), assign_slots([*sources, "en/posts/new.md"], count)
    assert sum(after[source] != slot for source, slot in before.items()) < 5
    assert len(set(after.values())) == 201


def test_the_best_field_counts():
    index = Index([make_document("标题", "0"), make_document("客服 服务", "1", title="标题")])
    assert index.gram("标题") == {"zh-hans/posts/0.md": 0, "zh-hans/posts/1.md": 3}
    assert Index([make_document("客服", labels=("客服",))]).gram("客服") == {
        "zh-hans/posts/a.md": 2
    }


def test_both_scripts_are_one_term():
    index = Index(named(["客戶服務", "客户服务"]))
    assert set(index.gram("客户")) == set(index.state.texts)
    characters = "".join(shard.characters for shard in index.state.shards)
    assert dict(zip(*variants_of(characters, VARIANTS), strict=True))["戶"] == "户"


def test_the_table_of_variants_holds_only_what_the_index_has():
    assert "戶" not in "".join(variants_of("你好", VARIANTS))


def test_columns_give_each_document_its_value():
    documents = [make_document("一", kind) for kind in ("a", "b")]
    documents[0].entry.kind = EVENT
    values, column = make_columns(documents)["kind"]
    assert [values[ord(char) - 48] for char in column] == ["event", "post"]


@cases("count", [1, 7, 40])
def test_every_document_s_row_is_where_it_is_looked_for(count: int):
    documents = [make_document("字" * 50, str(n), title=f"Title {n}") for n in range(count)]
    index = Index(documents)
    for number in range(count):
        shown = index.row(f"zh-hans/posts/{number}.md")[-1]
        assert shown["zh-hans"][1] == f"Title {number}"


def test_a_long_text_is_cut_for_excerpts_but_indexed_whole():
    index = Index([make_document("短" * 30 + "末尾")], text_limit=20)
    assert set(index.gram("末尾")) == {"zh-hans/posts/a.md"}
    assert index.row("zh-hans/posts/a.md")[2:4] == ["短" * 20 + "…", 0]


def test_files_stay_about_as_small_as_wanted():
    chance = random.Random(1)
    han = "".join(chr(chance.randrange(0x4E00, 0x6000)) for _ in range(3000))
    words = " ".join("".join(chance.choices("abcde", k=8)) for _ in range(2000))
    for text, lang in ((han, "zh-hans"), (words, "en")):
        index = Index([make_document(text, lang=lang)], shard_bytes=2000)
        sizes = [len(index.corpus.content(shard.name)) for shard in index.state.shards]
        assert len(sizes) > 8
        assert max(sizes) < 4 * 2000, lang


def test_an_index_of_nothing_is_an_index():
    index = Index([])
    assert (index.state.texts, index.state.chunks.names) == ({}, {})
    assert index.files() == {name_of("en", b"{}"): b"{}"}


@given(st.dictionaries(st.integers(0, 100_000), st.integers(0, 3), max_size=50))
def test_postings_survive_being_written(postings: dict[int, int]):
    index = Index([])
    index.texts = {slot: str(slot) for slot in postings}
    written = index.postings(encode_postings(postings))
    assert written == {str(slot): rank for slot, rank in postings.items()}


def test_numbers_have_equal_width():
    assert encode_numbers([0, 1, 92], 2) == "!!!#" + "#!"
    assert place_of("客户", 8) in range(8)


def test_inline_tags_leave_no_gap_and_blocks_do():
    html = (
        "<p>服<strong>务</strong>好</p><ul><li>一</li><li>二 &amp; 三</li></ul><script>x</script>"
    )
    assert to_text(html) == "服务好\n一\n二 & 三"


@given(st.text())
def test_any_text_survives_as_html(text: str):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert to_text(f"<p>{escaped}</p>").split() == text.split()
