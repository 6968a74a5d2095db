"""The same site built by Rubric, Hugo and plain Pelican, in turn; docs/performance.md.

python -m benchmarks.compare --posts 4000 --times 3 [--without-plain]
python -m benchmarks.compare --parts --posts 1000   # search and social images, apart
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path
from platform import python_version

from benchmarks import report
from benchmarks.addresses import addresses, differences, size
from benchmarks.corpus import LANGUAGES
from benchmarks.sites import APART, ROOT, Site, find_hugo, make_hugo, make_plain, make_rubric
from benchmarks.timing import Run, run_in_turn

_DOCUMENT = ROOT / "docs/performance.md"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--posts", type=int, default=4000, help="a multiple of four")
    parser.add_argument("--times", type=int, default=3)
    parser.add_argument("--without-plain", action="store_true", help="leave plain Pelican out")
    parser.add_argument("--parts", action="store_true", help="Rubric's search and images instead")
    options = parser.parse_args()
    if options.posts % len(LANGUAGES):
        parser.error(f"--posts: each of {len(LANGUAGES)} languages has as many.")
    run(options.posts, options.times, plain=not options.without_plain, parts=options.parts)


def run(posts: int, times: int, *, plain: bool = True, parts: bool = False) -> None:
    """Measure, print the table and put it into the document. Raises RuntimeError where the
    sites differ in their addresses, and FileNotFoundError where there is no Hugo.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if parts:
            text, block = _compare_parts(folder, posts, times), f"parts:{posts}"
        else:
            text, block = _compare_sites(folder, posts, times, plain=plain), f"{posts}"
    print(text)
    report.replace_block(_DOCUMENT, block, text)


def _compare_sites(folder: Path, posts: int, times: int, *, plain: bool) -> str:
    program = find_hugo()
    for name in ("rubric", "hugo", "plain"):
        (folder / name).mkdir()
    sites = {
        "Rubric": make_rubric(folder / "rubric", posts),
        "Hugo": make_hugo(folder / "hugo", posts, program),
    }
    if plain:
        sites["Pelican"] = make_plain(folder / "plain", posts)
    measured = {"cold": run_in_turn({name: s.build_cold for name, s in sites.items()}, times)}
    _check(sites["Rubric"], sites["Hugo"])
    sizes = {name: size(site.output) for name, site in sites.items()}
    rebuilt = {name: site for name, site in sites.items() if name != "Pelican"}
    measured["one post edited"] = run_in_turn(
        {name: _edited(site) for name, site in rebuilt.items()}, times
    )
    measured["nothing changed"] = run_in_turn(
        {name: site.build for name, site in rebuilt.items()}, times
    )
    return f"{_circumstances(times, program)}\n\n{report.compare_table(measured, sizes)}"


def _compare_parts(folder: Path, posts: int, times: int) -> str:
    sites: dict[str, Site] = {}
    for extras in ((), *((part,) for part in APART)):
        name = f"with {extras[0]}" if extras else "without both"
        (folder / name).mkdir()
        sites[name] = make_rubric(folder / name, posts, extras)
    measured = run_in_turn({name: site.build_cold for name, site in sites.items()}, times)
    return f"{_circumstances(times)}\n\n{report.parts_table(measured, 'without both')}"


def _edited(site: Site) -> Callable[..., Run]:
    """A build after an edit, of another post each time."""
    numbers = count(1)

    def build(*, with_memory: bool) -> Run:
        site.edit(next(numbers))
        return site.build(with_memory=with_memory)

    return build


def _check(rubric: Site, hugo: Site) -> None:
    found = differences(addresses(rubric.output), addresses(hugo.output))
    if found:
        raise RuntimeError("The sites differ:\n" + "\n".join(found))


def _circumstances(times: int, hugo: str = "") -> str:
    machine = f"{os.cpu_count()} cores, Python {python_version()}"
    if hugo:
        told = subprocess.run([hugo, "version"], capture_output=True, text=True, check=True).stdout
        version = next(line for line in told.splitlines() if line.startswith("hugo v"))
        machine += f", {version.split('-')[0].replace('hugo v', 'Hugo ')}"
    return f"{machine}; medians of {times} rounds, ratios within a round:"


if __name__ == "__main__":
    try:
        main()
    except (RuntimeError, FileNotFoundError, ValueError) as error:
        sys.exit(str(error))
