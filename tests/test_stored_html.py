"""The HTML of texts, kept apart from all else that was read of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from rubric.model.entry import Entry
from rubric.model.kinds import BUILT_IN
from rubric.store.codec import codec_of
from rubric.store.fingerprints import Fingerprints
from rubric.store.inputs import Inputs
from rubric.store.options import Shard
from rubric.store.source_files import Files
from rubric.store.store import Store
from rubric.store.stored_html import HtmlBucket, StoredHtml
from rubric.store.texts import ChangedMeanwhile, Texts
from tests.building import Build, build, write_site
from tests.newsletters import NOW, make_post
from tests.pages import write_text

FILES = {
    f"{lang}/posts/p{number}.md": write_text(f"P {number}", f"Text {number}, #tea. [x](p0.md)")
    for lang in ("en", "ru")
    for number in range(9)
}


def never(source: str, content: bytes) -> str:
    raise AssertionError(f"{source} is read again, of {content!r}")


def test_html_is_taken_from_the_store_when_it_is_shown(tmp_path: Path):
    store = Store(tmp_path, b"1")
    html = StoredHtml(HtmlBucket(store, "texts/en-00.a", never), "a.md", b"1")
    store.save("texts/en-00.a", {"a.md": "<p>A</p>"}, codec_of(dict[str, str]))
    assert html.read() == "<p>A</p>"
    store.drop("texts/en-00.a")
    assert html.read() == "<p>A</p>"


def test_kept_html_says_what_the_html_says(tmp_path: Path):
    html = StoredHtml(HtmlBucket(Store(tmp_path, b"1"), "x", lambda *_: "<p>A</p>"), "a.md", b"1")
    assert Fingerprints().of(html) == Fingerprints().of("<p>A</p>")


class Reading(NamedTuple):
    entry: Entry | None


class Shelf:
    """Two texts in a store, read again and again; their HTML is what their files say."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.store = folder, Store(folder / "store", b"1")
        self.parsed: set[str] = set()
        for name in ("en/posts/a.md", "en/posts/b.md"):
            self.write(name, f"words of {name}")

    def write(self, source: str, words: str) -> None:
        path = self.folder / "content" / source
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8")

    def read(self) -> dict[str, Entry]:
        files = Files(self.folder / "content", frozenset())
        inputs, now = Inputs({}, {}, lambda name: None), datetime(2026, 11, 22, tzinfo=UTC)
        texts = Texts(
            files, self.store, inputs, now, BUILT_IN, 1, lambda *_: None, Shard(), lambda: None
        )
        found = {
            e.source: e for e in texts.read(["en/posts/a.md", "en/posts/b.md"], parse, 99, fail)
        }
        self.parsed = texts.parsed
        return found

    def bodies(self) -> list[str]:
        return [name for name in self.store.names("texts") if "." in name]


def parse(source: str, content: bytes | OSError) -> Reading:
    assert isinstance(content, bytes)
    entry = make_post(Path(source).stem, NOW, lang="en")
    entry.source, entry.html = source, content.decode()
    return Reading(entry)


def fail(reading: object) -> None:
    raise AssertionError(reading)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    shelf = Shelf(tmp_path)
    shelf.read()
    return shelf


def test_no_html_is_loaded_until_it_is_shown(shelf: Shelf, monkeypatch: pytest.MonkeyPatch):
    loaded: list[str] = []
    load = Store.load

    def spy(store: Store, name: str, codec: Any) -> Any:
        loaded.append(name)
        return load(store, name, codec)

    monkeypatch.setattr(Store, "load", spy)
    entry = shelf.read()["en/posts/a.md"]
    assert loaded
    assert not [name for name in loaded if "." in name]
    assert entry.body == "words of en/posts/a.md"
    assert len([name for name in loaded if "." in name]) == 1


def test_html_that_is_lost_is_read_again(shelf: Shelf):
    entry = shelf.read()["en/posts/a.md"]
    for name in shelf.bodies():
        shelf.store.drop(name)
    assert entry.body == "words of en/posts/a.md"


def test_html_of_other_bytes_is_not_taken(shelf: Shelf):
    """Or a page would show new words under the old title."""
    entry = shelf.read()["en/posts/a.md"]
    for name in shelf.bodies():
        shelf.store.drop(name)
    shelf.write("en/posts/a.md", "other words")
    with pytest.raises(ChangedMeanwhile, match=r"content/en/posts/a\.md was changed"):
        str(entry.body)
    assert shelf.read()["en/posts/a.md"].body == "other words"


def test_lost_html_is_mended_by_the_next_build(shelf: Shelf):
    names = shelf.bodies()
    for name in names:
        (shelf.store.folder / name).write_bytes(b"torn")
    assert [entry.body for entry in shelf.read().values()]
    assert shelf.bodies() == []
    shelf.read()
    assert shelf.bodies() == names
    assert shelf.parsed == {"en/posts/a.md", "en/posts/b.md"}


DAMAGE: dict[str, Callable[[Path], object]] = {
    "is gone": Path.unlink,
    "is empty": lambda path: path.write_bytes(b""),
    "is torn": lambda path: path.write_bytes(path.read_bytes()[:-9]),
    "is another's": lambda path: path.write_bytes(b"RUBRIC\x00\x03" + b"1" * 200),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_pages_are_right_whatever_became_of_kept_html(what: str, tmp_path: Path):
    """All pages are made anew, for no page of the output is left as it was."""
    content, output = write_site(tmp_path, FILES), tmp_path / "output"
    first = _build(content, output).files()
    bodies = _bodies(output)
    assert len(bodies) == len(list(_texts(output).iterdir())) / 2
    for path in bodies:
        DAMAGE[what](path)
    for page in output.rglob("*.html"):
        page.write_bytes(b"")
    assert _build(content, output).files() == first


def test_an_edit_beside_lost_html_is_read_as_any_other(tmp_path: Path):
    content, output = write_site(tmp_path, FILES), tmp_path / "output"
    first = _build(content, output).files()
    for path in _bodies(output):
        path.unlink()
    page = content / "en/posts/p1.md"
    before = page.read_bytes()
    page.write_text(write_text("Other", "Other words. [y](p2.md)"), encoding="utf-8")
    built = _build(content, output)
    assert re.search(r"18 of them parsed", built.told)
    assert "Other words" in built.page("en/p1/")
    page.write_bytes(before)
    assert _build(content, output).files() == first


def test_no_html_is_left_of_what_was_edited_or_deleted(tmp_path: Path):
    content, output = write_site(tmp_path, FILES), tmp_path / "output"
    _build(content, output)
    (content / "en/posts/p1.md").write_text(write_text("P 1", "Other words."), encoding="utf-8")
    (content / "ru/posts/p2.md").unlink()
    _build(content, output)
    drawers = [path for path in _texts(output).iterdir() if "." not in path.name]
    assert sorted(path.stem for path in _bodies(output)) == sorted(path.name for path in drawers)


def _build(content: Path, output: Path) -> Build:
    built = build(content, output, SOCIAL_IMAGES={"images": False, "cache": ".cache/social"})
    assert built.status == 0, built.told
    return built


def _texts(output: Path) -> Path:
    return output.with_name(".output.store") / "texts"


def _bodies(output: Path) -> list[Path]:
    return [path for path in _texts(output).iterdir() if "." in path.name]
