"""Incremental builds do little: what doesn't follow from an edit is not written.

And what only a store can do: right after kills and edits in any order.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests.edits.bench import Bench
from tests.edits.builds import Forge, difference, read_tree, times_of
from tests.edits.making import make_site
from tests.edits.site import Text, own_theme
from tests.edits.texts import add
from tests.test_incremental import SMALL, build_clean, build_in_place, kill_after, start_command


@pytest.fixture(scope="module")
def forges(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Forge, Forge]]:
    folder = tmp_path_factory.mktemp("forge")
    with Forge(folder, hash_seed=1) as forge, Forge(folder, hash_seed=2) as clean:
        yield forge, clean


@pytest.fixture
def bench(forges: tuple[Forge, Forge], tmp_path: Path) -> Bench:
    """A small site that was built, with one text that nothing leads to."""
    bench = Bench(tmp_path, make_site(SMALL), forges[1])
    fields = {"title": "Alone", "date": "2024-01-01 10:00", "summary": "It stands by itself."}
    bench.site.texts["ru/posts/alone.md"] = Text(fields, ["Text."])
    bench.write()
    build_in_place(bench, forges[0])
    return bench


def rebuild(bench: Bench, forge: Forge) -> set[str]:
    """Write and build; the files of the output that were written, or removed."""
    before = times_of(bench.output)
    bench.write()
    build_in_place(bench, forge)
    after = times_of(bench.output)
    return {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


def pages(names: set[str]) -> set[str]:
    return {name for name in names if name.endswith(".html")}


def test_a_text_s_words_are_written_where_they_are_shown(bench: Bench, forges: tuple[Forge, Forge]):
    bench.site.texts["ru/posts/alone.md"].paragraphs.append("More words.")
    written = rebuild(bench, forges[0])
    assert pages(written) <= {"ru/alone/index.html", "en/alone/index.html", *_searches(bench)}
    assert "ru/alone/index.html" in written


def test_a_title_is_written_where_it_is_shown(bench: Bench, forges: tuple[Forge, Forge]):
    bench.site.texts["ru/posts/alone.md"].fields["title"] = "By itself"
    written = pages(rebuild(bench, forges[0]))
    assert "ru/alone/index.html" in written
    shown = {
        name
        for name, data in read_tree(bench.output).items()
        if name.endswith(".html") and data and b"By itself" in data
    }
    assert written <= shown | _searches(bench)


def test_a_new_text_is_written_where_it_is_listed(bench: Bench, forges: tuple[Forge, Forge]):
    fields = {"title": "One more", "date": "2024-01-02 10:00", "summary": "It is new."}
    bench.site.texts["ru/posts/another.md"] = Text(fields, ["Text."])
    written = pages(rebuild(bench, forges[0]))
    assert "ru/another/index.html" in written
    # Nobody who asks whether one address is taken need hear of another.
    assert not any("/follow/" in name for name in written), written


def test_a_page_kind_s_template_writes_its_pages_alone(bench: Bench, forges: tuple[Forge, Forge]):

    name = "templates/archive.html"
    mark = "{% block main %}<!-- mark -->"
    bench.site.theme[name] = own_theme()[name].replace("{% block main %}", mark, 1)
    written = rebuild(bench, forges[0])
    assert written
    assert all("/archive/" in name for name in written)


def test_time_alone_writes_little(bench: Bench, forges: tuple[Forge, Forge]):
    bench.site.now += 60
    assert rebuild(bench, forges[0]) == set()


def test_a_bio_is_written_on_its_author_s_pages(bench: Bench, forges: tuple[Forge, Forge]):
    id = next(iter(bench.site.authors))
    bench.site.authors[id]["bio"] = {"ru": "Пишет.", "en": "Writes."}
    written = pages(rebuild(bench, forges[0]))
    assert all(f"/authors/{id}/" in name for name in written), written


def test_a_page_that_a_killed_build_wrote_goes_with_its_text(
    forges: tuple[Forge, Forge], tmp_path: Path
):
    """The text comes, the build is killed, the text goes."""
    forge, clean = forges
    bench, chance = Bench(tmp_path, make_site(SMALL), clean), Random(SMALL)
    wanted = build_clean(bench, tmp_path / "clean")
    build_in_place(bench, forge)

    began = time.monotonic()
    assert start_command(bench).wait() == 0
    length = time.monotonic() - began
    for number in range(10):
        add(bench, chance)
        path = max(path for path in bench.site.texts if "/new-" in path)
        bench.write()
        kill_after(start_command(bench), length * (0.6 + 0.04 * number))
        del bench.site.texts[path]
        bench.write()
        build_in_place(bench, forge)
        assert difference(wanted, read_tree(bench.output)) == [], number


def _searches(bench: Bench) -> set[str]:
    """Pages of the search name the files of its index."""
    return {f"{lang}/search/index.html" for lang in bench.site.languages}
