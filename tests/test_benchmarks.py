"""The comparison of sites: the same corpus for each, the same addresses, figures that are true."""

from __future__ import annotations

import sys
from pathlib import Path
from textwrap import dedent

import pytest
import yaml

from benchmarks.addresses import ONLY_HUGO, ONLY_RUBRIC, addresses, differences
from benchmarks.corpus import LANGUAGES, invent_posts, make_long_posts, make_posts
from benchmarks.hugo_site import make_hugo_site
from benchmarks.report import compare_table, replace_block
from benchmarks.sites import Site, find_hugo, make_hugo, make_rubric
from benchmarks.timing import Measured, Run, run_in_turn, run_once
from tests.building import ROOT, SITE

MEGABYTE = 1_000_000


def test_the_corpus_is_the_same_every_time():
    posts = list(invent_posts(SITE, 40))
    assert posts == list(invent_posts(SITE, 40))
    assert {post.lang for post in posts} == set(LANGUAGES)
    assert all("\n" not in post.title and len(post.body.encode()) > 2000 for post in posts)


def test_long_posts_are_in_one_language_and_about_20_kb(tmp_path: Path):
    paths = sorted(make_long_posts(SITE, tmp_path, 8).rglob("*.md"))
    assert len(paths) == 8
    assert {path.parent for path in paths} == {tmp_path / "en/posts"}
    assert all(20_000 < path.stat().st_size < 30_000 for path in paths)
    Site(tmp_path, [], tmp_path).edit(1)  # languages without posts are skipped


def test_hugo_gets_the_posts_that_pelican_gets(tmp_path: Path):
    ours = make_posts(SITE, tmp_path / "ours", 8)
    theirs = make_hugo_site(ROOT, tmp_path / "theirs", 8) / "content"
    for path in ours.rglob("*.md"):
        header, body = path.read_text("utf-8").split("\n\n", 1)
        fields = dict(line.split(": ", 1) for line in header.splitlines())
        _, front, same = (theirs / path.relative_to(ours)).read_text("utf-8").split("---\n", 2)
        values = yaml.safe_load(front)
        assert same == body
        assert (values["title"], values["tags"]) == (fields["Title"], fields["Tags"].split(", "))
        assert values["authors"] == [fields["Authors"]]
        assert f"{values['date']:%Y-%m-%d %H:%M}" == fields["Date"]


def test_only_differences_without_a_reason_are_told():
    excused = {"_redirects", "en/places/cities.json"}
    assert differences({"en/index.html", *excused}, {"en/index.html", "en/sitemap.xml"}) == []
    # The same year in two full pages and a first one, numbered from the other end.
    year = "en/archive/2016/{}index.html"
    rubric = {year.format(part) for part in ("", "page/1/", "page/2/")}
    hugo = {year.format(part) for part in ("", "page/2/", "page/3/")}
    assert differences(rubric, hugo) == []
    assert differences(rubric, {year.format("")}) == [f"only Rubric: {year.format('page/2/')}"]
    told = differences({"en/index.html", "en/feed.rss.xml"}, {"en/index.html", "en/page/1/x.html"})
    assert told == ["only Rubric: en/feed.rss.xml", "only Hugo: en/page/1/x.html"]
    assert all([*ONLY_RUBRIC.values(), *ONLY_HUGO.values()])


def test_a_hash_in_a_name_makes_no_other_address(tmp_path: Path):
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme/site.0123abcd.css").touch()
    (tmp_path / "theme/site.js").touch()
    assert addresses(tmp_path) == {"theme/site.css", "theme/site.js"}


def test_memory_is_that_of_all_processes_and_shared_pages_count_once(tmp_path: Path):
    """A parent holds 60 MB that its child shares, and the child 40 MB of its own."""
    script = """
        import os, time
        shared = b"x" * 60_000_000
        if os.fork():
            os.wait()
        else:
            own = b"y" * 40_000_000
            time.sleep(1)
    """
    run = run_once([sys.executable, "-c", dedent(script)], tmp_path, with_memory=True)
    assert 100 * MEGABYTE < run.memory < 150 * MEGABYTE
    assert run.wall > 1
    assert run_once([sys.executable, "-c", ""], tmp_path).memory == 0


def test_a_run_that_fails_says_why(tmp_path: Path):
    with pytest.raises(RuntimeError, match="no such thing"):
        run_once([sys.executable, "-c", "raise SystemExit('no such thing')"], tmp_path)


