"""Writes docs/front-matter.md and docs/schema/*.json from the models themselves."""

from __future__ import annotations

import json
from pathlib import Path

from pydantic import BaseModel

from rubric.model.kinds import BUILT_IN, Kind, Kinds
from rubric.model.metadata import Metadata

_INTRODUCTION = """\
# Front matter

Every text begins with its fields, between two lines of three hyphens; every field but
`title` may be absent. Language and kind come from the folder. This page is written by
`invoke schema` from the models that check the fields; `docs/schema/` has the same as JSON
Schema, for editors that complete fields while you type.
"""


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
        if name not in leave_out
    ]
    if not rows:
        return f"## {title}\n\nNothing beyond the fields of every kind.\n"
    return "\n".join([f"## {title}\n", "| field | what it says |", "|---|---|", *rows, ""])
