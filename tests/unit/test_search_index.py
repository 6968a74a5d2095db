"""The index and its files: whatever stands in a text leads to the text."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.model.entry import Entry
from plugins.model.metadata import PostMetadata
from plugins.search.documents import Document, to_text
from plugins.search.files import IndexFiles, place_of
from plugins.search.folding import fold, load_variants
from plugins.search.index import Indexer
from plugins.search.terms import Analyser

VARIANTS = load_variants()
ALGORITHMS = {"en": "english", "ru": "russian"}


def make_document(text: str, title: str = "", lang: str = "zh-hans", **changes: Any) -> Document:
    entry = Entry(
        "post", lang, "posts/a", "", "a", "", "published", title, PostMetadata(title="-"), ""
    )
    fields: dict[str, Any] = {
        "entry": entry,
        "url": "/a/",
        "title": title,
        "lang": lang,
        "tag": "",
        "kind": "post",
        "rubric": "",
        "group": "",
        "year": "2026",
        "date": "",
        "labels": (),
        "text": text,
    }
    return Document(**{**fields, **changes})


class Written:
    """An index's files read back, the way the browser does."""

    def __init__(self, documents: list[Document], **sizes: int) -> None:
        limits = {"shard_bytes": 600, "chunk_bytes": 300, "text_limit": 10_000, **sizes}
        self.files = IndexFiles(
            "zh-hans/search/index/",
            shard_bytes=limits["shard_bytes"],
            chunk_bytes=limits["chunk_bytes"],
            text_limit=limits["text_limit"],
        )
        index = Indexer(Analyser(VARIANTS, ALGORITHMS)).build(documents)
        self.start = json.loads(self.files.files[self.files.write(index, documents, VARIANTS)])

    def load(self, name: str) -> Any:
        return json.loads(self.files.files[f"zh-hans/search/index/{name}"])

    def postings(self, row: list[int]) -> dict[int, int]:
        """Document → field."""
        sums = [sum(row[: place + 1]) for place in range(len(row))]
        return {value >> 2: value & 3 for value in sums}

    def gram(self, gram: str) -> dict[int, int]:
        shards = self.start["grams"]
        if not shards:
            return {}
        return self.postings(self.load(shards[place_of(gram, len(shards))]).get(gram, []))

    def words(self, key: str) -> dict[str, Any]:
        names = {self.start["words"].get(part) for part in (key[:1], key[:2])} - {None}
        return {stem: row for name in names for stem, row in self.load(str(name)).items()}

    def row(self, number: int) -> list[Any]:
        starts = self.start["starts"]
        chunk = max(place for place, first in enumerate(starts) if first <= number)
        row: list[Any] = self.load(self.start["chunks"][chunk])[number - starts[chunk]]
        return row


HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=30)


@settings(deadline=None)
@given(st.lists(HAN, min_size=1, max_size=6))
def test_every_pair_of_han_characters_is_found_in_its_texts(texts: list[str]):
    """And in no others: a pair's postings are exactly the texts it stands in."""
    written = Written([make_document(text) for text in texts])
    folded = [fold(text, VARIANTS) for text in texts]
    pairs = {text[i : i + 2] for text in folded for i in range(len(text) - 1)}
    for pair in pairs:
        truth = {number for number, text in enumerate(folded) if pair in text}
        assert set(written.gram(pair)) == truth


CYRILLIC = st.text("абвгдеёжиклмнопрстуя", min_size=1, max_size=9)


@settings(deadline=None)
@given(st.lists(st.lists(CYRILLIC, min_size=1, max_size=8), min_size=1, max_size=5))
def test_every_word_is_found_among_the_forms_of_a_stem(texts: list[list[str]]):
    written = Written([make_document(" ".join(words), lang="ru") for words in texts])
    for number, words in enumerate(texts):
        for word in words:
            form = fold(word, VARIANTS)
            hits = {
                document
                for stem, (endings, row) in written.words(form).items()
                if form in forms_of(stem, endings)
                for document in written.postings(row)
            }
            assert number in hits, word


def forms_of(stem: str, endings: str) -> list[str]:
    return [part[1:] if part.startswith("=") else stem + part for part in endings.split(" ")]


def test_the_best_field_counts():
    document = make_document("客服 标题 服务", "标题")
    written = Written([make_document("标题"), document])
    assert written.gram("标题") == {0: 0, 1: 3}
    labelled = make_document("客服", labels=("客服",))
    assert Written([labelled]).gram("客服") == {0: 2}


def test_both_scripts_are_one_term():
    written = Written([make_document("客戶服務"), make_document("客户服务")])
    assert set(written.gram("客户")) == {0, 1}
    old, new = written.load(written.start["variants"])
    assert dict(zip(old, new, strict=True))["戶"] == "户"


def test_the_table_of_variants_holds_only_what_the_index_has():
    written = Written([make_document("你好")])
    assert written.start["variants"] == "" or "戶" not in written.load(written.start["variants"])[0]


def test_endings_tell_forms_that_no_text_has():
    written = Written([make_document("клиента клиентами отделу", lang="ru")])
    assert set(written.start["endings"].split(" ")) >= {"а", "ами", "у"}


def test_columns_give_each_document_its_value():
    documents = [make_document("一", kind=kind, year=year) for kind, year in
                 [("post", "2025"), ("event", ""), ("post", "2026")]]  # fmt: skip
    columns = Written(documents).start["columns"]
    for name in ("kind", "year"):
        values, column = columns[name]
        assert [values[ord(char) - 48] for char in column] == [
            getattr(document, name) for document in documents
        ]


@pytest.mark.parametrize("count", [1, 7, 40])
def test_every_document_s_row_is_where_it_is_looked_for(count: int):
    documents = [make_document("字" * 50, f"Title {number}") for number in range(count)]
    written = Written(documents)
    assert [written.row(number)[1] for number in range(count)] == [d.title for d in documents]


def test_a_long_text_is_cut_for_excerpts_but_indexed_whole():
    written = Written([make_document("短" * 30 + "末尾")], text_limit=20)
    assert set(written.gram("末尾")) == {0}
    assert written.row(0)[5:] == ["短" * 20 + "…", 0]


def test_files_stay_about_as_small_as_wanted():
    chance = random.Random(1)
    han = "".join(chr(chance.randrange(0x4E00, 0x6000)) for _ in range(3000))
    written = Written([make_document(han)], shard_bytes=2000)
    sizes = [len(written.files.files[f"zh-hans/search/index/{n}"]) for n in written.start["grams"]]
    assert len(sizes) > 8
    assert max(sizes) < 2 * 2000


def test_an_index_of_nothing_is_an_index():
    written = Written([])
    assert (written.start["count"], written.start["words"], written.start["grams"]) == (0, {}, [])


def test_inline_tags_leave_no_gap_and_blocks_do():
    html = (
        "<p>服<strong>务</strong>好</p><ul><li>一</li><li>二 &amp; три</li></ul><script>x</script>"
    )
    assert to_text(html) == "服务好\n一\n二 & три"


@given(st.text())
def test_any_text_survives_as_html(text: str):
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert to_text(f"<p>{escaped}</p>").split() == text.split()
