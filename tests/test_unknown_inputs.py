"""What is not known to be pure is read again: extensions of others and template functions."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

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
_EXTENSION = """\
from pathlib import Path
from markdown.extensions import Extension
from markdown.postprocessors import Postprocessor
class Add(Postprocessor):
    def run(self, text):
        return text + "<p>" + Path(__file__).with_name("added.txt").read_text() + "</p>"
class Adding(Extension):
    def extendMarkdown(self, md):
        md.postprocessors.register(Add(md), "adding", 1)
def makeExtension(**options):
    return Adding(**options)
"""
_FILES = {"en/posts/tea.md": write_text("Tea")}


def made(folder: Path) -> Build:
    built = build(
        folder / "content", folder / "output", settings_file=folder / "siteconf.py", may_warn=True
    )
    assert built.status == 0, built.told
    return built


def test_a_file_that_an_extension_reads_is_read_again(tmp_path: Path):
    write_site(tmp_path, _FILES)
    (tmp_path / "adding.py").write_text(_EXTENSION, encoding="utf-8")
    more = 'MARKDOWN = {**MARKDOWN, "extensions": [*MARKDOWN["extensions"], "adding"]}'
    (tmp_path / "siteconf.py").write_text(f"{_CONF}{more}\n", encoding="utf-8")
    for text in ("First", "Second"):
        (tmp_path / "added.txt").write_text(text, encoding="utf-8")
        assert f"<p>{text}</p>" in made(tmp_path).page("en/tea/")
    code = _EXTENSION.replace('"<p>"', '"<p>New "')
    (tmp_path / "adding.py").write_text(code, encoding="utf-8")
    assert "<p>New Second</p>" in made(tmp_path).page("en/tea/")


def test_a_file_that_a_template_function_reads_is_read_again(tmp_path: Path):
    write_site(tmp_path, _FILES)
    overrides = tmp_path / "overrides"
    overrides.mkdir()
    (overrides / "search.html").write_text("{{ 'added.txt' | shown }}", encoding="utf-8")
    more = (
        f"THEME_TEMPLATES_OVERRIDES = [{str(overrides)!r}]\n"
        'JINJA_FILTERS = {"shown": lambda n: Path(__file__).with_name(n).read_text()}\n'
    )
    (tmp_path / "siteconf.py").write_text(f"{_CONF}{more}", encoding="utf-8")
    for text in ("First", "Second"):
        (tmp_path / "added.txt").write_text(text, encoding="utf-8")
        assert made(tmp_path).page("en/search/") == text


_REBUILDS = """
import gc, sys
from pathlib import Path
from pelican import get_instance, parse_arguments
content, output = sys.argv[1:]
pelican, _ = get_instance(
    parse_arguments([content, "-s", "pelicanconf.py", "-o", output,
                     "-e", 'SOCIAL_IMAGES={"images": false}', 'INCREMENTAL={"workers": 1}'])
)
text = Path(content, "en/posts/tea.md")
for number in range(6):
    text.write_text(text.read_text("utf-8") + f"Edit {number}.", encoding="utf-8")
    pelican.run()
gc.unfreeze()
gc.collect()
print("Runs:", sum(type(each).__name__ == "Run" for each in gc.get_objects()))
"""


def test_a_process_that_rebuilds_keeps_one_build_in_memory(tmp_path: Path):
    content = write_site(tmp_path, _FILES)
    command = [sys.executable, "-c", _REBUILDS, str(content), str(tmp_path / "output")]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "Runs: 1\n" in run.stdout
