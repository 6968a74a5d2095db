"""Incremental builds: after any edit they leave what a clean build leaves, byte for byte.

RUBRIC_EDITS sets how many edits are tried, RUBRIC_EDITS_SEED tries one chain of them again.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from pathlib import Path
from random import Random

import pytest

from tests.building import ROOT
from tests.edits.bench import Bench
from tests.edits.builds import Forge, Tree, difference, read_tree
from tests.edits.chain import LENGTH, Chain, all_edits, deal
from tests.edits.house import change_tagline
from tests.edits.making import make_site
from tests.edits.texts import add, delete, readdress, retitle

LIVING = 4
"""One chain of so many is built in one living process, as `invoke serve` does."""
KILLS = 3
SMALL = 117
"""Seed of a small site: two languages, one list, no map."""

PATCHES = {
    "plugins/rubric/reading/header.py": """
_parse = parse_header
def parse_header(text):
    from dataclasses import replace
    header = _parse(text)
    return replace(header, body=header.body + "\\n\\nRead by other code.")
""",
    "plugins/rubric/editions/formats.py": """
_date = Formats.date
Formats.date = lambda self, *given: f"On {_date(self, *given)}"
""",
}
"""What other code might do: to texts as they are read, and to pages as they are rendered."""


def seeds() -> list[int]:
    if "RUBRIC_EDITS_SEED" in os.environ:
        return [int(os.environ["RUBRIC_EDITS_SEED"])]
    return list(range(-(-int(os.environ.get("RUBRIC_EDITS", "12")) // LENGTH)))


@pytest.fixture(scope="module")
def forges(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Forge, Forge]]:
    """One for incremental builds, one for clean ones."""
    folder = tmp_path_factory.mktemp("forge")
    with Forge(folder, hash_seed=1) as forge, Forge(folder, hash_seed=2) as clean:
        yield forge, clean


@pytest.mark.parametrize("seed", seeds())
def test_any_edit_gives_what_a_clean_build_gives(
    seed: int, forges: tuple[Forge, Forge], tmp_path: Path
):
    forge, clean = forges
    if seed % LIVING:
        Chain(seed, tmp_path, forge, clean).run(deal(seed))
        return
    with Forge(tmp_path / "forge", hash_seed=3, is_living=True) as living:
        Chain(seed, tmp_path, living, clean).run(deal(seed))


def test_chains_go_through_all_edits():
    edits = all_edits()
    hands = -(-len(edits) // LENGTH)
    dealt = [edit for seed in range(hands) for edit in deal(seed)]
    assert sorted(e.__name__ for e in dealt) == sorted(e.__name__ for e in edits)
    assert len(edits) > 80


def test_a_build_that_is_killed_does_no_harm(forges: tuple[Forge, Forge], tmp_path: Path):
    """At any moment: the next one leaves what a clean build leaves."""
    forge, clean = forges
    bench, chance = Bench(tmp_path, make_site(SMALL), clean), Random(SMALL)
    sites, wanted = [bench.site], [build_clean(bench, tmp_path / "clean")]
    bench.site = deepcopy(bench.site)
    for edit in (change_tagline, add, readdress, delete):  # pages change, come, move and go
        edit(bench, chance)
    sites, wanted = [*sites, bench.site], [*wanted, build_clean(bench, tmp_path / "clean")]
    began = time.monotonic()
    assert start_command(bench).wait() == 0
    length = time.monotonic() - began
    killed = 0
    for number in range(KILLS):
        turn = number % 2
        bench.site = sites[turn]
        bench.write()
        # The first third of a build goes by with imports.
        moment = length * (0.3 + 0.7 * (number + chance.random()) / KILLS)
        killed += kill_after(start_command(bench), moment)
        build_in_place(bench, forge)
        unlike = difference(wanted[turn], read_tree(bench.output))
        assert unlike == [], f"killed after {moment:.2f} of {length:.2f} s"
    assert killed > KILLS // 3


def test_two_builds_at_once_do_no_harm(forges: tuple[Forge, Forge], tmp_path: Path):
    """One of them may give up; the next one leaves what a clean build leaves."""
    forge, clean = forges
    bench, chance = Bench(tmp_path, make_site(SMALL), clean), Random(SMALL)
    for edit in (change_tagline, retitle):
        edit(bench, chance)
        bench.write()
        first, second = start_command(bench), start_command(bench)
        first.wait()
        second.wait()
        build_in_place(bench, forge)
        wanted = build_clean(bench, tmp_path / "clean")
        assert difference(wanted, read_tree(bench.output)) == []


@pytest.mark.parametrize(("module", "patch"), PATCHES.items(), ids=list(PATCHES))
def test_other_code_builds_anew(
    module: str, patch: str, forges: tuple[Forge, Forge], tmp_path: Path
):
    """An upgrade: nothing that former code made is shown."""
    bench = Bench(tmp_path, make_site(SMALL), forges[1])
    code = tmp_path / "code"
    for name in ("plugins", "tools"):
        shutil.copytree(ROOT / name, code / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pelicanconf.py", code)
    bench.write()
    settings = bench.settings.read_text("utf-8").replace(repr(str(ROOT)), repr(str(code)))
    bench.settings.write_text(settings, encoding="utf-8")
    assert start_command(bench, code).wait() == 0
    before = read_tree(bench.output)
    with (code / module).open("a", encoding="utf-8") as file:
        file.write(patch)
    assert start_command(bench, code).wait() == 0
    after = read_tree(bench.output)
    shutil.rmtree(bench.output.parent)
    assert start_command(bench, code).wait() == 0
    assert difference(read_tree(bench.output), after) == []
    assert after != before


def start_command(bench: Bench, code: Path = ROOT) -> subprocess.Popen[bytes]:
    """Begin a build by the command, in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "pelican", bench.content, "-s", bench.settings, "-o", bench.output],
        cwd=code,
        env={
            **os.environ,
            "SOURCE_DATE_EPOCH": str(bench.site.now),
            # A copy of the code is compiled once; the settings of its site do not change.
            "PYTHONDONTWRITEBYTECODE": "1" if code == ROOT else "",
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def kill_after(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Kill a process and its children at once; whether it was still at work."""
    with suppress(subprocess.TimeoutExpired):
        process.wait(seconds)
        return False
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def build_in_place(bench: Bench, forge: Forge) -> None:
    forge.start(bench.content, bench.settings, bench.output, bench.site.now)
    result = forge.finish()
    assert result.status == 0, result.told


def build_clean(bench: Bench, fresh: Path) -> Tree:
    """Write the site, build it into a fresh folder, and read what came of it."""
    bench.write()
    shutil.rmtree(fresh, ignore_errors=True)
    bench.clean.start(bench.content, bench.settings, fresh / "output", bench.site.now)
    result = bench.clean.finish()
    assert result.status == 0, result.told
    return read_tree(fresh / "output")
