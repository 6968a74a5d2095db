"""Time per post at N posts beside plain Pelican with its `simple` theme, in one run.

python -m benchmarks.per_post --posts 1000 --times 3
python -m benchmarks.per_post --events 1000 --groups 200   # beside 1,000 plain posts
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from statistics import median

from benchmarks.corpus import make_events, make_posts
from benchmarks.timing import Run, compare, make_builder

ROOT = Path(__file__).resolve().parent.parent
_PLAIN = """
SITEURL = "https://example.org"
TIMEZONE = "Asia/Almaty"
THEME = "simple"
PLUGINS = []
DEFAULT_LANG = "en"
PATH_METADATA = r"(?P<lang>[a-zA-Z-]+)/.*"
ARTICLE_URL = ARTICLE_LANG_URL = "{lang}/{slug}/"
ARTICLE_SAVE_AS = ARTICLE_LANG_SAVE_AS = "{lang}/{slug}/index.html"
ARTICLE_TRANSLATION_ID = None
FEED_ALL_ATOM = "feed.atom.xml"
TAG_FEED_ATOM = "tags/{slug}.atom.xml"
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--posts", type=int, default=1000)
    parser.add_argument("--events", type=int, default=0)
    parser.add_argument("--groups", type=int, default=200)
    parser.add_argument("--times", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        posts = make_posts(ROOT / "content", folder / "posts", options.posts)
        ours = make_builder(posts, folder / "out-posts", ROOT / "pelicanconf.py")
        if options.events:
            events = make_events(
                ROOT / "content", folder / "events", options.events, options.groups
            )
            with_events = make_builder(events, folder / "out-events", ROOT / "pelicanconf.py")
            _tell("events", "plain posts", compare(with_events, ours, options.times))
            return
        (folder / "plain.py").write_text(_PLAIN, encoding="utf-8")
        plain = make_builder(posts, folder / "out-plain", folder / "plain.py")
        runs = compare(ours, plain, options.times)
        _tell("Rubric", "Pelican, simple theme", runs)
        for label, each in zip(("Rubric", "Pelican"), runs[:2], strict=True):
            milliseconds = median(run.wall for run in each) / options.posts * 1000
            print(f"{label}: {milliseconds:.2f} ms a post")


def _tell(first: str, second: str, runs: tuple[list[Run], list[Run], float]) -> None:
    a, b, ratio = runs
    for label, each in ((first, a), (second, b)):
        wall, cpu = median(run.wall for run in each), median(run.cpu for run in each)
        print(f"{label}: {wall:.2f} s wall, {cpu:.2f} s processor (median of {len(each)})")
    print(f"{first} / {second}: {ratio:.2f}")


if __name__ == "__main__":
    main()
