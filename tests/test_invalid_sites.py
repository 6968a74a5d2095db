"""Sites with mistakes: what their authors are told, and that nothing is written."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import pelicanconf
from tests.building import ROOT, Build, build, write_site

SITES = sorted(path for path in (ROOT / "tests/sites/invalid").iterdir() if path.is_dir())
LANGUAGES = {key: pelicanconf.LANGUAGES[key] for key in ("en", "ru")}
LETTERS = pelicanconf.NEWSLETTER["lists"]
NEWSLETTER = {"lists": {key: LETTERS[key] for key in ("weekly-en", "weekly-ru")}}
GOOD = "---\ntitle: Quiet Monday\ndate: 2026-09-07\n---\nNobody called until ten.\n"
BOM = b"\xef\xbb\xbf"


@pytest.fixture(scope="module")
def good_output(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """The output of a site without mistakes, as it was before a mistake came in."""
    folder = tmp_path_factory.mktemp("good")
    result = build(
        write_site(folder, {"en/posts/quiet-monday.md": GOOD}),
        folder / "output",
        LANGUAGES=LANGUAGES,
        NEWSLETTER=NEWSLETTER,
    )
    assert result.status == 0, result.told
    return result


def refused(content: Path, good: Build, folder: Path) -> list[str]:
    """Build over a copy of a good output, see that it stays; returns the lines told."""
    output = folder / "output"
    shutil.copytree(good.output, output)
    times = {path: path.stat().st_mtime_ns for path in output.rglob("*")}
    result = build(content, output, LANGUAGES=LANGUAGES, NEWSLETTER=NEWSLETTER)
    assert result.status == 1, result.told
    assert "Traceback" not in result.told
    assert result.files() == good.files()
    assert {path: path.stat().st_mtime_ns for path in output.rglob("*")} == times
    count, *lines = result.told.strip().splitlines()
    assert count == f"{len(lines)} error{'s' * (len(lines) > 1)}, nothing written."
    return lines


@pytest.mark.parametrize("site", SITES, ids=lambda path: path.name)
def test_mistake_is_told_and_nothing_written(
    site: Path, good_output: Build, tmp_path: Path
) -> None:
    expected = (site / "expected.txt").read_text("utf-8").splitlines()
    assert refused(site / "content", good_output, tmp_path) == expected


def test_first_build_with_a_mistake_makes_no_output_folder(tmp_path: Path) -> None:
    content = write_site(tmp_path, {"en/posts/quiet-monday.md": "No title.\n"})
    result = build(content, tmp_path / "output", LANGUAGES=LANGUAGES, NEWSLETTER=NEWSLETTER)
    assert result.status == 1
    assert not result.output.exists()


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            GOOD.replace("ten", "te\0n").encode(),
            ":5: contains a control character, U+0000. Delete it.",
        ),
        (
            GOOD.encode() + b"\xed\xa0\x80\n",  # a lone surrogate, which RFC 3629 forbids
            ":6: is not UTF-8 text: byte 0xed. Save it as UTF-8 in your editor.",
        ),
        (
            GOOD.replace("Quiet", "Тихий").encode("cp1251"),
            ":2: is not UTF-8 text: byte 0xd2. Save it as UTF-8 in your editor.",
        ),
        (
            BOM + GOOD.encode("utf-16-le"),
            ":1: contains a control character, U+0000. Delete it.",
        ),
        (
            GOOD.encode() + b"Nobody called. " * 134_000,
            (
                ": is 2.0 MB; the limit is 1.0 MB. "
                "Split it, or move pasted data into a file of its own and link to it."
            ),
        ),
    ],
    ids=["nul", "lone-surrogate", "cp1251", "utf-16", "two-megabytes"],
)
def test_file_that_is_no_text_is_refused(
    data: bytes, expected: str, good_output: Build, tmp_path: Path
) -> None:
    content = write_site(tmp_path, {"en/posts/quiet-monday.md": GOOD})
    (content / "en/posts/pasted.md").write_bytes(data)
    lines = refused(content, good_output, tmp_path)
    assert lines == [f"content/en/posts/pasted.md{expected}"]


def test_unreadable_file_is_refused(good_output: Build, tmp_path: Path) -> None:
    """A link to a file that was moved away is seen, not skipped."""
    content = write_site(tmp_path, {"en/posts/quiet-monday.md": GOOD})
    (content / "en/posts/post.md").symlink_to(tmp_path / "moved.md")
    (line,) = refused(content, good_output, tmp_path)
    assert line == (
        "content/en/posts/post.md: can't be read: No such file or directory. "
        "Check that the file exists and that you may read it."
    )


def test_all_mistakes_are_told_in_one_run_sorted_by_place(
    good_output: Build, tmp_path: Path
) -> None:
    content = write_site(
        tmp_path,
        {
            "en/posts/untitled.md": "---\ndate: 2026-09-07\n---\nNobody called.\n",
            "en/posts/linking.md": GOOD + "\n[More](more.md)\n",
            "en/events/meetup.md": GOOD.replace("---\nNobody", "start: soon\n---\nNobody"),
            "ru/pages/about.md": "---\ntitle: [a\n---\nText.\n",
            "fr/posts/lundi.md": GOOD,
        },
    )
    places = [
        line.removeprefix("content/").partition(": ")[0]
        for line in refused(content, good_output, tmp_path)
    ]
    assert places == [
        "en/events/meetup.md:1",
        "en/events/meetup.md:4",
        "en/posts/linking.md:7",
        "en/posts/untitled.md:1",
        "fr",
        "ru/pages/about.md:2",
    ]


def test_mistakes_of_one_file_are_told_together(good_output: Build, tmp_path: Path) -> None:
    text = "---\nmood: calm\ndate: yesterday\nimage: [a]\n---\nText.\n"
    content = write_site(tmp_path, {"en/posts/many.md": text})
    fields = [line.split(": ")[1] for line in refused(content, good_output, tmp_path)]
    assert fields == ["title", "mood", "date", "image"]


def test_mended_site_builds_again(good_output: Build, tmp_path: Path) -> None:
    """The output a refused build left alone is where the next build goes on."""
    content = write_site(tmp_path, {"en/posts/quiet-monday.md": "No title.\n"})
    refused(content, good_output, tmp_path)
    write_site(tmp_path, {"en/posts/quiet-monday.md": GOOD})
    result = build(content, tmp_path / "output", LANGUAGES=LANGUAGES, NEWSLETTER=NEWSLETTER)
    assert result.status == 0, result.told
    assert result.files() == good_output.files()
