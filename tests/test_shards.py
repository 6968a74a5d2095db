"""Shards: what several builds make of their shares is, joined, what one build makes."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from tests.building import Build, build
from tests.sharing import SHARES, read_folder, write_shared_site


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_shared_site(tmp_path_factory.mktemp("shared"))


@pytest.fixture(scope="module")
def whole(content: Path, tmp_path_factory: pytest.TempPathFactory) -> Build:
    site = build(content, tmp_path_factory.mktemp("whole") / "output")
    assert site.status == 0, site.told
    return site


def build_share(content: Path, output: Path, share: str, **told: str) -> Build:
    return build(content, output, environment={"RUBRIC_SHARD": share, **told})


def build_shares(content: Path, folder: Path, texts: Path | None = None) -> list[Build]:
    """Each in a folder of its own; `texts` are drawers that were filled before."""
    sites = []
    for number in range(1, SHARES + 1):
        output = folder / f"{number}/output"
        if texts:
            shutil.copytree(texts, folder / f"{number}/.output.store/texts")
        sites.append(build_share(content, output, f"{number}/{SHARES}"))
        assert sites[-1].status == 0, sites[-1].told
    return sites


def join(parts: Iterable[Mapping[str, bytes]]) -> dict[str, bytes]:
    """All files together; none may be in two parts."""
    files = [item for part in parts for item in part.items()]
    twice = [name for name, count in Counter(name for name, _ in files).items() if count > 1]
    assert twice == []
    return dict(files)


def assert_whole(sites: list[Build], whole: Build) -> None:
    joined, expected = join(site.files() for site in sites), whole.files()
    assert joined.keys() == expected.keys()
    assert [name for name in expected if expected[name] != joined[name]] == []
    exports = join(read_folder(site.output.parent / "exports") for site in sites)
    assert exports == read_folder(whole.output.parent / "exports")


def test_shares_joined_are_the_whole(content: Path, whole: Build, tmp_path: Path):
    sites = build_shares(content, tmp_path)
    assert_whole(sites, whole)
    assert all(len(site.files()) > len(whole.files()) / SHARES / 2 for site in sites)


def test_exports_are_there_to_be_shared(whole: Build):
    """Or the comparison above would compare nothing with nothing."""
    exports = read_folder(whole.output.parent / "exports")
    assert "redirects.nginx.map" in exports
    assert [name for name in exports if name.endswith(".eml")]


def test_texts_that_others_have_parsed_are_not_parsed_again(
    content: Path, whole: Build, tmp_path: Path
):
    drawers: dict[str, bytes] = {}
    for number in range(1, SHARES + 1):
        output = tmp_path / f"read/{number}/output"
        reading = build_share(content, output, f"{number}/{SHARES}", RUBRIC_ONLY_READ="1")
        assert reading.status == 0, reading.told
        assert not output.exists()
        drawers = join([drawers, read_folder(output.parent / ".output.store/texts")])
    texts = tmp_path / "texts"
    texts.mkdir()
    for name, drawer in drawers.items():
        (texts / name).write_bytes(drawer)
    sites = build_shares(content, tmp_path / "built", texts)
    assert ["0 of them parsed" in site.told for site in sites] == [True] * SHARES
    assert_whole(sites, whole)


def test_a_share_over_the_whole_leaves_the_share(content: Path, whole: Build, tmp_path: Path):
    """A folder has what its last build made, and nothing an earlier one left."""
    site = build(content, tmp_path / "output")
    part = build_share(content, site.output, f"2/{SHARES}").files()
    assert part.items() < whole.files().items()
    assert build(content, site.output).files() == whole.files()


def test_a_mistake_is_told_by_every_share_alike(content: Path, tmp_path: Path):
    wrong = shutil.copytree(content, tmp_path / "content")
    for name in ("posts/post-0.md", "posts/post-7.md"):
        path = wrong / "en" / name
        path.write_text(path.read_text("utf-8").replace("date:", "dat:"), encoding="utf-8")
    expected = build(wrong, tmp_path / "output")
    # The letter names a text that failed: what is wrong among texts is told, too.
    assert expected.told.startswith("3 errors, nothing written.")
    for number in range(1, SHARES + 1):
        refused = build_share(wrong, tmp_path / f"{number}/output", f"{number}/{SHARES}")
        assert (refused.status, refused.told) == (1, expected.told)
        assert not refused.output.exists()


def test_a_share_that_only_reads_tells_of_its_own_texts(content: Path, tmp_path: Path):
    wrong = shutil.copytree(content, tmp_path / "content")
    path = wrong / "en/posts/post-0.md"
    path.write_text(path.read_text("utf-8").replace("date:", "dat:"), encoding="utf-8")
    readings = [
        build_share(wrong, tmp_path / f"{n}/output", f"{n}/{SHARES}", RUBRIC_ONLY_READ="1")
        for n in range(1, SHARES + 1)
    ]
    assert sorted(reading.status for reading in readings) == [0] * (SHARES - 1) + [1]
    (failed,) = (reading for reading in readings if reading.status)
    assert failed.told.startswith("1 error, nothing written.\ncontent/en/posts/post-0.md:")


@pytest.mark.parametrize("share", ["9/8", "0/8", "x", "2", "-1/8", "1/0"])
def test_an_invalid_shard_is_an_error_of_one_line(content: Path, tmp_path: Path, share: str):
    refused = build_share(content, tmp_path / "output", share)
    told = f"RUBRIC_SHARD: “{share}” is not a shard. Write 2/8 for the second of 8."
    assert refused.status == 1
    assert refused.told.splitlines() == ["1 error, nothing written.", told]
