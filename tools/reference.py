"""Writes the generated parts of docs/: the reference of front matter, and the tables of passes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from importlib import import_module
from inspect import getdoc
from pathlib import Path

from pydantic import BaseModel

from rubric.model.kinds import BUILT_IN, Kind, Kinds
from rubric.model.metadata import Metadata

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


def reference(kinds: Kinds = BUILT_IN) -> str:
    """The text of docs/front-matter.md."""
    parts = [_INTRODUCTION, _section("Every kind", Metadata, set())]
    for kind, *others in _by_model(kinds):
        default, *_ = kinds.of_folder(kind.folder)
        inherited = set(Metadata.model_fields)
        if kind is not default:
            inherited |= set(default.model.model_fields)
        title = " and ".join([kind.title, *(other.title.lower() for other in others)])
        parts.append(_section(title, kind.model, inherited))
    return "\n".join(parts)


def schemas(kinds: Kinds = BUILT_IN) -> dict[str, str]:
    """JSON Schema (2020-12) by the id of the first kind that has it."""
    return {kind.id: _schema(kind, kinds) for kind, *_ in _by_model(kinds)}


def write_reference(docs: Path, kinds: Kinds = BUILT_IN) -> list[Path]:
    """Write both; returns the paths."""
    files = {docs / "front-matter.md": reference(kinds)}
    files |= {docs / f"schema/{id}.schema.json": text for id, text in schemas(kinds).items()}
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return list(files)


def _by_model(kinds: Kinds) -> list[list[Kind]]:
    """Kinds with the same front matter together."""
    found: dict[type[Metadata], list[Kind]] = {}
    for kind in kinds:
        found.setdefault(kind.model, []).append(kind)
    return list(found.values())


def _schema(kind: Kind, kinds: Kinds) -> str:
    schema = kind.model.model_json_schema()
    # The field `kind` names one of the kinds that the folder has.
    names, _ = schema["properties"]["kind"]["anyOf"]
    names["enum"] = [each.id for each in kinds.of_folder(kind.folder)]
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def _section(title: str, model: type[BaseModel], leave_out: set[str]) -> str:
    rows = [
        f"| `{name}` | {field.description} |"
        for name, field in model.model_fields.items()
        if name not in omitted
    ]
    if not rows:
        return f"## {title}\n\nNo further fields.\n"
    return "\n".join([f"## {title}\n", "| field | meaning |", "|---|---|", *rows, ""])
