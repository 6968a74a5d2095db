"""Builds the same site with Rubric, Hugo and Pelican in turn; see docs/performance.md.

python -m benchmarks.compare --posts 4000 --times 3   # default configuration, Hugo + Pagefind
python -m benchmarks.compare --pages --posts 4000     # the same pages from Hugo alone
python -m benchmarks.compare --long --posts 1000      # long texts in one language
python -m benchmarks.compare --images --posts 200     # photos of 12 megapixels; Hugo if installed
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from itertools import count
from pathlib import Path
from platform import python_version

from benchmarks import images, report
from benchmarks.addresses import addresses, differences, size
from benchmarks.corpus import LANGUAGES, TEXTS, make_long_posts
from benchmarks.sites import (
    ROOT,
    Site,
    find_hugo,
    find_pagefind,
    make_hugo,
    make_plain,
    make_rubric,
    rubric_of,
    with_pagefind,
)
from benchmarks.timing import Measured, Run, run_in_turn

_DOCUMENT = ROOT / "docs/performance.md"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--posts", type=int, default=4000, help="a multiple of four")
    parser.add_argument("--times", type=int, default=3)
    kind = parser.add_mutually_exclusive_group()
    kind.add_argument("--pages", action="store_true", help="images off, Hugo alone")
    kind.add_argument("--long", action="store_true", help="texts of 20 KB in one language")
    kind.add_argument("--images", action="store_true", help="a photo in each post")
    options = parser.parse_args()
    if options.posts % len(LANGUAGES):
        parser.error(f"--posts must be a multiple of {len(LANGUAGES)}, the number of languages.")
    kinds = ("pages", "long", "images")
    run(options.posts, options.times, next((k for k in kinds if getattr(options, k)), ""))


def run(posts: int, times: int, kind: str = "") -> None:
    """Measure, print the table and write it to docs/performance.md.

    `kind` is "pages", "long", "images" or empty for the default configuration. Raises
    RuntimeError if the sites have different addresses, FileNotFoundError if Hugo or Pagefind is
    not installed.
    """
    measure = {
        "": _compare_default,
        "pages": _compare_pages,
        "long": _measure_long,
        "images": _measure_images,
    }[kind]
    with tempfile.TemporaryDirectory() as name:
        text = measure(Path(name), posts, times)
    print(text)
    report.replace_block(_DOCUMENT, f"{kind}:{posts}" if kind else f"{posts}", text)


def _compare_default(folder: Path, posts: int, times: int) -> str:
    """Rubric as configured by default, and Hugo followed by Pagefind."""
    program, _ = find_hugo(), find_pagefind()
    sites = {
        "Rubric": make_rubric(_made(folder / "rubric"), posts, extras=True),
        "Hugo + Pagefind": with_pagefind(make_hugo(folder / "hugo", posts, program)),
    }
    return _compare(sites, times, program)


def _compare_pages(folder: Path, posts: int, times: int) -> str:
    """The same pages and feeds from Rubric and Hugo; plain Pelican for its own cost."""
    program = find_hugo()
    sites = {
        "Rubric": make_rubric(_made(folder / "rubric"), posts, extras=False),
        "Hugo": make_hugo(folder / "hugo", posts, program),
        "Pelican": make_plain(_made(folder / "plain"), posts),
    }
    return _compare(sites, times, program, check=True)


def _compare(sites: Mapping[str, Site], times: int, program: str, *, check: bool = False) -> str:
    measured = {"cold": run_in_turn({name: s.build_cold for name, s in sites.items()}, times)}
    if check:
        _check(sites["Rubric"], sites["Hugo"])
    sizes = {name: size(site.output) for name, site in sites.items()}
    rebuilt = {name: site for name, site in sites.items() if name != "Pelican"}
    measured |= _rebuild(rebuilt, times)
    return f"{_circumstances(times, program)}\n\n{report.compare_table(measured, sizes)}"


def _measure_long(folder: Path, posts: int, times: int) -> str:
    """Rubric alone, with long texts in one of four languages: an edit beside a cold build."""
    make_long_posts(TEXTS, folder / "content", posts)
    sites = {"Rubric": rubric_of(folder, extras=True)}
    measured = {"cold": run_in_turn({"Rubric": sites["Rubric"].build_cold}, times)}
    measured |= _rebuild(sites, times)
    works = {work: of["Rubric"] for work, of in measured.items()}
    return f"{_circumstances(times)}\n\n{report.work_table(works, 'cold')}"


def _measure_images(folder: Path, posts: int, times: int) -> str:
    """Photos in all sizes and formats; with the formats of Hugo, beside Hugo if it is installed."""
    images.make_photos(folder / "photos", posts)
    default = images.make_rubric_site(folder / "rubric", folder / "photos", ("avif", "webp"))
    works = {"cold": run_in_turn({"Rubric": default.build_cold}, times)["Rubric"]}
    peak = images.largest_process()
    works |= {work: of["Rubric"] for work, of in _rebuild({"Rubric": default}, times).items()}
    with suppress(FileNotFoundError):
        program = find_hugo()
        like = images.make_rubric_site(folder / "like", folder / "photos", ("webp",))
        hugo = images.make_hugo_site(folder / "hugo", folder / "photos", program)
        pair = {"WebP only, cold": like.build_cold, "Hugo, cold": hugo.build_cold}
        works |= run_in_turn(pair, times)
    memory = f"The largest process had {peak / 1e6:.0f} MB."
    return f"{_circumstances(times)}\n\n{report.work_table(works, 'cold')}\n\n{memory}"


def _rebuild(sites: Mapping[str, Site], times: int) -> dict[str, dict[str, Measured]]:
    return {
        "one post edited": run_in_turn({name: _edited(s) for name, s in sites.items()}, times),
        "nothing changed": run_in_turn({name: s.build for name, s in sites.items()}, times),
    }


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


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
        output = subprocess.run(
            [hugo, "version"], capture_output=True, text=True, check=True
        ).stdout
        version = next(line for line in output.splitlines() if line.startswith("hugo v"))
        machine += f", {version.split('-')[0].replace('hugo v', 'Hugo ')}"
    return f"{machine}; medians of {times} rounds, ratios within a round:"


if __name__ == "__main__":
    try:
        main()
    except (RuntimeError, FileNotFoundError, ValueError) as error:
        sys.exit(str(error))
