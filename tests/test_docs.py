"""Documentation is complete, its links and paths exist, and its wording is plain English."""

from __future__ import annotations

import ast
import re
import tokenize
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pelicanconf
import tasks
from rubric.model.kinds import BUILT_IN
from rubric.model.setting_rules import OPTIONS
from tests.building import ROOT
from tests.cases import cases
from tools.catalogues import untranslated
from tools.reference import passes, reference, schemas, settings
from tools.theme_reference import OWN, own_variables, templates, theme

DOCS = {path.name: path.read_text("utf-8") for path in (ROOT / "docs").glob("*.md")}
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
PACKAGE = ROOT / "plugins/rubric"

CHECKED_CODE = (
    *("pelicanconf.py", "publishconf.py", "tasks.py", "Makefile", "tools/reference.py"),
    *("plugins/rubric/pipeline.py", "plugins/rubric/build.py", "plugins/rubric/bridge"),
    "plugins/rubric/model/metadata.py",
    *(path.relative_to(ROOT).as_posix() for path in sorted(PACKAGE.glob("*/passes.py"))),
    "deploy",
)
"""Files and folders whose comments and docstrings are checked for wording; extend it."""

DISCOURAGED = (
    *("anew", "hitherto", "whence", "thrice", "forthwith", "therein", "thereof"),
    *("nobody", "nobody's", "whoever", "whomever", "naught", "amongst", "unto", "ere", "of old"),
    *("stands? in", "stands? for itself", "stands? on", "stands? there", "stands? open"),
    *("lies", "lay in", "lie in", "bears?", "mend(?:ed|s)?", "may well", "as good as none"),
    *("tells?", "told", "hears?", "heard", "knows", "speaks", "(?:is|are|was|were|be) asked"),
    *("asked (?:for|about|whether)", "wants? to know", "says? nothing", "gives? way"),
    *("leads? on", "way out", "in the hands of"),
)
"""Words and phrases of archaic or poetic English, and of personified objects, as patterns."""

OWN_SETTINGS = (
    "DRAFTS",
    "FRONTMATTER",
    "EDITIONS",
    "FOLLOW",
    "EVENTS",
    "CALENDARS",
    "REDIRECTS",
    "FEEDS",
    "SEARCH",
    "INCREMENTAL",
    "NEWSLETTER",
    "SITEMAPS",
    "SOCIAL_IMAGES",
    "IMAGES",
)


def test_the_reference_of_front_matter_is_what_the_models_say():
    assert DOCS["front-matter.md"] == reference()


def test_the_schemas_are_what_the_models_say():
    for kind, text in schemas().items():
        assert (ROOT / f"docs/schema/{kind}.schema.json").read_text("utf-8") == text


def test_every_field_says_what_it_is_for():
    fields = {f for kind in BUILT_IN for f in kind.model.model_fields.items()}
    assert [name for name, field in fields if not field.description] == []


@cases("name", OWN_SETTINGS)
def test_every_setting_is_documented(name: str):
    value: dict[str, Any] = getattr(pelicanconf, name)
    text = DOCS["settings.md"] + DOCS["newsletter.md"]
    assert name in text
    assert [key for key in value if f'["{key}"]' not in text and f"`{key}`" not in text] == []


def test_every_task_is_documented():
    text = "\n".join([*DOCS.values(), (ROOT / "CONTRIBUTING.md").read_text("utf-8")])
    text += (ROOT / "README.md").read_text("utf-8") + (ROOT / "Makefile").read_text("utf-8")
    names = [str(name) for name in tasks.namespace.task_names]
    assert len(names) > 10
    assert [name for name in names if f"invoke {name}" not in text] == []


@cases("lang", [lang for lang in pelicanconf.LANGUAGES if lang != "en"])
def test_every_message_is_translated(lang: str):
    assert untranslated(ROOT, lang) == []


def test_templates_of_a_theme_are_those_of_this_one_and_documented():
    from rubric.site.theme import SHEETS, TEMPLATES

    folder = ROOT / "theme/templates"
    own = {path.stem for path in folder.glob("*.html")} - {"base"}
    needed = {*TEMPLATES, *(kind.template for kind in BUILT_IN)}
    assert {name for name in needed if "/" not in name} == own
    for name in needed:
        assert f"`{name}`" in DOCS["theme.md"] or f"{name}.html" in DOCS["theme.md"]
    for name in SHEETS:
        assert name in DOCS["theme.md"]


def test_the_reference_of_themes_is_generated():
    page, found = DOCS["theme.md"], [*templates(ROOT / "theme/templates")]
    assert "| `card` | A text in a list, by its kind. | `item` |" in page
    assert page == theme(page, ROOT / "theme")
    assert [name for name, summary, _ in found if not summary.endswith(".")] == []
    used = set[str]().union(*(variables for *_, variables in found))
    assert sorted(used ^ OWN.keys()) == []
    assert own_variables("{% for a in b | odd %}{{ a is strange }}{{ site }}{% endfor %}") == {"b"}


def test_the_tables_of_passes_are_what_plugins_register():
    """`invoke schema` writes them."""
    page = DOCS["architecture.md"]
    assert page == passes(page, pelicanconf.PLUGINS)
    assert len(re.findall(r"<!-- passes:", page)) == 5


def test_the_reference_of_settings_is_generated():
    page = DOCS["settings.md"]
    row = '| `EDITIONS["page_size"]` | a whole number from 1 on | `20` | Number of cards'
    assert row in page
    assert page == settings(page)


@cases("name", OPTIONS)
def test_every_option_is_explained(name: str):
    for key, option in OPTIONS[name].items():
        assert option.help.endswith((".", "**", ")")), (name, key)


