"""An error in code is one line with its place; `pelican -D` prints the traceback."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.building import ROOT, Build, build, write_site
from tests.pages import write_text

_CONF = f"""\
import sys
from pathlib import Path
sys.path[:0] = [{str(ROOT)!r}, str(Path(__file__).parent)]
from pelicanconf import *
THEME = {str(ROOT / "theme")!r}
SOCIAL_IMAGES = {{"images": False}}
"""
_BROKEN = """\
import json
from pelican import signals
def fail(sender):
    json.loads("{")
def register():
    signals.%s.connect(fail)
"""


def broken_site(folder: Path, signal: str = "all_generators_finalized") -> Path:
    """A site with a plugin that fails in line 4, inside a library; returns its settings file."""
    write_site(folder, {f"en/posts/p{n}.md": write_text(f"P {n}") for n in range(40)})
    (folder / "broken.py").write_text(_BROKEN % signal, encoding="utf-8")
    settings = folder / "siteconf.py"
    settings.write_text(f'{_CONF}PLUGINS = [*PLUGINS, "broken"]\n', encoding="utf-8")
    return settings


def run(folder: Path, settings: Path) -> Build:
    return build(folder / "content", folder / "output", settings_file=settings, may_warn=True)


@pytest.mark.parametrize("signal", ["all_generators_finalized", "finalized"])
def test_an_unexpected_error_is_one_line_with_its_place(tmp_path: Path, signal: str):
    built = run(tmp_path, broken_site(tmp_path, signal))
    assert built.status == 1
    assert "Traceback" not in built.told
    words = " ".join(built.told.split())
    assert "CRITICAL JSONDecodeError: Expecting property name" in words
    assert "broken.py:4). pelican -D prints the traceback." in words


@pytest.mark.parametrize("workers", [1, 3])
def test_an_error_in_a_worker_has_its_place_too(tmp_path: Path, workers: int):
    settings = broken_site(tmp_path)
    overrides = tmp_path / "overrides"
    overrides.mkdir()
    (overrides / "post.html").write_text("{#\n#}{{ 1 / 0 }}", encoding="utf-8")
    more = (
        f"THEME_TEMPLATES_OVERRIDES = [{str(overrides)!r}]\n"
        f'INCREMENTAL = {{"workers": {workers}}}\n'
    )
    settings.write_text(_CONF + more, encoding="utf-8")
    built = run(tmp_path, settings)
    words = " ".join(built.told.split())
    assert "Traceback" not in words
    assert "CRITICAL ZeroDivisionError: division by zero" in words
    assert "post.html:2). pelican -D" in words


def test_debugging_prints_the_traceback(tmp_path: Path):
    settings = broken_site(tmp_path)
    command = [sys.executable, "-m", "invoke", "build", "--debug", "--content"]
    command += [str(tmp_path / "content"), "--settings", str(settings)]
    command += ["--output", str(tmp_path / "output")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback (most recent call last)" in done.stdout + done.stderr
