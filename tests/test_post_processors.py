"""Plugins that change the output after the build: no page is rendered again because of them."""

from __future__ import annotations

import importlib.util
import shutil
from pathlib import Path

import pytest

from tests.building import ROOT, Build, build, write_site
from tests.pages import write_text
from tests.test_rebuilds import counted

_FILES = {
    "en/posts/tea.md": write_text("Tea", "Text."),
    "en/posts/cup.md": write_text("Cup", "Text."),
}
_CONF = f"""\
import sys
from pathlib import Path
sys.path[:0] = [{str(ROOT)!r}, str(Path(__file__).parent)]
from pelicanconf import *
THEME = {str(ROOT / "theme")!r}
SOCIAL_IMAGES = {{"images": False}}
LANGUAGES = {{"en": {{**LANGUAGES["en"], "chain": []}}}}
NEWSLETTER = {{"lists": {{}}, "exports": "exports/newsletter"}}
"""
_START = """\
import gzip, os, signal
from pathlib import Path
from pelican import signals
HERE = Path(__file__).parent
def pages(pelican):
    return sorted(Path(pelican.output_path).rglob("*.html"))
"""
_MARKING = """\
def mark(path, **_):
    text = path.read_text("utf-8")
    path.write_text("".join(text.split("\\n")) + (HERE / "mark.txt").read_text(), "utf-8")
"""
_AT_THE_END = f"""{_START}{_MARKING}
def run(pelican):
    for path in pages(pelican):
        mark(path)
def register():
    signals.finalized.connect(run)
"""
_PAGE_BY_PAGE = f"""{_START}{_MARKING}
def run(path, context):
    assert context["output_file"] and context["SITEURL"] is not None
    mark(Path(path))
def register():
    signals.content_written.connect(run)
"""
_ADDING = f"""{_START}
def run(pelican):
    output = Path(pelican.output_path)
    for path in pages(pelican):
        added = path.with_name(path.name + ".gz")
        if not added.exists():  # as pelican-precompress does
            added.write_bytes(gzip.compress(path.read_bytes(), mtime=0))
    for path in (output / "en").glob("*/index.html"):
        path.rename(path.parent.with_suffix(".html"))
    (output / "robots.txt").unlink()
    (output / "list.txt").write_text(str(len(pages(pelican))))
def register():
    signals.finalized.connect(run)
"""
_ENDING = f"""{_START}{_MARKING}
def run(pelican):
    for number, path in enumerate(pages(pelican)):
        if number == 5 and (HERE / "how.txt").exists():
            exec((HERE / "how.txt").read_text())
        mark(path)
        path.with_name(path.name + ".gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))
def register():
    signals.finalized.connect(run)
"""


def prepare(folder: Path, plugin: str, files: dict[str, str] = _FILES) -> Path:
    """A site with a plugin from elsewhere; returns its content folder."""
    (folder / "processing.py").write_text(plugin, encoding="utf-8")
    (folder / "mark.txt").write_text("<!-- marked -->", encoding="utf-8")
    settings = f'{_CONF}PLUGINS = [*PLUGINS, "processing"]\n'
    (folder / "siteconf.py").write_text(settings, encoding="utf-8")
    return write_site(folder, files)


def run(folder: Path, output: str = "output") -> Build:
    """Build what `prepare` has written."""
    return build(
        folder / "content", folder / output, settings_file=folder / "siteconf.py", may_warn=True
    )


def times(built: Build) -> dict[str, int]:
    return {name: (built.output / name).stat().st_mtime_ns for name in built.files()}


def assert_clean(built: Build, folder: Path) -> None:
    """The output is that of a build which no other came before."""
    shutil.rmtree(folder / "clean", ignore_errors=True)
    for left in folder.glob(".clean.*"):
        shutil.rmtree(left) if left.is_dir() else left.unlink()
    assert built.status == 0, built.told
    assert built.files() == run(folder, "clean").files()