def test_links_between_pages_lead_to_files_and_headings():
    wrong = []
    for page in PAGES:
        text = _without_code(page.read_text("utf-8"))
        for found in re.finditer(r"\]\(([^)\s]+)\)", text):
            target = unquote(found[1])
            if re.match(r"[a-z]+:", target):
                continue
            path, _, fragment = target.partition("#")
            file = (page.parent / path).resolve() if path else page
            if not file.exists() or (fragment and fragment not in _headings(file)):
                wrong.append(f"{_place(page, text, found.start())}: {target}")
    assert wrong == []


def test_paths_in_pages_exist():
    """Code spans such as `plugins/rubric/build.py`; <package> and the like are placeholders."""
    path = re.compile(r"`((?:plugins|tools|tests|theme|benchmarks|deploy|docs)/[^`\s:<]*)`")
    planned = {"docs/kinds.md"}
    wrong = []
    for page in PAGES:
        text = page.read_text("utf-8")
        for found in path.finditer(text):
            name = found[1]
            if not any(ROOT.glob(name.rstrip("/"))) and name not in planned:
                wrong.append(f"{_place(page, text, found.start())}: {name}")
    assert wrong == []


def test_pages_are_plain_english():
    found: list[str] = []
    for page in PAGES:
        found += _discouraged(page, _without_code(page.read_text("utf-8")))
    assert not found, "\n".join(found)


def test_comments_and_docstrings_are_plain_english():
    paths = [
        path
        for name in CHECKED_CODE
        for path in ([ROOT / name] if (ROOT / name).is_file() else sorted((ROOT / name).rglob("*")))
        if path.is_file() and path.suffix != ".pyc"
    ]
    assert len(paths) > 30
    found: list[str] = []
    for path in paths:
        source = path.read_text("utf-8")
        prose = _prose_of_python(source) if path.suffix == ".py" else _prose_of_others(source)
        found += _discouraged(path, prose)
    assert not found, "\n".join(found)


def test_the_check_of_wording_sees_comments_docstrings_and_pages():
    source = (
        '"""Whoever\nreads."""\nx = "nobody"  # anew\n# is\n# asked\n'
        'def f(y=Field(description="It lies.")):\n    """None."""\n    return "told"\n'
    )
    found = [*_discouraged(ROOT / "a.py", _prose_of_python(source))]
    assert found == ["a.py:1: Whoever", "a.py:3: anew", "a.py:4: is asked", "a.py:6: lies"]
    page = "`told`\n```\nnobody\n```\nIt is\nasked; no toldness.\n"
    assert [*_discouraged(ROOT / "a.md", _without_code(page))] == ["a.md:5: is asked"]


def _discouraged(path: Path, prose: str) -> Iterator[str]:
    """A line for each discouraged word, in order; `prose` has the lines of the file."""
    words = "|".join(word.replace(" ", r"\s+") for word in DISCOURAGED)
    for found in re.finditer(rf"\b(?:{words})\b", prose, re.IGNORECASE):
        yield f"{_place(path, prose, found.start())}: {' '.join(found[0].split())}"


def _place(path: Path, text: str, position: int) -> str:
    return f"{path.relative_to(ROOT).as_posix()}:{text.count(chr(10), 0, position) + 1}"


def _blank(text: str) -> str:
    return re.sub(r"\S", " ", text)


def _without_code(page: str) -> str:
    """A page of Markdown with blanks instead of code."""
    fence = re.compile(r"^( *)(```+).*?^\1\2", re.DOTALL | re.MULTILINE)
    span = re.compile(r"(`+)(?!`).+?\1", re.DOTALL)
    return span.sub(lambda code: _blank(code[0]), fence.sub(lambda code: _blank(code[0]), page))


def _headings(page: Path) -> set[str]:
    """The anchors that GitHub gives the headings of a page."""
    titles = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


def _prose_of_python(source: str) -> str:
    """Comments, docstrings, field descriptions and help texts, with blanks for all else."""
    lines = source.splitlines(keepends=True)
    prose = [_blank(line) for line in lines]

    def show(row: int, start: int, end: int | None) -> None:
        line, shown = lines[row], prose[row]
        end = len(line) if end is None else end
        prose[row] = shown[:start] + line[start:end].replace("#", " ") + shown[end:]

    for token in tokenize.generate_tokens(StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            show(token.start[0] - 1, token.start[1], token.end[1])
    for text in _texts(ast.parse(source)):
        first, last = text.lineno - 1, (text.end_lineno or text.lineno) - 1
        for row in range(first, last + 1):
            start = _column(lines[row], text.col_offset) if row == first else 0
            show(row, start, _column(lines[row], text.end_col_offset) if row == last else None)
    return "".join(prose)


def _column(line: str, offset: int | None) -> int:
    """A column in characters, of one in bytes."""
    return len(line.encode()[:offset].decode())


def _texts(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        is_described = isinstance(node, ast.keyword) and node.arg in ("description", "help")
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        if isinstance(node, ast.keyword | ast.Expr) and (is_described or is_docstring):
            yield node.value


def _prose_of_others(source: str) -> str:
    """The comments of a shell script, Makefile, Dockerfile or YAML file."""
    hash_mark = re.compile(r"(?:^|(?<=\s))#(.*)")
    shown = []
    for line in source.splitlines(keepends=True):
        comment = hash_mark.search(line)
        start = comment.start(1) if comment else len(line.rstrip("\n"))
        shown.append(_blank(line[:start]) + line[start:])
    return "".join(shown)
