"""Builds small sites with settings and arguments as users of Pelican write them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from tests import build_server
from tests.building import NOW, ROOT, Build, write_site

_BASE = f"""\
import sys

sys.path.insert(0, {str(ROOT)!r})
from pelicanconf import *

PATH, OUTPUT_PATH, THEME = "content", "output", {str(ROOT / "theme")!r}
SOCIAL_IMAGES = {{"images": False}}
NEWSLETTER = {{"lists": {{}}}}
INCREMENTAL = {{"workers": 1}}
LANGUAGES = {{key: {{**LANGUAGES[key], "chain": []}} for key in ("en", "ru")}}
PLUGINS = [name for name in PLUGINS if name not in ("rubric.search", "rubric.places")]
"""


def pelican(
    folder: Path, files: Mapping[str, str], settings: str = "", *arguments: str, now: int = NOW
) -> Build:
    """Build a site by the command `pelican`.

    Its folder has content/, output/ and siteconf.py, in which `settings` are lines of Python
    after those of a small site. `files` are added to those of an earlier build.
    """
    write_site(folder, dict(files))
    file = folder / "siteconf.py"
    file.write_text(f"{_BASE}{settings}\n", encoding="utf-8")
    variables = {**os.environ, "SOURCE_DATE_EPOCH": str(now)}
    run = build_server.run(["-s", str(file), *arguments], variables, 120)
    return Build(folder / "output", run.returncode, run.stdout + run.stderr)


def post(*lines: str, body: str = "Text.") -> str:
    """Return a post with a header as Pelican's documentation writes it: `Title: …`."""
    names = [line.partition(":")[0].lower() for line in lines]
    own = [] if "title" in names else ["Title: Tea"]
    date = [] if "date" in names else ["Date: 2026-11-01 10:00"]
    return "\n".join([*own, *date, *lines, "", body, ""])