@pytest.mark.parametrize("plugin", [_AT_THE_END, _PAGE_BY_PAGE], ids=["at the end", "page by page"])
def test_pages_that_a_plugin_changes_are_not_rendered_again(tmp_path: Path, plugin: str):
    content = prepare(tmp_path, plugin)
    first = run(tmp_path)
    assert first.status == 0, first.told
    assert first.page("en/tea/").count("<!-- marked -->") == 1
    before, seen = first.files(), times(first)
    for _ in range(2):
        again = run(tmp_path)
        assert [counted(again, what) for what in ("built", "written", "removed")] == [0, 0, 0]
        assert again.files() == before
        assert times(again) == seen  # so that a host uploads nothing
    (content / "en/posts/tea.md").write_text(write_text("Tea", "Other."), encoding="utf-8")
    (tmp_path / "mark.txt").write_text("<!-- other -->", encoding="utf-8")
    edited = run(tmp_path)
    assert 0 < counted(edited, "built") < counted(first, "built") / 2
    assert "<!-- other -->" in edited.page("en/cup/")
    assert_clean(edited, tmp_path)


def test_a_site_without_the_plugin_is_as_if_there_had_been_none(tmp_path: Path):
    prepare(tmp_path, _AT_THE_END)
    run(tmp_path)
    (tmp_path / "siteconf.py").write_text(_CONF, encoding="utf-8")
    built = run(tmp_path)
    assert "marked" not in built.page("en/tea/")
    assert_clean(built, tmp_path)


def test_files_that_a_plugin_adds_renames_and_removes(tmp_path: Path):
    content = prepare(tmp_path, _ADDING)
    first = run(tmp_path)
    assert (first.output / "en/tea.html").is_file()
    assert not (first.output / "robots.txt").exists()
    (first.output / "CNAME").write_text("example.org", encoding="utf-8")
    seen = times(first)
    again = run(tmp_path)
    assert counted(again, "built") == counted(again, "removed") == 0
    assert times(again) == seen
    (content / "en/posts/tea.md").unlink()
    (content / "en/posts/cup.md").write_text(write_text("Cup", "Other."), encoding="utf-8")
    edited = run(tmp_path)
    assert not list(edited.output.glob("en/tea*"))
    assert b"Other." in edited.files()["en/cup.html"]
    assert (edited.output / "CNAME").is_file()
    (edited.output / "CNAME").unlink()
    assert_clean(edited, tmp_path)


@pytest.mark.parametrize(
    "how", ["os.kill(os.getpid(), signal.SIGKILL)", "raise ValueError('broken')"]
)
def test_a_build_that_ends_while_a_plugin_works_leaves_nothing_wrong(tmp_path: Path, how: str):
    content = prepare(tmp_path, _ENDING)
    (tmp_path / "how.txt").write_text(how, encoding="utf-8")
    (content / "en/posts/gone.md").write_text(write_text("Gone", "Text."), encoding="utf-8")
    assert run(tmp_path).status != 0
    (tmp_path / "how.txt").unlink()
    assert run(tmp_path).status == 0
    (content / "en/posts/tea.md").write_text(write_text("Tea", "Other."), encoding="utf-8")
    (content / "en/posts/gone.md").unlink()
    (tmp_path / "how.txt").write_text(how, encoding="utf-8")
    assert run(tmp_path).status != 0
    (tmp_path / "how.txt").unlink()
    assert_clean(run(tmp_path), tmp_path)


def test_a_lost_original_is_made_again(tmp_path: Path):
    prepare(tmp_path, _AT_THE_END)
    before = run(tmp_path).files()
    originals = sorted((tmp_path / ".output.store/originals").iterdir())
    originals[0].unlink()
    originals[1].write_bytes(b"damaged")
    again = run(tmp_path)
    assert 0 < counted(again, "built") < 5
    assert again.files() == before


@pytest.mark.parametrize("name", ["htmlmin", "minify", "precompress"])
def test_real_plugins_if_they_are_installed(tmp_path: Path, name: str):
    if not importlib.util.find_spec(f"pelican.plugins.{name}"):
        pytest.skip(f"pelican-{name} is not installed")
    content = prepare(tmp_path, "")
    settings = f'{_CONF}PLUGINS = [*PLUGINS, "pelican.plugins.{name}"]\n'
    (tmp_path / "siteconf.py").write_text(settings, encoding="utf-8")
    seen = times(run(tmp_path))
    again = run(tmp_path)
    assert counted(again, "built") == 0
    assert times(again) == seen
    (content / "en/posts/tea.md").write_text(write_text("Tea", "Other."), encoding="utf-8")
    edited = run(tmp_path)
    assert counted(edited, "built") > 0
    assert_clean(edited, tmp_path)
