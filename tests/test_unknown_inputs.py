"""What is not known to be pure is read again: extensions of others and template functions."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.building import ROOT, Build, build, write_site
from tests.pages import write_text
from tests.test_rebuilds import counted

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


def test_a_function_of_an_extensions_options_is_called_again(tmp_path: Path):
    """Its own code may change, what it calls, and what it reads."""
    write_site(tmp_path, {"en/posts/tea.md": write_text("Tea", "## Green")})
    helper = "from pathlib import Path\ndef named():\n    return {}\n"
    (tmp_path / "helper.py").write_text(
        helper.format('Path(__file__).with_name("added.txt").read_text()'), encoding="utf-8"
    )
    more = """\
import helper
def slug(text, separator):
    return "{}" + helper.named()
MARKDOWN["extension_configs"] = {{
    **MARKDOWN["extension_configs"], "markdown.extensions.toc": {{"slugify": slug}}
}}
"""
    (tmp_path / "siteconf.py").write_text(_CONF + more.format("a-"), encoding="utf-8")
    for text in ("first", "second"):
        (tmp_path / "added.txt").write_text(text, encoding="utf-8")
        assert f'<h2 id="a-{text}">' in made(tmp_path).page("en/tea/")
    (tmp_path / "siteconf.py").write_text(_CONF + more.format("other-"), encoding="utf-8")
    assert '<h2 id="other-second">' in made(tmp_path).page("en/tea/")
    (tmp_path / "helper.py").write_text(helper.format('"third-one"'), encoding="utf-8")
    assert '<h2 id="other-third-one">' in made(tmp_path).page("en/tea/")


def test_the_config_of_an_extensions_class_is_read_again(tmp_path: Path):
    write_site(tmp_path, _FILES)
    code = _EXTENSION.replace(
        "class Adding(Extension):\n",
        "class Adding(Extension):\n    config = {'shown': ['One', 'what is added']}\n",
    ).replace('Path(__file__).with_name("added.txt").read_text()', "Adding.config['shown'][0]")
    (tmp_path / "adding.py").write_text(code, encoding="utf-8")
    more = """\
import adding
adding.Adding.config = {{"shown": ["{}", "what is added"]}}
MARKDOWN = {{**MARKDOWN, "extensions": [*MARKDOWN["extensions"], {}]}}
"""
    for given in ('"adding"', "adding.Adding()"):
        for text in ("First", "Second"):
            (tmp_path / "siteconf.py").write_text(
                _CONF + more.format(text, given), encoding="utf-8"
            )
            assert f"<p>{text}</p>" in made(tmp_path).page("en/tea/")


@pytest.mark.parametrize(
    ("signal", "context"),
    [
        ("generator_init", "sender.context"),
        ("article_generator_finalized", "sender.context"),
        ("all_generators_finalized", "sender[0].context"),
    ],
)
def test_a_file_that_a_plugin_reads_into_the_context_is_read_again(
    tmp_path: Path, signal: str, context: str
):
    write_site(tmp_path, _FILES)
    overrides = tmp_path / "overrides"
    overrides.mkdir()
    (overrides / "search.html").write_text("{{ figures.tea }}", encoding="utf-8")
    (tmp_path / "reading.py").write_text(
        "import json\nfrom pathlib import Path\nfrom pelican import signals\n"
        "def read(sender):\n"
        "    data = json.loads(Path(__file__).with_name('data.json').read_text())\n"
        f"    {context}['figures'] = data\n"
        f"def register():\n    signals.{signal}.connect(read)\n",
        encoding="utf-8",
    )
    more = f'THEME_TEMPLATES_OVERRIDES = [{str(overrides)!r}]\nPLUGINS = [*PLUGINS, "reading"]\n'
    (tmp_path / "siteconf.py").write_text(f"{_CONF}{more}", encoding="utf-8")
    for cups in ("1", "2"):
        (tmp_path / "data.json").write_text(f'{{"tea": {cups}}}', encoding="utf-8")
        built = made(tmp_path)
        assert built.page("en/search/") == cups
    rendered = counted(built, "built")
    assert 0 < rendered < 20  # the search pages of all languages, and no other page
    assert counted(made(tmp_path), "built") == 0


_REBUILDS = """
import collections, gc, sys
from pathlib import Path
from pelican import get_instance, parse_arguments
content, output = sys.argv[1:]
pelican, _ = get_instance(
    parse_arguments([content, "-s", "pelicanconf.py", "-o", output,
                     "-e", 'SOCIAL_IMAGES={"images": false}', 'INCREMENTAL={"workers": 1}'])
)
def alive():
    gc.unfreeze()
    gc.collect()
    kinds = (type(each) for each in gc.get_objects())
    return collections.Counter(
        f"{kind.__module__}.{kind.__qualname__}" for kind in kinds
        if str(kind.__module__).startswith(("rubric.", "pelican.", "jinja2."))
    )
text = Path(content, "en/posts/tea.md")
written = text.read_text("utf-8")
for number in range(10):
    text.write_text(f"{written}Edit {number}.", encoding="utf-8")
    pelican.run()
    if number == 2:
        before = alive()
after = alive()
print("Runs:", after["rubric.store.run.Run"])
print("Entries:", after["rubric.model.entry.Entry"])
print("More:", dict(after - before))
"""


def test_a_process_that_rebuilds_keeps_one_build_in_memory(tmp_path: Path):
    """Over 200 rebuilds of the example site the process does not grow, either."""
    content = write_site(tmp_path, _FILES)
    command = [sys.executable, "-c", _REBUILDS, str(content), str(tmp_path / "output")]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert "Runs: 1\n" in run.stdout
    assert "Entries: 1\n" in run.stdout
    assert "More: {}\n" in run.stdout