def test_actions_take_turns_and_the_first_round_only_warms_up():
    turns: list[tuple[str, bool]] = []

    def action(name: str):
        def act(*, with_memory: bool) -> Run:
            turns.append((name, with_memory))
            return Run(float(len(turns)), 0, 7 if with_memory else 0)

        return act

    measured = run_in_turn({"a": action("a"), "b": action("b")}, 2)
    assert turns == [("a", True), ("b", True), *[("a", False), ("b", False)] * 2]
    assert measured["a"] == Measured([Run(3, 0), Run(5, 0)], 7)
    assert measured["a"].wall == 4


def test_ratios_are_of_one_round():
    """A machine that was twice as slow in one round changes no ratio."""
    slow_then_fast = Measured([Run(20, 1), Run(10, 1), Run(10, 1)], 0)
    assert slow_then_fast.ratio(Measured([Run(40, 1), Run(20, 1), Run(20, 1)], 0)) == 0.5


def test_a_table_leaves_open_what_was_not_measured():
    one = Measured([Run(1, 2)], 50 * MEGABYTE)
    four = Measured([Run(4, 4)], 100 * MEGABYTE)
    measured = {"cold": {"A": one, "B": four, "C": one}, "again": {"A": one, "B": four}}
    table = compare_table(measured, {"A": (3, 1), "B": (3, 2), "C": (1, 1)}).splitlines()
    assert table[0] == "| | A | B | C | A / B |"
    assert table[2] == "| cold, wall | 1.00 s | 4.00 s | 1.00 s | **0.25** |"
    assert "| again, peak memory | 50 MB | 100 MB | | **0.50** |" in table


def test_a_table_takes_its_place_and_the_rest_of_the_document_stays(tmp_path: Path):
    path = tmp_path / "performance.md"
    path.write_text("Before.\n<!-- bench:4 -->\nold\n<!-- /bench:4 -->\nAfter.\n", "utf-8")
    replace_block(path, "4", r"new \1")
    replace_block(path, "4", "newest")
    assert path.read_text("utf-8") == (
        "Before.\n<!-- bench:4 -->\nnewest\n<!-- /bench:4 -->\nAfter.\n"
    )
    with pytest.raises(ValueError, match="bench:5"):
        replace_block(path, "5", "new")


def test_a_cold_build_finds_nothing_of_the_last_one(tmp_path: Path):
    """Neither the output nor what stands beside it under its name; other files stay."""
    for name in ("output", ".output.store"):
        (tmp_path / name).mkdir()
    for name in ("output/index.html", ".output.files", ".other"):
        (tmp_path / name).touch()
    Site(tmp_path, [sys.executable, "-c", ""], tmp_path / "output").build_cold()
    assert [path.name for path in tmp_path.iterdir()] == [".other"]


def test_each_edit_is_of_another_post_and_both_sites_get_the_same(tmp_path: Path):
    folders = [tmp_path / name for name in ("ours", "theirs")]
    for folder in folders:
        make_posts(SITE, folder, 40)
    before = {path: path.read_text("utf-8") for path in folders[0].rglob("*.md")}
    for number in range(1, 5):
        for folder in folders:
            Site(folder, [], tmp_path).edit(number)
    changed = [path for path, text in before.items() if path.read_text("utf-8") != text]
    assert len(changed) == 4
    for path in changed:
        assert path.read_text("utf-8").startswith(before[path])
        same = folders[1] / path.relative_to(folders[0])
        assert same.read_text("utf-8") == path.read_text("utf-8")


def test_hugo_writes_the_same_addresses_and_about_as_many_bytes(tmp_path: Path):
    try:
        program = find_hugo()
    except FileNotFoundError as missing:
        pytest.skip(str(missing))
    (tmp_path / "rubric").mkdir()
    # 120 posts of each language and year: more than a page of an archive holds.
    rubric = make_rubric(tmp_path / "rubric", 480, extras=False)
    hugo = make_hugo(tmp_path / "hugo", 480, program)
    for site in (rubric, hugo):
        site.build_cold()
    assert differences(addresses(rubric.output), addresses(hugo.output)) == []
    for pattern in (
        "index.html",
        "*/index.html",
        "404.html",
        "*/post-*/index.html",
        "*/tags/*/index.html",
        "*/authors/*/page/*/index.html",
        "*/archive/20*/**/index.html",
        "**/*.xml",
    ):
        ours, theirs = (
            sum(path.stat().st_size for path in set(site.output.glob(pattern)))
            for site in (rubric, hugo)
        )
        assert ours, pattern
        assert theirs == pytest.approx(ours, rel=0.05), pattern
