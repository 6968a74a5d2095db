"""Writes the generated parts of docs/: the reference of front matter, and the tables of passes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from importlib import import_module
from inspect import getdoc
from pathlib import Path

from pydantic import BaseModel

from rubric import pipeline
from rubric.model.metadata import METADATA, Kind, Metadata

_TITLES: dict[Kind, str] = {
    "post": "Post and story",
    "quote": "Quote",
    "event": "Event",
    "group": "User group",
    "page": "Page",
    "faq": "Questions and answers",
    "issue": "Newsletter issue",
}
_INTRODUCTION = """\
# Front matter

Every text starts with its fields, between two lines of three hyphens. Only `title` is required.
Language and kind are set by the folder. `invoke schema` generates this page from the models that
validate the fields. `docs/schema/` contains the same as JSON Schema, for editors that complete
fields while you type.
"""
_BLOCK = re.compile(
    r"(?P<start><!-- passes:(?P<phase>\w+) -->)\n.*?(?P<end><!-- /passes:(?P=phase) -->)", re.DOTALL
)
"""The table of a phase in a page."""


def reference() -> str:
    """Return the text of docs/front-matter.md."""
    parts = [_INTRODUCTION, _section("Every kind", Metadata, set())]
    common = set(Metadata.model_fields)
    for kind, title in _TITLES.items():
        inherited = common | (set(METADATA["post"].model_fields) if kind == "quote" else set())
        parts.append(_section(title, METADATA[kind], inherited))
    return "\n".join(parts)


def schemas() -> dict[str, str]:
    """Return the JSON Schema (2020-12) of each kind."""
    return {
        kind: json.dumps(METADATA[kind].model_json_schema(), ensure_ascii=False, indent=2) + "\n"
        for kind in _TITLES
    }


def passes(text: str, plugins: Iterable[str]) -> str:
    """A page with the table of each phase between its markers, such as `<!-- passes:read -->`.

    `plugins` are the names of PLUGINS, in their order.
    """
    names = [name for name in plugins if name != "rubric.bridge"]  # it has no passes
    for name in names:
        import_module(name).register()
    selected: dict[str, list[pipeline.Pass]] = dict(pipeline.select(names).passes.items())

    def fill(block: re.Match[str]) -> str:
        rows = [
            f"| `{_package(each)}` | `{each.__name__}` | {_summary(each)} |"
            for each in selected[block["phase"]]
        ]
        table = "\n".join(["| package | pass | work |", "|---|---|---|", *rows])
        return f"{block['start']}\n{table}\n{block['end']}"

    return _BLOCK.sub(fill, text)


def _package(each: pipeline.Pass) -> str:
    return each.__module__.removeprefix("rubric.").partition(".")[0]


def _summary(each: pipeline.Pass) -> str:
    """The first paragraph of a docstring in one line."""
    return " ".join((getdoc(each) or "").partition("\n\n")[0].split())


def write_reference(docs: Path, plugins: Iterable[str]) -> list[Path]:
    """Write all of it; returns the paths."""
    architecture = docs / "architecture.md"
    files = {docs / "front-matter.md": reference()}
    files[architecture] = passes(architecture.read_text("utf-8"), plugins)
    files |= {docs / f"schema/{kind}.schema.json": text for kind, text in schemas().items()}
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(files)


def _section(title: str, model: type[BaseModel], omitted: set[str]) -> str:
    rows = [
        f"| `{name}` | {field.description} |"
        for name, field in model.model_fields.items()
        if name not in omitted
    ]
    if not rows:
        return f"## {title}\n\nNo further fields.\n"
    return "\n".join([f"## {title}\n", "| field | meaning |", "|---|---|", *rows, ""])
