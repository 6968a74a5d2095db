"""What feeds add to a build of N posts: the same site with and without them, in turn.

python -m benchmarks.feeds --posts 1000 --times 5
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.corpus import make_posts
from benchmarks.timing import compare, make_builder

ROOT = Path(__file__).resolve().parent.parent
_WITHOUT = """
import sys
sys.path.insert(0, {root!r})
from pelicanconf import *
PLUGINS = [name for name in PLUGINS if name != "plugins.feeds"]
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--posts", type=int, default=1000)
    parser.add_argument("--times", type=int, default=5)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        posts = make_posts(ROOT / "content", folder / "posts", options.posts)
        (folder / "without.py").write_text(_WITHOUT.format(root=str(ROOT)), encoding="utf-8")
        feeds = make_builder(posts, folder / "with", ROOT / "pelicanconf.py")
        none = make_builder(posts, folder / "without", folder / "without.py")
        a, b, ratio = compare(feeds, none, options.times)
    for label, runs in (("with feeds", a), ("without", b)):
        wall, cpu = median(run.wall for run in runs), median(run.cpu for run in runs)
        print(f"{label}: {wall:.2f} s wall, {cpu:.2f} s processor (median of {len(runs)})")
    # Processor time is what a busy machine disturbs least.
    cpu = median(x.cpu / y.cpu for x, y in zip(a, b, strict=True))
    print(f"with feeds / without: {ratio:.2f} wall, {cpu:.2f} processor")


if __name__ == "__main__":
    main()
